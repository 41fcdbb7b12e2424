"""Links are found where they stand, and replaced without touching anything else."""

from collections import Counter
from html import escape
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.markdown import find_links, is_external, parse_document, render, rewrite_links
from masthead.markdown.sanitise import sanitise


def found(source: str) -> list[tuple[str, str, str, int, int]]:
    """Kind, URL, text, line and column of every link."""
    return [(link.kind, link.url, link.text, link.line, link.column) for link in find_links(source)]


def urls_shown(source: str) -> Counter[tuple[str, str]]:
    """What the renderer asks about: the oracle."""
    seen: Counter[tuple[str, str]] = Counter()

    def note(kind: str, url: str) -> str:
        seen[kind, unquote(url)] += 1
        return url

    render(source, note)
    return seen


def is_published(url: str) -> bool:
    """Whether the sanitiser lets a link to `url` through (not every text that follows www. is a host)."""
    return not url.startswith("#") and "href" in sanitise(f'<a href="{escape(url)}">x</a>')


@pytest.mark.parametrize(
    ("source", "links"),
    [
        ("[a](b.md)", [("link", "b.md", "a", 1, 1)]),
        ("x\n\n- é ![alt](<my pic.png> 'title')", [("image", "my pic.png", "alt", 3, 5)]),
        ("[a](b\\_c.md) [d](e&amp;f)", [("link", "b_c.md", "a", 1, 1), ("link", "e&f", "d", 1, 14)]),
        ("[a](b(c)d)", [("link", "b(c)d", "a", 1, 1)]),
        ("[](x)", [("link", "x", "", 1, 1)]),
        ("[a]()", [("link", "", "a", 1, 1)]),
        ("[![b](i.png)](l.md)", [("link", "l.md", "", 1, 1), ("image", "i.png", "b", 1, 2)]),
        ("[![b](same)](same)", [("link", "same", "", 1, 1), ("image", "same", "b", 1, 2)]),
        ("[a\nb](c\n 'd')\n[e](f)", [("link", "c", "a\nb", 1, 1), ("link", "f", "e", 4, 1)]),
        ("> - [a](b\n>   'title')\n> - [c](d)", [("link", "b", "a", 1, 5), ("link", "d", "c", 3, 5)]),
        ("| a |\n|---|\n| x \\| [b](c) |", [("link", "c", "b", 3, 8)]),
        ("x[^1]\n\n[^1]: note [a](b)", [("link", "b", "a", 3, 12)]),
        (
            "[x][r] [r] ![i][r]\n\n[r]: <u v> 't'",
            [("link", "u v", "x", 1, 1), ("link", "u v", "r", 1, 8), ("image", "u v", "i", 1, 12)],
        ),
        ("[r]: /u\nhttps://a.b", [("link", "https://a.b", "https://a.b", 2, 1)]),
        ("[r]: /u\n[r] and [r][]", [("link", "/u", "r", 2, 1), ("link", "/u", "r", 2, 9)]),
        ("- [#1]: no definition\n\n[#1]: /u", [("link", "/u", "#1", 1, 3)]),
        ("<https://a.b> x", [("link", "https://a.b", "https://a.b", 1, 1)]),
        ("x a@b.example", [("link", "mailto:a@b.example", "a@b.example", 1, 3)]),
        ("www.a.example", [("link", "http://www.a.example", "www.a.example", 1, 1)]),
        ("`<a href=h>` \\<a href=h> <a href=h>", [("link", "h", "", 1, 26)]),
        ('x <a href="r.md">t</a>', [("link", "r.md", "", 1, 3)]),
        ("<img alt=A\n src='i&amp;j.png'>", [("image", "i&j.png", "A", 1, 1)]),
        ("<iframe src=v></iframe>", [("link", "v", "", 1, 1)]),
        ("\ufeff[a](b)", [("link", "b", "a", 1, 2)]),
        ("[a](b)\r\n[c](d)", [("link", "b", "a", 1, 1), ("link", "d", "c", 2, 1)]),
        ("[a](b)\r[c](d)", [("link", "b", "a", 1, 1), ("link", "d", "c", 2, 1)]),
    ],
)  # fmt: skip
def test_a_link_is_found_where_it_stands(source: str, links: list[tuple[str, str, str, int, int]]) -> None:
    """In every form that Markdown has; the URL is the one that Markdown reads."""
    assert found(source) == links


@pytest.mark.parametrize(
    "source",
    [
        "`[a](b)`",
        "```\n[a](b)\n```",
        "    [a](b)",
        "\\[a](b)",
        "<!-- [a](b) <a href=c> -->",
        "$[a](b)$",
        "`<img src=a>`",
        "[a]: b",
        "<script>'<a href=b>'</script>",
        "[a] (b)",
    ],
)
def test_what_only_looks_like_a_link_is_none(source: str) -> None:
    """Code, comments, formulas, escapes and definitions that nobody uses."""
    assert found(source) == []


