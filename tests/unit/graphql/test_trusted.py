"""Registered operations: where they are read, how they are named, and what is wrong with them, at start."""

import json
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from tests.unit.graphql.serving import an_engine, client

from masthead.graphql import Documents, load_trusted
from masthead.kernel import InputError, NotFoundError

SITE = "query Site { site { title } }\n"
HASH = sha256(SITE.encode()).hexdigest()


def documents(path: Path, *, is_strict: bool = False) -> Documents:
    """The trusted operations of `path`."""
    return Documents(load_trusted(path, an_engine()), is_strict=is_strict)


async def post(found: Documents, **body: object) -> httpx.Response:
    """The reply of an endpoint that has these documents."""
    async with client(an_engine(), found) as http:
        return await http.post("/graphql", json=body)


@pytest.mark.parametrize(
    "body",
    [
        {"operationName": "Site"},
        {"documentId": "Site"},
        {"documentId": HASH},
        {"documentId": f"sha256:{HASH}"},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": HASH}}},
        {"query": SITE},
    ],
)
async def test_an_operation_is_named_by_its_name_or_digest(tmp_path: Path, body: dict[str, object]) -> None:
    """Also where nothing else is taken; its very text is as good."""
    (tmp_path / "site.graphql").write_text(SITE)
    response = await post(documents(tmp_path, is_strict=True), **body)
    assert list(response.json()) == ["data"]


@pytest.mark.parametrize(
    "body",
    [
        {"query": "query Site { site { title  } }"},
        {"query": "{ __typename }"},
        {"documentId": "0" * 64},
        {"operationName": "Other"},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}},
        {
            "query": "{ __typename }",
            "extensions": {
                "persistedQuery": {
                    "version": 1,
                    "sha256Hash": sha256(b"{ __typename }").hexdigest(),
                }
            },
        },
    ],
)
async def test_nothing_else_is_executed(tmp_path: Path, body: dict[str, object]) -> None:
    """403, and nobody can persist a query of their own."""
    (tmp_path / "site.graphql").write_text(SITE)
    response = await post(documents(tmp_path, is_strict=True), **body)
    assert (response.status_code, code(response)) == (403, "OPERATION_NOT_TRUSTED")


async def test_others_are_executed_beside_them(tmp_path: Path) -> None:
    """Unless the setting says only."""
    (tmp_path / "site.graphql").write_text(SITE)
    assert (await post(documents(tmp_path), query="{ __typename }")).json() == {
        "data": {"__typename": "Query"}
    }


@pytest.mark.parametrize(
    "manifest",
    [
        {"abc": SITE},
        {
            "format": "apollo-persisted-query-manifest",
            "version": 1,
            "operations": [{"id": "abc", "name": "Site", "type": "query", "body": SITE}],
        },
    ],
    ids=["graphql-codegen and Relay", "Apollo"],
)
async def test_manifests_of_clients_tools(tmp_path: Path, manifest: object) -> None:
    """Ids are whatever the tool made; the digest of the text serves too."""
    (tmp_path / "persisted.json").write_text(json.dumps(manifest))
    found = documents(tmp_path / "persisted.json", is_strict=True)
    for body in ({"documentId": "abc"}, {"documentId": HASH}, {"operationName": "Site"}):
        assert list((await post(found, **body)).json()) == ["data"]


async def test_fragments_may_lie_in_files_beside(tmp_path: Path) -> None:
    """They are joined to the operations that spread them; files of fragments only are no operations."""
    (tmp_path / "list.graphql").write_text("query List { site { ...S } }")
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "site.gql").write_text("fragment S on Site { title ...T }")
    (tmp_path / "parts" / "title.gql").write_text("fragment T on Site { path }")
    assert list((await post(documents(tmp_path), operationName="List")).json()) == ["data"]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("query A {\n  nope\n}", "a.graphql:2:3", "Cannot query field 'nope' on type 'Query'."),
        ("query A {", "a.graphql:1:10", "Syntax Error"),
        ("query A { posts(first: 501) { totalCount } }", "a.graphql:1:11", "`first` is 501"),
        ("query A { ...Missing }", "a.graphql:1:14", "Unknown fragment 'Missing'."),
    ],
)
def test_a_broken_operation_is_one_error_at_start(
    tmp_path: Path, text: str, place: str, message: str
) -> None:
    """With file, line and column."""
    (tmp_path / "a.graphql").write_text(text)
    with pytest.raises(InputError) as failed:
        load_trusted(tmp_path, an_engine())
    assert str(failed.value.place).endswith(place)
    assert message in failed.value.message


def test_two_operations_of_one_name_are_refused(tmp_path: Path) -> None:
    """A name must say which."""
    (tmp_path / "a.graphql").write_text(SITE)
    (tmp_path / "b.graphql").write_text("query Site { site { path } }")
    with pytest.raises(InputError, match="Site is registered twice"):
        load_trusted(tmp_path, an_engine())


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', '{"operations": [{"id": "a"}]}'])
def test_what_is_no_manifest_is_refused(tmp_path: Path, text: str) -> None:
    """One error that names the file."""
    (tmp_path / "m.json").write_text(text)
    with pytest.raises(InputError) as failed:
        load_trusted(tmp_path / "m.json", an_engine())
    assert "m.json" in str(failed.value)


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_no_operations_at_all_is_a_mistake(tmp_path: Path, name: str) -> None:
    """A path that leads nowhere would refuse everybody."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotFoundError):
        load_trusted(tmp_path / name, an_engine())


def code(response: httpx.Response) -> str:
    """The code of the only error."""
    (error,) = response.json()["errors"]
    return str(error["extensions"]["code"])
