"""A folder as a whole: switches, drafts as people leave them, real blogs."""

from pathlib import Path

import pytest

from masthead.content.check import check_folder
from masthead.kernel import InputError

# A first draft from a template, as one was handed to this project.
DRAFT = """\
---
title: "Building Our Platform: A Technical Deep Dive"
description: A brief description of your post (150-160 characters ideal for SEO)
date: 2025-03-19
author: Deadpool
keywords: keyword1, keyword2, keyword3
featuredImage: /images/profile.jpg
---

# Building Our Platform: A Technical Deep Dive

## Implementation Journey

### 1. Initial Architecture Design

Our primary goals were:
- Scalability from day one

### 2. Key Challenges Faced

#### Database Schema Evolution
```typescript
// Early schema iterations showed limitations
interface InitialSchema {
  // TODO: simple but not scalable
}
```

### 3. Technical Decisions

| Decision | Rationale |
|----------|-----------|
| GraphQL | Flexible data fetching |

## Resources

- [Architecture Diagram](link-to-diagram)
- [API Documentation](link-to-docs)
- [Performance Metrics](link-to-metrics)

_Last Updated: 2025-03-20_
"""


def write(root: Path, files: dict[str, str]) -> Path:
    """Write files by path."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def test_every_placeholder_of_a_draft_is_found_and_nothing_else(tmp_path: Path) -> None:
    """Description, keywords, featured image and three links; headings, code and dates are right."""
    report = check_folder(write(tmp_path, {"draft.md": DRAFT}))
    assert [(each.rule, each.place.line) for each in report.findings] == [
        ("description-placeholder", 3),
        ("keywords-placeholder", 6),
        ("image-missing", 7),
        ("link-placeholder", 37),
        ("link-placeholder", 38),
        ("link-placeholder", 39),
    ]


def test_the_real_draft_has_six_findings(shared: Path) -> None:
    """The one that the text above was made from."""
    report = check_folder(shared / "seed")
    assert report.counts == {
        "description-placeholder": 1,
        "image-missing": 1,
        "keywords-placeholder": 1,
        "link-placeholder": 3,
    }


def test_real_blogs_are_read_without_an_error_of_ours(shared: Path) -> None:
    """No file of the Rust blog has front matter that we cannot read, or a link that is a template's."""
    report = check_folder(shared / "corpora" / "rust-blog" / "content")
    assert report.files == 754
    assert not {"front-matter-syntax", "front-matter-type", "slug-duplicate", "link-placeholder"} & set(
        report.counts
    )


def test_a_rule_can_be_off_everywhere_and_below_a_glob(tmp_path: Path) -> None:
    """[check] off, and [check.overrides."glob"]."""
    files = dict.fromkeys(("a.md", "drafts/b.md", "drafts/deep/c.md"), "---\ntitle: T\n---\n[a](#)\n")
    settings = (
        '[check]\noff = ["description-missing"]\n[check.overrides."drafts/**"]\noff = ["link-placeholder"]\n'
    )
    report = check_folder(write(tmp_path, {**files, "masthead.toml": settings}))
    assert [(each.rule, each.place.file) for each in report.findings] == [("link-placeholder", "a.md")]


@pytest.mark.parametrize(
    ("settings", "line", "key"),
    [
        ('[check]\noff = ["link-brocken"]\n', 2, "check.off"),
        ('[check.overrides."x/**"]\noff = ["link-brocken"]\n', 2, "check.overrides.x/**.off"),
    ],
)
def test_a_rule_that_does_not_exist_is_refused(tmp_path: Path, settings: str, line: int, key: str) -> None:
    """A slip of the pen would silently not apply; the error has the place and what was meant."""
    with pytest.raises(InputError) as caught:
        check_folder(write(tmp_path, {"masthead.toml": settings}))
    assert (caught.value.code, caught.value.remedy) == ("rule-unknown", 'Did you mean "link-broken"?')
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.path) == (line, key)


def test_progress_counts_files(tmp_path: Path) -> None:
    """One call a file."""
    seen: list[int] = []
    check_folder(write(tmp_path, {"a.md": "x", "b.md": "y"}), advance=seen.append)
    assert seen == [1, 2]


def test_findings_are_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    """So that two runs can be compared."""
    report = check_folder(write(tmp_path, {"b.md": "[a](#)\n\n[a](#)", "a.md": "[a](#)"}))
    places = [(each.place.file, each.place.line) for each in report.findings]
    assert places == sorted(places)  # type: ignore[type-var]  # every finding has a file and a line


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Nothing was checked, which is not the same as nothing found."""
    with pytest.raises(InputError):
        check_folder(tmp_path / "gone")
