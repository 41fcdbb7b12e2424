"""What differs between the fields of two revisions. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from masthead.content.aligning import hunks, is_same, pair_blocks, without_nulls
from masthead.content.aligning.anchors import longest_rising
from masthead.content.aligning.likeness import fingerprint
from masthead.content.history.changes import BlockChange, Change, FieldChange, ItemsChange
from masthead.content.history.text_runs import text_hunks
from masthead.model import ContentModel, ContentType, Field, kinds

Values = Mapping[str, Any]

_DEEPEST = 16
"""Objects within objects that are compared key by key."""


def compare_fields(
    model: ContentModel, content_type: ContentType, before: Values, after: Values
) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of the model, those that it does not know last. A field that is
    null is one that is left out."""
    return tuple(_fields(model, "", content_type.fields, without_nulls(before), without_nulls(after)))


def _fields(
    model: ContentModel, path: str, known: Sequence[Field], before: Values, after: Values
) -> Iterator[FieldChange]:
    by_name = {field.name: field for field in known}
    for name in dict.fromkeys((*by_name, *before, *after)):
        old, new = before.get(name), after.get(name)
        if not is_same(old, new):
            yield _field(model, f"{path}{name}", by_name.get(name), old, new)


def _field(model: ContentModel, path: str, field: Field | None, old: Any, new: Any) -> FieldChange:
    kind: kinds.Kind = kinds.Json() if field is None else field.kind
    change = _change(old, new)
    found = FieldChange(path, kind.kind, change, old, new, is_unknown=field is None)
    match kind:
        case kinds.Blocks() if _are_lists(old, new):
            blocks = tuple(_blocks(model, path, old or [], new or []))
            return FieldChange(path, kind.kind, change, old, new, blocks=blocks)
        case kinds.References() | kinds.Scalars() if _are_lists(old, new):
            return FieldChange(path, kind.kind, change, old, new, items=_items(old or [], new or []))
        case kinds.Markdown() | kinds.Text() if isinstance(old, str) and isinstance(new, str):
            return FieldChange(path, kind.kind, change, old, new, text=text_hunks(old, new))
        case kinds.Json() if isinstance(old, Mapping) and isinstance(new, Mapping):
            keys = tuple(_keys(path, old, new, 0))
            return FieldChange(path, kind.kind, change, old, new, keys=keys, is_unknown=found.is_unknown)
        case _:
            return found


def _change(old: Any, new: Any) -> Change:
    return "added" if old is None else "removed" if new is None else "changed"


def _are_lists(*values: Any) -> bool:
    return all(each is None or isinstance(each, list) for each in values)


def _items(old: Sequence[Any], new: Sequence[Any]) -> ItemsChange:
    one, two = (list(map(fingerprint, side)) for side in (old, new))
    added, removed = Counter(two) - Counter(one), Counter(one) - Counter(two)
    stayed = [_without(side, taken) for side, taken in ((one, removed), (two, added))]
    return ItemsChange(
        tuple(_picked(new, two, added)), tuple(_picked(old, one, removed)), bool(hunks(*stayed))
    )


def _picked(items: Sequence[Any], names: Sequence[str], wanted: Counter[str]) -> Iterator[Any]:
    """The last ones of those that stand there several times."""
    left = Counter(wanted)
    picked: list[Any] = []
    for item, name in zip(reversed(items), reversed(names), strict=True):
        if left[name] > 0:
            left[name] -= 1
            picked.append(item)
    yield from reversed(picked)


def _without(names: list[str], taken: Counter[str]) -> list[str]:
    gone = set(_picked(range(len(names)), names, taken))
    return [name for index, name in enumerate(names) if index not in gone]


def _keys(path: str, old: Values, new: Values, depth: int) -> Iterator[FieldChange]:
    """The keys of JSON objects that differ. One that holds null is there; one that is left out is not."""
    for key in dict.fromkeys((*old, *new)):
        before, after, below = old.get(key), new.get(key), f"{path}.{key}"
        if key in old and key in new and is_same(before, after):
            continue
        if isinstance(before, Mapping) and isinstance(after, Mapping) and depth < _DEEPEST:
            yield from _keys(below, before, after, depth + 1)
        else:
            change: Change = "removed" if key not in new else "added" if key not in old else "changed"
            yield FieldChange(below, "json", change, before, after)


def _blocks(model: ContentModel, path: str, old: list[Any], new: list[Any]) -> Iterator[BlockChange]:
    """The blocks that differ in the order of the newer list; those taken out stand where they stood."""
    pairs = pair_blocks(old, new).all
    known = {each.name: each.fields for each in model.blocks}
    back = {after: before for before, after in pairs.items()}
    order = [back[index] for index in sorted(back)]
    still = {order[index] for index in longest_rising(order)}
    for after, before in _side_by_side(len(old), len(new), back, still):
        one = {} if before is None else without_nulls(old[before])
        two = {} if after is None else without_nulls(new[after])
        kind = str((two or one).get("type", ""))
        prefix = f"{path}.{before if after is None else after}."
        inner = (each for each in _fields(model, prefix, known.get(kind, ()), one, two))
        fields = tuple(each for each in inner if each.path != f"{prefix}type")
        is_moved = before is not None and after is not None and before not in still
        change: Change | None = (
            "added" if before is None else "removed" if after is None else "changed" if fields else None
        )
        if change is not None or is_moved:
            yield BlockChange(kind, change, before, after, is_moved, fields)


def _side_by_side(
    old: int, new: int, back: Mapping[int, int], still: set[int]
) -> Iterator[tuple[int | None, int | None]]:
    """Pairs (place after, place before): every block once. One that is gone follows the block that it
    followed, as far as that was not moved."""
    kept = set(back.values())
    followers: dict[int | None, list[int]] = {}
    anchor: int | None = None
    for index in range(old):
        if index not in kept:
            followers.setdefault(anchor, []).append(index)
        anchor = index if index in still else anchor
    yield from ((None, index) for index in followers.get(None, ()))
    for after in range(new):
        before = back.get(after)
        yield after, before
        if before is not None:
            yield from ((None, index) for index in followers.get(before, ()))