@pytest.mark.parametrize(
    ("source", "rewritten"),
    [
        ("é [a](b.md 't') é", "é [a](NEW 't') é"),
        ("[a](<b c>)", "[a](NEW)"),
        ("![a]( b )", "![a]( NEW )"),
        ("[a]()", "[a](NEW)"),
        ("[x][r] [r]\n\n  [r]:\n  b 't'\n", "[x][r] [r]\n\n  [r]:\n  NEW 't'\n"),
        ("<https://a.example/_x_>", "[https://a.example/\\_x\\_](NEW)"),
        ("see www.a.example.", "see [www.a.example](NEW)."),
        ("<a class=c href=b>t</a>", '<a class=c href="NEW">t</a>'),
        ("<img src='b' alt='[a](b)'>", "<img src=\"NEW\" alt='[a](b)'>"),
        ("`[a](b)` [a](b)\r\n", "`[a](b)` [a](NEW)\r\n"),
        ("[![i](b)](b)", "[![i](NEW)](NEW)"),
    ],
)
def test_only_the_url_is_replaced(source: str, rewritten: str) -> None:
    """An autolink becomes a link of the same text; everything else stays to the byte."""
    assert rewrite_links(source, lambda _: "NEW") == rewritten


@pytest.mark.parametrize("url", ["a b", "a(b", "<x>", "a\\b", "a&amp;b", "", "entry:0192#x", 'a"b', "é"])
def test_any_url_can_be_written(url: str) -> None:
    """What is written is what is read again, in every form."""
    for source in ("[a](b)", "[a]\n\n[a]: b", "<a href=b>a</a>", "https://a.example"):
        assert [link.url for link in find_links(rewrite_links(source, lambda _: url))] == [url]


def test_what_needs_no_work_is_passed_over() -> None:
    """`wanted` is asked about the URL as it is shown."""
    source = "[a](https://x.example) [b](y.md) <a href=//z.example>c</a>"
    assert [link.url for link in find_links(source, lambda url: not is_external(url))] == ["y.md"]


# Bare URLs stand apart: they swallow what follows (`www.x[a](b)`), and what that becomes is nobody's wish.
_INLINE = (
    "[a](b)",
    "![i](j 't')",
    "[r]",
    "[x][r]",
    "![y][s]",
    "<u:v>",
    " https://w.example ",
    " www.e.example ",
)
_LINK_PARTS = (
    "[",
    "]",
    "(",
    ")",
    "](k)",
    "[l](<m n> 'o')",
    "[p](q(r)s)",
    "\\",
    "*",
    "_",
    "$",
    "é",
    " ",
    "text",
)
_BLOCKS = ("\n", "\n\n", "> ", "- ", "1. ", "    ", "# ", "|", "|-|\n", "\t", "```\n", "`", "``", "&amp;")
# Definitions stand alone, as people write them: in a paragraph that begins with some, the renderer's
# places are off, and examples above show what is done about it.
_DEFINITIONS = ("[^1]", "\n\n[^1]: ", "\n\n[r]: /u\n\n", "\n\n[s]: <v w> 't'\n\n")
_HTML = ("<a href=h>", "</a>", "<img src='s'>", "<!--", "-->")
_pieces = st.sampled_from([*_INLINE, *_LINK_PARTS, *_BLOCKS, *_DEFINITIONS, *_HTML])
_sources = st.lists(_pieces, max_size=12).map("".join)


@given(_sources)
def test_the_links_found_are_the_links_shown(source: str) -> None:
    """For any source: the same kinds and URLs as the renderer asks about."""
    ours = {(link.kind, unquote(link.url)) for link in find_links(source) if is_published(link.url)}
    shown = set(urls_shown(source))
    # A comment that is never closed hides what follows from readers, not from Markdown.
    assert ours >= shown if "<!--" in source else ours == shown


@given(_sources)
def test_rewriting_nothing_changes_nothing(source: str) -> None:
    """None and the same URL keep every byte."""
    assert rewrite_links(source, lambda _: None) == source
    assert rewrite_links(source, lambda link: link.url) == source


@given(_sources)
def test_rewriting_reaches_every_url_that_is_shown(source: str) -> None:
    """Afterwards the renderer shows the new URL only."""
    rewritten = rewrite_links(source, lambda _: "entry:new")
    assert set(urls_shown(rewritten)) <= {("link", "entry:new"), ("image", "entry:new")}


def test_real_posts_agree_with_the_renderer(shared: Path) -> None:
    """Every twentieth post of two blogs: the same links, as often, as the renderer shows."""
    files = sorted(shared.glob("corpora/*/content/**/*.md"))[::20]
    assert files
    for file in files:
        body = parse_document(file.read_bytes(), file.name).body
        ours = Counter((link.kind, unquote(link.url)) for link in find_links(body) if is_published(link.url))
        assert ours == urls_shown(body), file
