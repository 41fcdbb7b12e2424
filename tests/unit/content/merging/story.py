"""A content type with every kind of field that merges in a way of its own, and edits of its entries.

Every edit adds something that nothing else has, a *mark* such as "t3": so that a test can say that nothing
was lost without knowing how a merge works.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from masthead import model as mh
from masthead.content.merging import Merged, merge
from masthead.model import DEFAULT_PUBLICATION, compile_model
from masthead.model.lock import ContentLock

Fields = dict[str, Any]
Merge = Callable[[Fields, Fields, Fields], Merged]


class Quote(mh.Block):
    """What somebody said."""

    text: mh.Markdown
    by: str | None = None


class Figure(mh.Block):
    """A picture."""

    caption: str
    width: int | None = None


class Story(mh.Entry, path="/stories/{slug}"):
    """One of each."""

    title: str
    slug: mh.Slug = mh.slug("title")
    body: mh.Markdown | None = None
    count: int | None = None
    is_new: bool | None = None
    tags: list[mh.Ref[mh.Tag]] = []  # noqa: RUF012 - a declaration
    words: list[str] = []  # noqa: RUF012 - a declaration
    data: mh.Json | None = None
    sections: list[Quote | Figure] = []  # noqa: RUF012 - a declaration


MODEL, _ = compile_model((Story, *DEFAULT_PUBLICATION), ContentLock())
STORY = MODEL["Story"]


def merged(base: Fields, theirs: Fields, yours: Fields) -> Merged:
    """The merge of three stories."""
    return merge(MODEL, STORY, base, theirs, yours)


def quote(name: str, **more: Any) -> Fields:
    """A block whose text nobody else has."""
    text = f"{name}1 {name}2 {name}3\n\n{name}4 {name}5 {name}6"
    return {"type": "Quote", "text": text, **more}


BASE: Fields = {
    "title": "Bow",
    "body": "\n".join(f"line {number}" for number in range(8)),
    "count": 1,
    "tags": ["a", "b", "c", "d"],
    "words": ["one", "two"],
    "data": {"price": {"net": 1, "gross": 2}, "unit": "EUR"},
    "sections": [quote("first"), quote("second", by="Ada"), {"type": "Figure", "caption": "third"}],
}

_EDITS = st.sampled_from(
    [
        *("title", "count", "flag", "line", "insert", "take", "tag", "untag", "word", "key", "unkey"),
        *("text", "by", "block", "unblock", "move", "null"),
    ]
)
EDITS = st.lists(st.tuples(_EDITS, st.integers(0, 9)), max_size=5)


def edited(edits: list[tuple[str, int]], side: str, before: Fields = BASE) -> Fields:
    """What was before, after the edits of a side, with its marks in it."""
    fields: Fields = json.loads(json.dumps(before))
    for number, (kind, place) in enumerate(edits):
        _edit(fields, kind, place, f"{side}{number}")
    return fields


def _edit(fields: Fields, kind: str, place: int, mark: str) -> None:
    lines = str(fields.get("body", "")).split("\n")
    sections, tags = fields.get("sections", []), fields.get("tags", [])
    data = fields.get("data") or {}
    at = place % len(sections) if sections else 0
    match kind:
        case "title":
            fields["title"] = mark
        case "count":
            fields["count"] = place
        case "flag":
            fields["is_new"] = place % 2 == 0
        case "line":
            lines[place % len(lines)] = mark
        case "insert":
            lines.insert(place % (len(lines) + 1), mark)
        case "take" if len(lines) > 1:
            del lines[place % len(lines)]
        case "tag":
            tags.insert(place % (len(tags) + 1), mark)
        case "untag" if tags:
            del tags[place % len(tags)]
        case "word":
            fields["words"] = [*fields["words"], mark]
        case "key":
            data[f"key{place % 3}"] = mark
        case "unkey":
            data.pop("unit", None)
        case "text" if sections:
            name = "text" if sections[at]["type"] == "Quote" else "caption"
            sections[at][name] += f" {mark}"
        case "by" if sections:
            sections[at]["by" if sections[at]["type"] == "Quote" else "width"] = place
        case "block":
            sections.insert(place % (len(sections) + 1), quote("new", by=mark))
        case "unblock" if sections:
            del sections[at]
        case "move" if sections:
            sections.append(sections.pop(at))
        case "null":
            fields[("title", "count", "data")[place % 3]] = None
    fields["body"] = "\n".join(lines)


def marks(value: Any) -> set[str]:
    """The marks in a value."""
    return set(re.findall(r"\b[tys]\d\b", json.dumps(value).replace("\\n", " ")))
