"""Revisions and what differs between them, as lines for a terminal."""

from collections.abc import Iterator
from typing import Any

from masthead.content.history import BlockChange, FieldChange, Revision, RevisionDiff, RevisionPage, TextHunk

_COLOURS = {"insert": "\x1b[32m", "delete": "\x1b[31m", "equal": ""}
_MARKS = {"insert": ("{+", "+}"), "delete": ("[-", "-]"), "equal": ("", "")}
_LONGEST = 200


def lines_of_page(page: RevisionPage) -> Iterator[str]:
    """A revision a line, the newest first."""
    width = max((len(_who(each)) for each in page.revisions), default=0)
    for each in page.revisions:
        moment = each.created_at.strftime("%Y-%m-%d %H:%M:%S")
        yield f"{each.number:>5}  {moment}  {each.source:8} {_who(each):{width}}  {_remarks(each)}".rstrip()
    if page.before is not None:
        yield f"       (there are more, before {page.before}: --size shows them)"


def lines_of_diff(diff: RevisionDiff, *, is_coloured: bool = False) -> Iterator[str]:
    """Field by field; words that were taken out and put in are marked, [-so-] and {+so+}."""
    yield f"Revision {diff.before.number} of {diff.before.created_at:%Y-%m-%d %H:%M} by {_who(diff.before)}"
    yield f"Revision {diff.after.number} of {diff.after.created_at:%Y-%m-%d %H:%M} by {_who(diff.after)}"
    if not diff.changes:
        yield "The fields are the same."
    names = {key: f"{each.title or key} ({each.type})" for key, each in diff.entries.items()}
    for change in diff.changes:
        yield ""
        yield from _Lines(names, is_coloured).of_field(change)


def _who(revision: Revision) -> str:
    name = revision.author_name or (str(revision.author) if revision.author else "Masthead")
    return f"{name}, {revision.token_name}" if revision.token_name else name


def _remarks(revision: Revision) -> str:
    said = ["public"] if revision.is_published else ["was public"] if revision.was_published else []
    if revision.base is not None and revision.base_number != revision.number - 1:
        said.append(f"made on {revision.base_number or 'a removed revision'}")
    return "; ".join([*said, *([revision.note] if revision.note else [])])


class _Lines:
    def __init__(self, names: dict[str, str], is_coloured: bool) -> None:
        self._names = names
        self._is_coloured = is_coloured

    def of_field(self, change: FieldChange, indent: str = "") -> Iterator[str]:
        """A field's path, and what became of it."""
        unknown = ", which the content types have no more" if change.is_unknown else ""
        yield f"{indent}{change.path} ({change.change}{unknown})"
        below = f"{indent}  "
        if change.text:
            for each in change.text:
                yield from self._hunk(each, below)
        elif change.blocks:
            for block in change.blocks:
                yield from self._block(block, below)
        elif change.keys:
            for key in change.keys:
                yield from self.of_field(key, below)
        elif change.items is not None:
            yield from self._marked("delete", [self._value(each) for each in change.items.removed], below)
            yield from self._marked("insert", [self._value(each) for each in change.items.added], below)
            if change.items.is_reordered:
                yield f"{below}in another order"
        else:
            yield from self._marked("delete", self._lines(change.before), below)
            yield from self._marked("insert", self._lines(change.after), below)

    def _block(self, block: BlockChange, indent: str) -> Iterator[str]:
        place = block.before if block.after is None else block.after
        moved = f"moved from {block.before}" if block.is_moved else ""
        yield f"{indent}{block.type} {place}: {', '.join(filter(None, (moved, block.change or '')))}"
        for each in block.fields:
            yield from self.of_field(each, f"{indent}  ")

    def _hunk(self, hunk: TextHunk, indent: str) -> Iterator[str]:
        yield f"{indent}line {hunk.after}:"
        text = "".join(self._mark(each.kind, each.text) for each in hunk.runs)
        yield from (f"{indent}  {line}".rstrip() for line in text.rstrip("\n").split("\n"))

    def _marked(self, kind: str, values: list[str], indent: str) -> Iterator[str]:
        yield from (f"{indent}{self._mark(kind, each)}" for each in values)

    def _mark(self, kind: str, text: str) -> str:
        """Marks stand before a line's end, and on every line."""
        begin, end = (
            (_COLOURS[kind], "\x1b[0m" if _COLOURS[kind] else "") if self._is_coloured else _MARKS[kind]
        )
        return "\n".join(f"{begin}{line}{end}" if line else line for line in text.split("\n"))

    def _lines(self, value: Any) -> list[str]:
        if value is None:
            return []
        return [self._value(each) for each in value] if isinstance(value, list) else [self._value(value)]

    def _value(self, value: Any) -> str:
        text = self._names.get(value, value) if isinstance(value, str) else repr(value)
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text):,} characters)"
