"""Each rule finds what it says, where it is, and leaves alone what is right."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from masthead.content.check import RULES, CheckReport, check_folder

GOOD = (
    "What a reader gets from this text, said in so many words that it fills the line of a search result"
    " and not one word more, which is the hundred and sixty."
)
FRONT = f"---\ntitle: A good title\ndate: 2025-03-19\ndescription: {GOOD}\n---\n"
BODY_LINE = 6

Write = Callable[..., Path]
Spot = tuple[str, str, int, int]


@pytest.fixture
def folder(tmp_path: Path) -> Write:
    """Write Markdown files into a folder, text or bytes by name without suffix (`__` is a slash)."""

    def write(**files: str | bytes) -> Path:
        for name, content in files.items():
            path = tmp_path / f"{name.replace('__', '/')}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write


def spots(report: CheckReport) -> list[Spot]:
    """Rule, file, line and column of every finding."""
    return [
        (each.rule, each.place.file or "", each.place.line or 0, each.place.column or 0)
        for each in report.findings
    ]


def found(root: Path) -> list[Spot]:
    """What a check of `root` finds."""
    return spots(check_folder(root))


def test_the_description_of_these_tests_is_right() -> None:
    """Else every test would find one thing more."""
    assert 150 <= len(GOOD) <= 160


def test_a_good_post_has_no_finding(folder: Write) -> None:
    """Numbered headings, a level-1 heading that repeats the title, code, links that lead somewhere."""
    text = """\
# A good title

