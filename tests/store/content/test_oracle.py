"""Any number of imports on the way give what one import of the last state gives.

Random small folders are edited at random (new files, edits, renames, deletions, drafts, links in all
spellings, images) and imported after every step. Then the folder is imported into an empty database, and
both are the same; and verify finds nothing, after every step.
"""

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.store.content.folders import PIXEL, bring_in, differences, dump, write

from masthead.store import Database

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
EXAMPLES = 300 if IS_TORTURE else 12
# Shrinking takes minutes: it runs where somebody waits for it.
PHASES = tuple(Phase) if IS_TORTURE else (Phase.explicit, Phase.reuse, Phase.generate)

PLACES = ("{}.md", "posts/{}.md", "posts/2024-01-05-{}.md", "pages/{}.md", "{}/index.md", "old/{}.mdx")
LINKS = (
    *("a.md", "../b.md", "c", "posts/a.md", "../c/index.md#part", "./b.md", "nowhere.md"),
    *("/posts/a", "/a/", "/blog/b", "/was/c", "/old/d.html", "img.png", "../img.png", "/img.png"),
)

document = st.fixed_dictionaries(
    {
        "place": st.sampled_from(PLACES),
        "format": st.sampled_from(["yaml", "toml", "json"]),
        "title": st.sampled_from(["One", "Two", "Größe"]),
        "date": st.sampled_from([None, "2024-01-05", "2023-05-06T10:00:00Z"]),
        "draft": st.sampled_from([None, True, False]),
        "authors": st.lists(st.sampled_from(["Ada", "ada", "Bob & Ada", "Cyd"]), max_size=2),
        "tags": st.lists(st.sampled_from(["Go", "go", "x y"]), max_size=2),
        "has_slug": st.booleans(),
        "has_alias": st.booleans(),
        "cover": st.sampled_from([None, "img.png", "/img.png", "../img.png", "https://example.org/x.png"]),
        "links": st.lists(st.sampled_from(LINKS), max_size=3),
    }
)
persons = st.sampled_from([None, "name: Ada\n", "name: Ada\ndraft: true\n"])
image = st.sampled_from([None, PIXEL, PIXEL + b"x"])
state = st.fixed_dictionaries(
    {
        "documents": st.dictionaries(st.sampled_from("abcd"), document, max_size=4),
        "ada": persons,
        "images": st.fixed_dictionaries({"img.png": image, "posts/img.png": image, "static/img.png": image}),
    }
)


def files_of(state: dict[str, Any]) -> dict[str, str | bytes]:
    """The files of a state."""
    files: dict[str, str | bytes] = {
        path: content for path, content in state["images"].items() if content is not None
    }
    for name, spec in state["documents"].items():
        files[spec["place"].format(name)] = _text(name, spec)
    if state["ada"] is not None:
        files["authors/ada.md"] = f"---\n{state['ada']}---\nShe writes about [a](../posts/a.md).\n"
    return files


def _text(name: str, spec: dict[str, Any]) -> str:
    front = {key: spec[key] for key in ("title", "date", "draft", "authors", "tags", "cover")}
    is_post = spec["place"].startswith("posts/")
    if is_post and spec["date"] is None and "2024" not in spec["place"]:
        front["date"] = "2022-02-02"
    if spec["has_slug"]:
        front["slug"] = f"own/{name}"
    if spec["has_alias"]:
        front["aliases"] = [f"/was/{name}"]
    stated = {key: value for key, value in front.items() if value not in (None, [])}
    links = "".join(f"\n\nSee [it]({url}) and ![a picture]({url})." for url in spec["links"])
    body = f"\nText of {name}.{links}\n"
    match spec["format"]:
        case "json":
            return json.dumps(stated, indent=1) + "\n" + body
        case "toml":
            return (
                "+++\n" + "".join(f"{key} = {json.dumps(stated[key])}\n" for key in stated) + "+++\n" + body
            )
        case _:
            lines = "".join(f"{key}: {json.dumps(stated[key])}\n" for key in stated)
            return f"---\n{lines}---\n{body}"


@settings(max_examples=EXAMPLES, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(states=st.lists(state, min_size=2, max_size=4))
async def test_imports_on_the_way_leave_no_trace(database: Database, states: list[dict[str, Any]]) -> None:
    """Incremental equals from scratch, and verify agrees at each step."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "blog"
        await wipe(database)
        for each in states:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            write(folder, files_of(each))
            report = await bring_in(database, folder, prune=True)
            assert [str(problem) for problem in report.problems] == []
            assert await differences(database) == []
        again = await bring_in(database, folder, prune=True)
        assert (again.created, again.changed, again.has_changed_live) == ((), (), False)
        incremental = await dump(database)
        await wipe(database)
        await bring_in(database, folder)
        assert incremental == await dump(database)


async def wipe(database: Database) -> None:
    """An empty database of the same model."""
    async with database.transaction() as transaction:
        await transaction.execute("TRUNCATE masthead.entry, live._route CASCADE")


@pytest.mark.parametrize("format_", ["yaml", "toml", "json"])
def test_the_generator_writes_what_it_means(format_: str) -> None:
    """A guard of the guard: all three formats carry the same keys."""
    spec = {
        "place": "{}.md",
        "format": format_,
        "title": "One",
        "date": "2024-01-05",
        "draft": True,
        "authors": ["Ada"],
        "tags": [],
        "has_slug": True,
        "has_alias": False,
        "cover": None,
        "links": [],
    }
    from masthead.markdown import parse_document

    front = parse_document(_text("a", spec).encode(), "a.md").front
    assert front == {
        "title": "One",
        "date": front["date"],
        "draft": True,
        "authors": ["Ada"],
        "slug": "own/a",
    }
