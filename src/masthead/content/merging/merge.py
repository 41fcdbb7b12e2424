"""The three-way merge of an entry's fields: what both sides made of a base."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from masthead.content.aligning import is_same, without_nulls
from masthead.content.merging.block_lists import merge_blocks
from masthead.content.merging.clash import Clash
from masthead.content.merging.field_values import Result, are_lists, merge_value
from masthead.model import ContentModel, ContentType, Field, kinds

Side = Literal["theirs", "yours", "both"]


@dataclass(frozen=True, slots=True)
class Merged:
    """`fields` hold every change that does not clash, and theirs at the places that do; nulls are left out.
    `taken` tells of each field that differs from the base who changed it."""

    fields: Mapping[str, Any]
    clashes: tuple[Clash, ...] = ()
    taken: Mapping[str, Side] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        """Whether both changes are in the fields, wholly."""
        return not self.clashes


def merge(
    model: ContentModel,
    content_type: ContentType,
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    yours: Mapping[str, Any],
) -> Merged:
    """The fields (JSON values by name) with the changes of both sides.

    A field that is null is one that is left out. Fields and blocks of a type that the model does not know
    any more are merged as JSON.
    """
    sides = tuple(map(without_nulls, (base, theirs, yours)))
    known = {each.name: each for each in content_type.fields}
    fields, clashes = _merge_fields(
        lambda name, *values: _field(model, known.get(name), name, values), *sides
    )
    taken = {name: side for name in _names(sides) if (side := _side(name, *sides)) is not None}
    return Merged(fields, clashes, taken)


MergeField = Callable[[str, Any, Any, Any], Result]


def _merge_fields(
    merge_field: MergeField, base: Mapping[str, Any], theirs: Mapping[str, Any], yours: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Clash, ...]]:
    fields: dict[str, Any] = {}
    clashes: list[Clash] = []
    for name in _names((theirs, yours)):
        value, more = merge_field(name, base.get(name), theirs.get(name), yours.get(name))
        clashes += more
        if value is not None:
            fields[name] = value
    return fields, tuple(clashes)


def _field(model: ContentModel, known: Field | None, path: str, values: tuple[Any, Any, Any]) -> Result:
    base, theirs, yours = values
    is_list = known is not None and isinstance(known.kind, kinds.Blocks) and are_lists(known, *values)
    if not is_list or is_same(theirs, yours) or is_same(base, yours) or is_same(base, theirs):
        return merge_value(known, path, base, theirs, yours)
    return merge_blocks(path, base or (), theirs or (), yours or (), _Blocks(model).merge)


@dataclass(frozen=True, slots=True)
class _Blocks:
    model: ContentModel

    def merge(
        self, path: str, base: Mapping[str, Any], theirs: Mapping[str, Any], yours: Mapping[str, Any]
    ) -> tuple[dict[str, Any], tuple[Clash, ...]]:
        """Three blocks of one type, field by field."""
        known = {
            each.name: each
            for block_type in self.model.blocks
            if block_type.name == theirs.get("type")
            for each in block_type.fields
        }
        return _merge_fields(
            lambda name, *values: merge_value(known.get(name), f"{path}.{name}", *values),
            *map(without_nulls, (base, theirs, yours)),
        )


def _names(sides: Iterable[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for each in sides for name in each))


def _side(
    name: str, base: Mapping[str, Any], theirs: Mapping[str, Any], yours: Mapping[str, Any]
) -> Side | None:
    by_them, by_you = (not is_same(base.get(name), each.get(name)) for each in (theirs, yours))
    if by_them and by_you:
        return "both"
    return "theirs" if by_them else "yours" if by_you else None