See [the other](b.md#part-1), [below](#2-next), [a site](https://a.example) and [mail](mailto:a@b.example).

## 1. First

Use `[x](link-to-x)` or `TODO`. Last Updated: 2025-03-20

```md
# TODO
[x](missing.md) ![](gone.png) lorem ipsum dolor
```

## 2. Next

<!-- ![](gone.png) TODO: x -->
"""
    assert found(folder(a=FRONT + text, b=FRONT + "## Part 1\n")) == []


@pytest.mark.parametrize(
    ("front", "spot"),
    [
        ("title: T\ntitle: U", ("front-matter-syntax", "a.md", 3, 1)),
        (f"title: T\ndate: 2025-02-31\ndescription: {GOOD}", ("front-matter-syntax", "a.md", 3, 7)),
        (f"title: [a, b]\ndescription: {GOOD}", ("front-matter-type", "a.md", 2, 1)),
        (f"title: T\ndate: yesterday\ndescription: {GOOD}", ("front-matter-type", "a.md", 3, 1)),
        (f"title: T\ntags: 5\ndescription: {GOOD}", ("front-matter-type", "a.md", 3, 1)),
        (f"title: true\ndescription: {GOOD}", ("front-matter-type", "a.md", 2, 1)),
        (f"title: T\ntags: [a, null]\ndescription: {GOOD}", ("front-matter-type", "a.md", 3, 1)),
        (
            f"title: T\ntags: {{a: b}}\nauthors: [[x]]\ndescription: {GOOD}",
            ("front-matter-type", "a.md", 4, 1),
        ),
        (f"title: T\ntags: 2025-01-01\ndescription: {GOOD}", ("front-matter-type", "a.md", 3, 1)),
        (f"title: T\ndraft: maybe\ndescription: {GOOD}", ("front-matter-type", "a.md", 3, 1)),
        (f"description: {GOOD}", ("title-missing", "a.md", 1, 1)),
        (f"title: ''\ndescription: {GOOD}", ("title-missing", "a.md", 2, 1)),
        (f"title: Untitled\ndescription: {GOOD}", ("title-placeholder", "a.md", 2, 1)),
        (f"title: Your title here\ndescription: {GOOD}", ("title-placeholder", "a.md", 2, 1)),
        ("title: T", ("description-missing", "a.md", 1, 1)),
        ("title: T\ndescription:", ("description-missing", "a.md", 1, 1)),
        ("title: T\nsummary: short", ("description-length", "a.md", 3, 1)),
        (f"title: T\ndescription: {'word ' * 29}word", ("description-length", "a.md", 3, 1)),
        (f"title: T\ndescription: {'word ' * 32}w", ("description-length", "a.md", 3, 1)),
        ("title: T\ndescription: 'TODO: write'", ("description-placeholder", "a.md", 3, 1)),
        ("title: T\ndescription: Lorem ipsum dolor sit amet", ("description-placeholder", "a.md", 3, 1)),
        (f"title: T\ndescription: {GOOD}\nkeywords: keyword1, real", ("keywords-placeholder", "a.md", 4, 1)),
        (f"title: T\ndescription: {GOOD}\ntags: [tag1, tag2]", ("keywords-placeholder", "a.md", 4, 1)),
        (f"title: T\ndescription: {GOOD}\ndate: 2999-01-01", ("date-future", "a.md", 4, 1)),
        (f"title: T\ndescription: {GOOD}\nlastmod: 2999-01-01T00:00:00Z", ("date-future", "a.md", 4, 1)),
        (f"title: T\ndescription: {GOOD}\nfeaturedImage: /images/x.jpg", ("image-missing", "a.md", 4, 1)),
    ],
)
def test_front_matter_is_reported_at_its_key(folder: Write, front: str, spot: Spot) -> None:
    """By the keys that the import knows too."""
    assert found(folder(a=f"---\n{front}\n---\nText.\n")) == [spot]


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("# A\n\n# B\n", "heading-multiple-h1", 2, 1),
        ("# A\n\n### B\n", "heading-skipped", 2, 1),
        ("## A\n## B\n\n> ## a\n", "heading-duplicate-anchor", 3, 3),
        ("x [a](link-to-diagram)", "link-placeholder", 0, 3),
        ("[a](#)", "link-placeholder", 0, 1),
        ("[a]()", "link-placeholder", 0, 1),
        ("[a](TODO)", "link-placeholder", 0, 1),
        ("[a](https://example.com/x)", "link-placeholder", 0, 1),
        ("[a]\n\n[a]: link-to-x", "link-placeholder", 0, 1),
        ("<a href='path/to/x'>a</a>", "link-placeholder", 0, 1),
        ("é [a](gone.md)", "link-broken", 0, 3),
        ("[a](../up.md)", "link-broken", 0, 1),
        ("[a](@/gone.md)", "link-broken", 0, 1),
        ("[a](/posts/gone)", "link-broken", 0, 1),
        ("[a](#gone)", "anchor-missing", 0, 1),
        ("[a](b.md#gone)", "anchor-missing", 0, 1),
        ("![x](gone.png)", "image-missing", 0, 1),
        ("![x](path/to/image.png)", "image-missing", 0, 1),
        ("![x](/images/gone.png)", "image-missing", 0, 1),
        ("<img alt=x src=gone.png>", "image-missing", 0, 1),
        ("![](https://a.example/x.png)", "alt-missing", 0, 1),
        ("<img src='https://a.example/x.png'>", "alt-missing", 0, 1),
        ("Lorem ipsum dolor sit amet", "text-placeholder", 0, 1),
        ("- TODO: more", "text-placeholder", 0, 3),
        ("and [TBD] then", "text-placeholder", 0, 5),
    ],
)
def test_what_is_wrong_in_a_text_is_reported_where_it_stands(
    folder: Write, text: str, rule: str, line: int, column: int
) -> None:
    """One finding each, in the file's own lines and columns."""
    root = folder(a=FRONT + text, b=FRONT)
    assert found(root) == [(rule, "a.md", BODY_LINE + line, column)]


@pytest.mark.parametrize(
    "text",
    [
        "### A\n## B\n# C\n",
        "## A {#x}\n## A {#y}\n",
        "https://example.com and <https://example.org/x>",
        "[https://example.com](https://example.com)",
        "[a](https://my-example.com)",
        "[a](/learn/install) [b](/download)",
        "[a](b) [a](./b.md) [b](/posts/b) [c](/b) [d](b.html) [e](/blog/b/) [f](?q=1)",
        "[a](#top) [b](#:~:text=x) [c](b.md#part)",
        "<a name=here></a>[a](#here)",
        "## cargo doc --serve\n[a](#cargo-doc-serve)",
        "<img src='https://a.example/x.png' alt=''>",
        "A TODO list; nothing is `TODO:`\n\n    TODO: code\n",
        "[TODO](b.md) is a name",
        "[a](mailto:x@y.example) [b](tel:1)",
    ],
)
def test_what_is_right_in_a_text_is_left_alone(folder: Write, text: str) -> None:
    """A linter that cries wolf is switched off."""
    assert found(folder(a=FRONT + text, b=f"{FRONT}## Part\n")) == []


def test_addresses_that_the_import_keeps_alive_are_no_broken_links(folder: Write) -> None:
    """A stated path, an alias, the address below the old site's prefix, relative to the old address."""
    old = f"---\ntitle: Old\npath: 2015/08/14/Old\naliases: [2015/old.html]\ndescription: {GOOD}\n---\n"
    addresses = "/2015/08/14/Old /2015/08/14/Old.html /2015/old.html @/sub/old.md /blog/2015/08/14/Old/"
    text = " ".join(f"[a]({address})" for address in addresses.split())
    assert found(folder(sub__old=old, a=FRONT + text)) == []


def test_a_draft_may_be_dated_ahead(folder: Write) -> None:
    """That is what drafts are for."""
    assert found(folder(a=FRONT.replace("2025-03-19", "2999-01-01\ndraft: true"))) == []


def test_a_title_may_be_the_texts_own_heading(folder: Write) -> None:
    """The import takes it from there; a template's is found there too."""
    front = f"---\ndate: 2025-03-19\ndescription: {GOOD}\n---\n"
    assert found(folder(a=f"{front}# A good title\n")) == []
    assert found(folder(a=f"{front}# Untitled\n")) == [("title-placeholder", "a.md", 5, 1)]


def test_two_files_with_one_slug_are_reported_at_the_second(folder: Write) -> None:
    """By path; a file's place and a stated slug are one name space for each type."""
    stated = FRONT.replace("title:", "slug: a\ntitle:")
    report = check_folder(folder(a=FRONT, b=stated))
    assert spots(report) == [("slug-duplicate", "b.md", 2, 1)]
    assert report.findings[0].message == 'The slug "a" belongs to a.md already.'


def test_an_image_that_is_none_is_reported(folder: Write) -> None:
    """By looking inside; one that is there and sound is right, also in a static folder."""
    root = folder(a=f"{FRONT}![x](bad.png) ![y](good.png) ![z](/i/good.png) ![v](bad.svg)\n")
    (root / "bad.png").write_bytes(b"no image")
    (root / "bad.svg").write_bytes(b"<html/>")
    (root / "static" / "i").mkdir(parents=True)
    for path in (root / "good.png", root / "static" / "i" / "good.png"):
        Image.new("RGB", (1, 1)).save(path)
    assert found(root) == [("image-unreadable", "a.md", 6, 1), ("image-unreadable", "a.md", 6, 48)]


@pytest.mark.parametrize(
    ("raw", "line", "column"),
    [(b"---\ntitle: x\n", 1, 1), (b"ok\n\xff", 2, 1), (b"---\na: b: c\n---\n", 2, 5)],
)
def test_a_file_that_cannot_be_read_is_one_finding(folder: Write, raw: bytes, line: int, column: int) -> None:
    """Nothing else can be said of it; the others are checked."""
    assert found(folder(a=raw, b="---\ntitle: T\n---\n")) == [
        ("front-matter-syntax", "a.md", line, column),
        ("description-missing", "b.md", 1, 1),
    ]


def test_every_finding_says_what_to_do(folder: Write) -> None:
    """And every rule says what it is."""
    assert all(
        each.remedy and each.message.endswith(".") for each in check_folder(folder(a="[a](#)")).findings
    )
    assert all(rule.description.endswith(".") and rule.remedy.endswith(".") for rule in RULES)
    assert len({rule.id for rule in RULES}) == len(RULES)
