"""Where links lead: every spelling that real blogs use."""

import pytest

from masthead.content.facts import Facts
from masthead.content.folder import matches
from masthead.content.local_links import local_urls
from masthead.content.resolver import Resolver


def facts(address: str, *keys: str, aliases: tuple[str, ...] = ()) -> Facts:
    """A file that may be linked to as `keys`."""
    return Facts("Post", address, "", address, False, ((address,), keys, aliases))


ENTRIES = {
    "release/v4.2.4.md": facts("/posts/release/v4.2.4", "/release/v4.2.4"),
    "bundle/index.md": facts("/posts/b", "/bundle", "/2024/05/07/b", aliases=("/2024/05/07/b.html",)),
    "inside/_index.md": facts("/inside", "/inside"),
    "a b.md": facts("/a-b", "/a b", "/a-b"),
}
FILES = ("bundle/x.png", "static/images/y.png", "release/notes.txt", "z.png")
RESOLVER = Resolver(ENTRIES, FILES, ("", "static"))

LEADS = {
    ("release/v1.md", "v4.2.4.md"): "release/v4.2.4.md",
    ("release/v1.md", "./v4.2.4"): "release/v4.2.4.md",
    ("x.md", "release/v4.2.4.md#part"): "release/v4.2.4.md#part",
    ("x.md", "/blog/release/v4.2.4/"): "release/v4.2.4.md",
    ("x.md", "/release/v4.2.4/index.html"): "release/v4.2.4.md",
    ("x.md", "/posts/release/v4.2.4.md"): "release/v4.2.4.md",
    ("x.md", "/2024/05/07/b.html"): "bundle/index.md",
    ("x.md", "@/bundle/index.md"): "bundle/index.md",
    ("x.md", "bundle/"): "bundle/index.md",
    ("x.md", "/inside/"): "inside/_index.md",
    ("x.md", "a%20b.md"): "a b.md",
    ("bundle/index.md", "x.png"): "bundle/x.png",
    ("bundle/index.md", "../z.png"): "z.png",
    ("x.md", "/images/y.png"): "static/images/y.png",
    ("x.md", "/2024/05/07/b/x.png"): "bundle/x.png",
    ("bundle/index.md", "../../../../2024/05/07/b/x.png"): "bundle/x.png",
    ("release/v1.md", "notes.txt"): "release/notes.txt",
    ("x.md", "nowhere.md"): None,
    ("x.md", "/"): None,
    ("x.md", "/en/blog/release/v4.2.4"): None,
    ("x.md", "../../etc/passwd"): None,
    ("x.md", "http://[broken"): None,
}


@pytest.mark.parametrize("link", LEADS, ids=" ".join)
def test_a_link_leads_there(link: tuple[str, str]) -> None:
    """From a file, by a URL."""
    goal = RESOLVER.resolve(link[1], link[0])
    assert (goal and goal.path + goal.fragment) == LEADS[link]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("[x](a.md) ![y](<b c.png>)", ("a.md", "b c.png")),
        ("[x][y]\n\n[y]: /z 'title'", ("/z",)),
        ("> [x][y]\n>\n> [y]:\n> z.md", ("z.md",)),
        ('<img src="a.png"> <a href=/b>x</a>', ("a.png", "/b")),
        ("[x](https://example.org) [y](#here) [z](mailto:a@b.c) //x", ()),
        ("`[x](a.md)`\n\n    [y](b.md)\n", ()),
        ("x[^1]\n\n[^1]: A note.\n", ()),
    ],
)
def test_local_links_are_found(text: str, urls: tuple[str, ...]) -> None:
    """All of them, and nothing that only looks like one."""
    assert local_urls(text) == urls


@pytest.mark.parametrize(
    ("path", "glob", "expected"),
    [
        ("posts/a.md", "posts/**", True),
        ("posts/x/a.md", "posts/**", True),
        ("posts/x/a.md", "posts/*", False),
        ("a.md", "**/*.md", True),
        ("x/y/a.md", "**/y/*.md", True),
        ("postsx/a.md", "posts/**", False),
    ],
)
def test_globs_match_as_in_gitignore(path: str, glob: str, expected: bool) -> None:
    """`*` within a segment, `**` across."""
    assert matches(path, glob) is expected
