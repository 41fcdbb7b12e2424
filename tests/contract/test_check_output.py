"""`masthead check` as programs and editors read it: lines, JSON, SARIF, exit status."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from masthead.cli.check import check
from masthead.content.check import RULES

FILES = {"posts/a.md": "---\ntitle: T\n---\n\n[é](link-to-x) ![](https://a.example/x.png)\n"}
REMEDY = "Add `description:` with 150 to 160 characters that say what a reader gets."


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `blog` with one post, seen from its parent."""
    for name, text in FILES.items():
        path = tmp_path / "blog" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def status(folder: Path, form: Any = "text") -> int:
    """The exit status of a check."""
    with pytest.raises(SystemExit) as ended:
        check(folder, format=form)
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_text_is_a_line_a_finding_and_the_sum(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files are named as one would name them from here, so that terminals and editors find them."""
    assert status(Path("blog")) == 1
    assert capsys.readouterr().out == (
        f"blog/posts/a.md:1:1: description-missing: There is no description. {REMEDY}\n"
        'blog/posts/a.md:5:1: link-placeholder: The link "é" leads to a placeholder: "link-to-x". '
        "Link to what is meant, or remove the link.\n"
        'blog/posts/a.md:5:16: alt-missing: The image "https://a.example/x.png" has no alternative text. '
        "Say between the brackets what the image shows: ![what it shows](image.png).\n"
        "1 file checked, 3 findings.\n"
    )


def test_a_terminal_shows_the_same_words(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In colour; the words and their order are those of the plain lines."""
    assert status(Path("blog")) == 1
    lines = capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert status(Path("blog")) == 1
    coloured = capsys.readouterr().out
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == lines


def test_json_has_every_finding_and_counts(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object; the keys are the contract."""
    assert status(Path("blog"), "json") == 1
    document = json.loads(capsys.readouterr().out)
    assert list(document) == ["files", "counts", "findings"]
    assert (document["files"], document["counts"]) == (
        1,
        {"alt-missing": 1, "description-missing": 1, "link-placeholder": 1},
    )
    assert document["findings"][0] == {
        "file": "blog/posts/a.md",
        "line": 1,
        "column": 1,
        "rule": "description-missing",
        "severity": "warning",
        "message": "There is no description.",
        "remedy": REMEDY,
    }


def test_sarif_has_what_the_standard_requires(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Version, runs, a tool with a named driver, and results with a message (section 3 of SARIF 2.1.0)."""
    assert status(Path("blog"), "sarif") == 1
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], run["columnKind"]) == ("masthead", "unicodeCodePoints")
    assert [rule["id"] for rule in driver["rules"]] == [rule.id for rule in RULES]
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])
    assert all(rule["defaultConfiguration"]["level"] in ("error", "warning") for rule in driver["rules"])
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning")
        assert result["message"]["text"]
    assert run["results"][1]["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "blog/posts/a.md", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 5, "startColumn": 1},
            }
        }
    ]


def test_sarif_names_files_of_an_absolute_folder_by_uri(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is no root that they would be relative to."""
    status(here / "blog", "sarif")
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": (here / "blog" / "posts" / "a.md").as_uri()}


def test_the_status_is_0_when_nothing_is_found(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And the line says how much was read."""
    settings = '[check]\noff = ["description-missing", "link-placeholder", "alt-missing"]\n'
    (here / "blog" / "masthead.toml").write_text(settings)
    assert status(Path("blog")) == 0
    assert capsys.readouterr().out == "1 file checked, no finding.\n"


@pytest.mark.parametrize(
    "settings", ['[check]\noff = ["nosuch"]\n', "[check]\noff = 1\n", "[nosuch]\n", "x = \n"]
)
def test_the_status_is_2_when_the_settings_are_wrong(
    here: Path, settings: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing was checked: that is neither found nor not found."""
    (here / "blog" / "masthead.toml").write_text(settings)
    assert status(Path("blog")) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "blog/masthead.toml:" in shown.err


def test_the_status_is_2_when_the_folder_is_not_there(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A typing error in CI must not pass."""
    assert status(Path("gone")) == 2
    assert "gone" in capsys.readouterr().err
