"""The checklist of OWASP ASVS is whole, counts right, and names only tests that are there."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "asvs.md"
IDS = Path(__file__).with_name("asvs_ids.txt")
STATES = ("met", "not applicable", "open")
ROW = re.compile(
    r"^\| (?P<id>\d+\.\d+\.\d+) \| (?P<asks>[^|]+) \| (?P<state>[^|]+) \| (?P<why>[^|]+) \|$", re.MULTILINE
)
TEST = re.compile(r"`(?P<file>(?:web/)?tests/[\w/.]+\.(?:py|ts))(?:::(?P<name>\w+))?`")
DOCUMENT = re.compile(r"`(?P<file>(?:docs|src|\.ci|requirements)/[\w./-]+)`")


def rows(page: str) -> list[dict[str, str]]:
    """The items of a page."""
    return [found.groupdict() for found in ROW.finditer(page)]


def mistakes(page: str) -> list[str]:
    """What is wrong with a page."""
    found = rows(page)
    wanted = [line.split()[0].removeprefix("V") for line in IDS.read_text().splitlines()]
    wrong = [f"{each} has no row" for each in wanted if each not in {row["id"] for row in found}]
    wrong += [
        f"{each} has {count} rows" for each, count in Counter(row["id"] for row in found).items() if count > 1
    ]
    wrong += [f"{row['id']} is no item of level 2" for row in found if row["id"] not in wanted]
    wrong += [f"{row['id']} is {row['state']}" for row in found if row["state"] not in STATES]
    counts = Counter(row["state"] for row in found)
    wrong += [f"{counts[each]} are {each}" for each in STATES if f"| {each} | {counts[each]} |" not in page]
    for row in found:
        wrong += [f"{row['id']}: there is no {each}" for each in _absent(row["why"])]
        if row["state"] == "met" and not (TEST.search(row["why"]) or DOCUMENT.search(row["why"])):
            wrong.append(f"{row['id']} is met by nothing that is named")
    return wrong


def _absent(why: str) -> list[str]:
    """The tests and pages that a row names and that are not there."""
    absent = [each["file"] for each in DOCUMENT.finditer(why) if not (ROOT / each["file"]).exists()]
    for each in TEST.finditer(why):
        file, name = ROOT / each["file"], each["name"]
        if not file.exists() or (name is not None and name not in _functions(file)):
            absent.append(each[0])
    return absent


@cache
def _functions(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text())
    return frozenset(
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def test_the_checklist_is_true() -> None:
    """Every item of level 2 once, in one of three states; every test that it names is there."""
    assert mistakes(PAGE.read_text()) == []


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("| met |", "| nearly |"),
        ("::test_", "::test_no_such_"),
        ("| 1.2.4 |", "| 1.2.5 |"),
        ("| open | ", "| open | 9"),
    ],
    ids=["a state", "a test", "an item", "a count"],
)
def test_a_wrong_page_is_found_out(was: str, becomes: str) -> None:
    """One word is enough."""
    page = PAGE.read_text()
    assert was in page
    assert mistakes(page.replace(was, becomes, 1))
