"""A publication with types of its own: every kind of field takes what front matter says, or refuses it."""

from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path

import pytest
from tests.store.content.folders import bring_in, differences, paths, public, write

from masthead import model as mh
from masthead.model import DEFAULT_PUBLICATION, compile_model, default_lock
from masthead.store import Database, apply_model, open_database


class Sector(Enum):
    """What a customer does."""

    MAPS = "maps"
    PRINT = "print"


class Customer(mh.Entry, path="/customers/{slug}", order="name"):
    """Needs more than a name: nobody makes one by naming it."""

    name: str
    slug: mh.Slug = mh.slug("name")
    sector: Sector


class Study(mh.Entry, path="/studies/{slug}", order="-finished"):
    """One of everything."""

    title: str
    slug: mh.Slug = mh.slug("title")
    finished: date
    customer: mh.Ref[Customer]
    others: list[mh.Ref[Customer]] = []  # noqa: RUF012 - a declaration
    author: mh.Ref[mh.Author] | None = None
    saved: Decimal | None = None
    rating: float | None = None
    people: int = 1
    is_public: bool = True
    link: mh.Url | None = None
    figures: mh.Json | None = None
    labels: list[str] = []  # noqa: RUF012 - a declaration
    body: mh.Markdown


MODEL = compile_model((Study, Customer, *DEFAULT_PUBLICATION), default_lock())[0]

CUSTOMERS = {
    "customers/acme.md": "---\ntype: Customer\nname: Acme Ltd\nsector: maps\n---\n",
    "customers/other.md": "---\ntype: Customer\nname: Other\nsector: print\n---\n",
}
STUDY = """---
type: study
title: Maps
finished: 2024-01-05
customer: {customer}
others: [other, /customers/acme]
author: Ada
saved: "12.50"
rating: 4
people: 3
isPublic: no
link: https://example.org
figures: {{ a: [1, 2] }}
labels: one, two, one
---
Text
"""


@pytest.fixture
async def own(empty_database_url: str) -> Database:
    """A database of that model."""
    async with open_database(empty_database_url, size=2) as database:
        await apply_model(database, MODEL)
        yield database


async def test_every_kind_takes_its_value(own: Database, tmp_path: Path) -> None:
    """References by slug, by name and by address."""
    files = {**CUSTOMERS, "maps.md": STUDY.format(customer="Acme Ltd")}
    report = await bring_in(own, write(tmp_path / "blog", files), MODEL)
    assert report.problems == ()
    (row,) = await public(own, "study")
    taken = {name: row[name] for name in ("finished", "saved", "rating", "people", "is_public", "link")}
    assert taken == {
        "finished": date(2024, 1, 5),
        "saved": Decimal("12.50"),
        "rating": 4.0,
        "people": 3,
        "is_public": False,
        "link": "https://example.org",
    }
    assert (row["figures"], row["labels"]) == ('{"a": [1, 2]}', ["one", "two", "one"])
    customers = {each["id"]: each["slug"] for each in await public(own, "customer")}
    assert customers[row["customer"]] == "acme"
    assert await paths(own) == ["/authors/ada", "/customers/acme", "/customers/other", "/studies/maps"]
    assert await differences(own, MODEL) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("finished: 2024-01-05", "finished: soon", "date-invalid"),
        ("rating: 4", "rating: .inf", "front-matter-type"),
        ("people: 3", "people: 3.5", "front-matter-type"),
        ("people: 3", "people: [3]", "front-matter-type"),
        ("isPublic: no", "isPublic: perhaps", "front-matter-type"),
        ("author: Ada", "author: [Ada, Bob]", "front-matter-type"),
        ("link: https://example.org", "link: javascript:x", "field-invalid"),
        ("finished: 2024-01-05\n", "", "field-missing"),
    ],
)
async def test_what_does_not_fit_is_refused(
    own: Database, tmp_path: Path, old: str, new: str, code: str
) -> None:
    """One problem, and the customers are there."""
    text = STUDY.format(customer="acme").replace(old, new)
    report = await bring_in(own, write(tmp_path / "blog", {**CUSTOMERS, "maps.md": text}), MODEL)
    assert [(each.code, each.file) for each in report.problems] == [(code, "maps.md")]
    assert await paths(own) == ["/customers/acme", "/customers/other"]


async def test_a_reference_that_must_be_public_is_missed(own: Database, tmp_path: Path) -> None:
    """Whether its target is not there or a draft; it comes when the target does."""
    folder = write(tmp_path / "blog", {"maps.md": STUDY.format(customer="acme")})
    for customer in (None, CUSTOMERS["customers/acme.md"].replace("sector", "draft: true\nsector")):
        if customer is not None:
            write(folder, {"customers/acme.md": customer})
        report = await bring_in(own, folder, MODEL)
        assert [each.code for each in report.problems] == ["reference-unknown"]
        assert await paths(own) == []
    write(folder, CUSTOMERS)
    report = await bring_in(own, folder, MODEL)
    assert (report.problems, "/studies/maps" in await paths(own)) == ((), True)
    assert await differences(own, MODEL) == []


async def test_what_an_entry_needs_cannot_leave_it(own: Database, tmp_path: Path) -> None:
    """Neither as a draft nor archived, until the entry that needs it lets go."""
    folder = write(tmp_path / "blog", {**CUSTOMERS, "maps.md": STUDY.format(customer="Acme Ltd")})
    await bring_in(own, folder, MODEL)
    before = await paths(own)
    acme = CUSTOMERS["customers/acme.md"]
    write(folder, {"customers/acme.md": acme.replace("sector", "draft: true\nsector")})
    report = await bring_in(own, folder, MODEL)
    assert [(each.code, each.file) for each in report.problems] == [("reference-needed", "customers/acme.md")]
    assert await paths(own) == before
    (folder / "customers/acme.md").unlink()
    report = await bring_in(own, folder, MODEL, prune=True)
    assert [(each.code, each.file) for each in report.problems] == [("reference-needed", "customers/acme.md")]
    assert (report.pruned, await paths(own)) == ((), before)
    assert await differences(own, MODEL) == []
    write(folder, {"maps.md": STUDY.format(customer="Other").replace(", /customers/acme", "")})
    report = await bring_in(own, folder, MODEL, prune=True)
    assert (report.problems, report.pruned) == ((), ("customers/acme.md",))
    assert await paths(own) == ["/authors/ada", "/customers/other", "/studies/maps"]
    assert await differences(own, MODEL) == []
