"""The documents cannot say what is not so: links, commands, rooms, rules, and what the examples promise."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from urllib.parse import unquote

import pytest

from masthead.cli import VERBS
from masthead.cli.new import new
from masthead.content import CheckSettings, ImportSettings, SiteSettings, read_publication
from masthead.content.check import RULES, check_folder
from masthead.content.publication import parse_publication
from masthead.markdown import find_links, is_external, render
from masthead.model import MODEL_FILE, load_model

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
README = ROOT / "README.md"
PUBLICATION_PAGE = ROOT / "docs" / "reference" / "publication.md"
CHECKS = ROOT / "docs" / "reference" / "checks.md"
ARCHITECTURE = ROOT / "docs" / "explanation" / "architecture.md"
TUTORIAL = ROOT / "docs" / "tutorial" / "first-publication.md"
PAGES = sorted([README, ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
DIAGRAMS = ("derive.svg", "read.svg", "write.svg")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    """A link or image of README or docs names a file that is there, and a heading that is in it."""
    broken = [link.url for link in find_links(page.read_text("utf-8")) if not _resolves(page, link.url)]
    assert broken == []


def _resolves(page: Path, url: str) -> bool:
    if is_external(url):
        return True
    path, _, fragment = unquote(url).partition("#")
    target = page.parent / path if path else page
    if not target.exists():
        return False
    return not fragment or fragment in re.findall(r'id="([^"]+)"', render(target.read_text("utf-8")).html)


def test_the_index_leads_to_every_page() -> None:
    """A page of the docs that the index does not name is found by nobody. Decisions are a folder."""
    folder = ROOT / "docs"
    named = {(folder / link.url).resolve() for link in find_links((folder / "README.md").read_text("utf-8"))}
    pages = {page for page in folder.rglob("*.md") if page.parent.name != "decisions"}
    assert pages - named == {folder / "README.md"}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_command_exists(page: Path) -> None:
    """`make …` is a target of the Makefile, `masthead …` a verb of the command line."""
    text = page.read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(_commands(text, "make")) <= targets
    assert set(_commands(text, "masthead")) <= set(VERBS)


def _commands(text: str, program: str) -> Iterator[str]:
    """What follows the program's name in a code span, or at the start of a line of a code block."""
    for code in re.findall(r"`([^`\n]+)`", text):
        yield from re.findall(rf"^{program} ([a-z]+)", code)
    for block in re.findall(r"^```(?:sh|console)\n(.+?)^```", text, re.DOTALL | re.MULTILINE):
        yield from re.findall(rf"^(?:\$ )?(?:\S+/)?{program} ([a-z]+)", block, re.MULTILINE)


def test_the_rooms_are_the_layers() -> None:
    """The architecture page lists the rooms that import-linter keeps apart, in the same order."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    (layers,) = [each["layers"] for each in contracts["contracts"] if each["id"] == "rooms"]
    _, _, section = ARCHITECTURE.read_text("utf-8").partition("\n## Rooms\n")
    section, _, _ = section.partition("\n## ")
    rooms = [room for layer in layers for room in layer.split(" | ")]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == rooms


def test_every_rule_of_the_linter_is_described() -> None:
    """The page of checks lists each rule, how severe it is and what it asks for, in the linter's words."""
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (\w+) \| (.+) \|$", CHECKS.read_text("utf-8"), re.MULTILINE)
    assert rows == [(rule.id, rule.severity, rule.description) for rule in RULES]


def test_the_settings_of_the_page_of_checks_can_be_used(tmp_path: Path) -> None:
    """What it tells people to write in masthead.toml is understood, and names rules that exist."""
    (source,) = re.findall(r"^```toml\n(.+?)^```", CHECKS.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    (tmp_path / "masthead.toml").write_text(source, "utf-8")
    check = read_publication(tmp_path).check
    assert {*check.off, *check.overrides["archive/**"]} <= {rule.id for rule in RULES}


def test_every_setting_of_a_publication_is_described() -> None:
    """The page of masthead.toml has a row for each key, and no other; its example can be used."""
    page = PUBLICATION_PAGE.read_text("utf-8")
    tables = {"site": SiteSettings, "import": ImportSettings, "check": CheckSettings}
    known = [f"{table}.{each.name}" for table, kind in tables.items() for each in fields(kind)]
    assert re.findall(r"^\| `([a-z]+\.[a-z_]+)` \|", page, re.MULTILINE) == known
    (example,) = re.findall(r"^```toml\n(.+?)^```", page, re.DOTALL | re.MULTILINE)
    parsed = parse_publication(example.encode(), "masthead.toml")
    assert parsed.site.title == "Notes"
    assert parsed.imports.fields == {"seo.summary": "description"}


@pytest.mark.parametrize("name", DIAGRAMS)
def test_the_journal_shows_the_same_diagrams(name: str) -> None:
    """A diagram of the docs that the journal shows too has not moved on without it."""
    assert (EXAMPLES / "journal" / "images" / name).read_bytes() == (ROOT / "docs/images" / name).read_bytes()


@pytest.mark.parametrize("folder", ["journal", "case-studies"])
def test_the_examples_have_no_finding(folder: str) -> None:
    """What we publish passes our own linter, and its settings and model are in order."""
    read_publication(EXAMPLES / folder)
    assert [str(each) for each in check_folder(EXAMPLES / folder).findings] == []


def test_the_lock_of_an_example_is_committed() -> None:
    """content.lock says what content.py says: loading it would write nothing new."""
    loaded = load_model(EXAMPLES / "case-studies")
    assert loaded.lock_path is not None
    assert loaded.lock_path.read_text("utf-8") == loaded.lock.to_text()


def test_the_tutorials_content_type_loads(tmp_path: Path) -> None:
    """The edit of content.py that the tutorial asks for, made to the one that `masthead new` writes."""
    text = TUTORIAL.read_text("utf-8")
    (imports,) = re.findall(r"^```python\n(from datetime.+?)^```", text, re.DOTALL | re.MULTILINE)
    (declared,) = re.findall(r"^```python:content\.py\n(.+?)^```", text, re.DOTALL | re.MULTILINE)
    new(tmp_path / "notes")
    model_file = tmp_path / "notes" / MODEL_FILE
    before = model_file.read_text("utf-8")
    assert "from datetime import datetime\n" in before
    model_file.write_text(before.replace("from datetime import datetime\n", imports) + declared, "utf-8")
    assert "ReleaseNote" in load_model(tmp_path / "notes").model


def test_the_pictures_of_the_readme_are_small() -> None:
    """At most 200 KB each: a README is read on trains."""
    pictures = [link.url for link in find_links(README.read_text("utf-8")) if link.kind == "image"]
    assert all((ROOT / url).stat().st_size <= 200_000 for url in pictures)
