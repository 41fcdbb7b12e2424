"""A title that the front matter does not give, and a first heading that only repeats it."""

import re
from pathlib import PurePosixPath

from masthead.markdown import render

_FIRST = re.compile(r"\A\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\r\n|\n|\r|\Z)")
_ANY = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_FENCED = re.compile(r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)


def title_in(text: str) -> str | None:
    """The first level-1 heading of a Markdown text, as plain text."""
    if "# " not in text and "#\t" not in text:
        return None
    found = _ANY.search(_FENCED.sub("", text))
    return _plain(found[1]) if found else None


def without_title(text: str, title: str) -> str:
    """The text without a first heading that is its title: pages show the title themselves."""
    found = _FIRST.match(text)
    if found is None or _plain(found[1]) != " ".join(title.split()):
        return text
    return text[found.end() :].lstrip("\r\n")


def title_from(natural: str) -> str:
    """A title from a path: "release/my-first_post" → "My first post"."""
    name = PurePosixPath(natural).name
    words = re.sub(r"^\d{4}-\d{1,2}-\d{1,2}[-_ ]", "", name).replace("-", " ").replace("_", " ").split()
    spoken = " ".join(words) or name
    return spoken[:1].upper() + spoken[1:]


def _plain(heading: str) -> str:
    """Inline Markdown as text."""
    if not re.search(r"[\\`*_\[<&~$]", heading):
        return " ".join(heading.split())
    return " ".join(render(f"# {heading}").text.split())
