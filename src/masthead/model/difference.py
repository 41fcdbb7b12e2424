"""What separates two models: what only adds can be applied to a database; the rest is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from masthead.model import kinds
from masthead.model.content_model import ContentModel, ContentType, Field


@dataclass(frozen=True, slots=True)
class Difference:
    """Sentences, each of which names the type and the field."""

    additions: tuple[str, ...]
    refusals: tuple[str, ...]


def compare_models(old: ContentModel, new: ContentModel) -> Difference:
    """What `new` adds to `old`, and what it changes in a way that addition cannot express."""
    before = {each.identity: each for each in old}
    after = {each.identity: each for each in new}
    additions = [f"{each.name} is new" for each in new if each.identity not in before]
    refusals = [f"{each.name} is gone" for each in old if each.identity not in after]
    for identity, content_type in after.items():
        if identity in before:
            added, refused = _compare_types(before[identity], content_type)
            additions += added
            refusals += refused
    added, refused = _compare_blocks(old, new)
    return Difference((*additions, *added), (*refusals, *refused))


def _compare_blocks(old: ContentModel, new: ContentModel) -> tuple[list[str], list[str]]:
    before = {each.identity: each for each in old.blocks}
    after = {each.identity: each for each in new.blocks}
    additions = [f"the block {each.name} is new" for each in new.blocks if each.identity not in before]
    refusals = [f"the block {each.name} is gone" for each in old.blocks if each.identity not in after]
    for identity, block_type in after.items():
        if identity in before:
            if (name := before[identity].name) != block_type.name:
                refusals.append(f"{block_type.name}: its name was {name!r} and is {block_type.name!r}")
            added, refused = _compare_field_lists(block_type.name, before[identity].fields, block_type.fields)
            additions += added
            refusals += refused
    return additions, refusals


def _compare_types(old: ContentType, new: ContentType) -> tuple[list[str], list[str]]:
    refusals = [
        f"{new.name}: its {label} was {before!r} and is {after!r}"
        for label, before, after in (
            ("name", old.name, new.name),
            ("table", old.table, new.table),
            ("path", old.path, new.path),
            ("order", (old.order, old.is_descending), (new.order, new.is_descending)),
            ("being a singleton", old.is_singleton, new.is_singleton),
        )
        if before != after
    ]
    additions, refused = _compare_field_lists(new.name, old.fields, new.fields)
    refusals += refused
    additions += _computed_otherwise(old, new)
    if _is_searched_otherwise(old, new):
        additions.append(f"{new.name} is searched in another way")
    return additions, refusals


def _computed_otherwise(old: ContentType, new: ContentType) -> list[str]:
    """Which computed fields changed. No table knows of them, so whatever changes takes nothing away."""
    before = {field.name: field for field in old.computed}
    after = {field.name: field for field in new.computed}
    names = [name for name in (before | after) if before.get(name) != after.get(name)]
    return [f"{new.name}.{name} is {'no longer ' if name not in after else ''}computed" for name in names]


def _compare_field_lists(
    owner: str, old: Sequence[Field], new: Sequence[Field]
) -> tuple[list[str], list[str]]:
    """Additions and refusals among the fields of the type called `owner`."""
    additions: list[str] = []
    before = {field.identity: field for field in old}
    after = {field.identity: field for field in new}
    refusals = [f"{owner}.{field.name} is gone" for field in old if field.identity not in after]
    for identity, field in after.items():
        if identity not in before:
            is_possible = not field.is_required
            (additions if is_possible else refusals).append(
                f"{owner}.{field.name} is new" + ("" if is_possible else " and required, without a default")
            )
            continue
        refusals += [f"{owner}.{field.name}: {each}" for each in _compare_fields(before[identity], field)]
        additions += [f"{owner}.{field.name} holds {each}" for each in _new_blocks(before[identity], field)]
    return additions, refusals


def _new_blocks(old: Field, new: Field) -> list[str]:
    """The block types that a list of blocks takes now and did not before."""
    if not isinstance(old.kind, kinds.Blocks) or not isinstance(new.kind, kinds.Blocks):
        return []
    return [name for name in new.kind.types if name not in old.kind.types]


def _is_searched_otherwise(old: ContentType, new: ContentType) -> bool:
    """Whether full-text search reads the same fields in another way. What it reads is made of other columns
    and can be made anew at any time, so this takes nothing away."""
    before = {field.identity: field.search for field in old.fields}
    weights = any(field.search != before.get(field.identity, field.search) for field in new.fields)
    return weights or (new.is_searchable and old.is_searchable and old.language != new.language)


def _compare_fields(old: Field, new: Field) -> list[str]:
    found = [
        f"its {label} was {before!r} and is {after!r}"
        for label, before, after in (
            ("name", old.name, new.name),
            ("column", old.column, new.column),
            ("being optional", old.is_nullable, new.is_nullable),
            ("default", old.default, new.default),
        )
        if before != after
    ]
    if not _only_loosens(old.kind, new.kind):
        found.append(f"its kind was {old.kind} and is {new.kind}")
    return found


def _only_loosens(old: kinds.Kind, new: kinds.Kind) -> bool:
    """Whether every value that `old` allowed is allowed by `new` and stored alike."""
    if old == new:
        return True
    if isinstance(old, kinds.Scalars) and isinstance(new, kinds.Scalars):
        return _only_loosens(old.item, new.item)
    if isinstance(old, kinds.Blocks) and isinstance(new, kinds.Blocks):
        return set(old.types) <= set(new.types)
    if isinstance(old, kinds.Enumeration) and isinstance(new, kinds.Enumeration):
        return old.name == new.name and set(old.values) <= set(new.values)
    if isinstance(old, kinds.Text) and isinstance(new, kinds.Text):
        return new.pattern in (None, old.pattern) and _is_wider(
            (old.min_length, old.max_length), (new.min_length, new.max_length)
        )
    if isinstance(old, kinds.Integer | kinds.Float) and isinstance(new, type(old)):
        return _is_wider((old.minimum, old.maximum), (new.minimum, new.maximum))
    return False


def _is_wider(old: tuple[Any, Any], new: tuple[Any, Any]) -> bool:
    low = new[0] is None or (old[0] is not None and new[0] <= old[0])
    high = new[1] is None or (old[1] is not None and new[1] >= old[1])
    return bool(low and high)
