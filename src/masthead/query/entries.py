"""Entries of whatever content type by their ids: one probe of each primary key, until one answers."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from masthead.kernel import InputError
from masthead.query.plan import read_id
from masthead.query.scope import Scope
from masthead.query.selection import AnyEntries, AnyEntry, Members
from masthead.query.sketch import Sketch
from masthead.query.sql import Column, json_object

WriteMembers = Callable[[Scope, Members], list[Column]]

Variants = tuple[tuple[str, Members], ...]


def write_entry(sketch: Sketch, entry: AnyEntry, path: tuple[str, ...], write: WriteMembers) -> str:
    """The expression of the entry's object; null where no type has the id."""
    (value,) = sketch.bind(entry.id, read_id, ["uuid"], (*path, "id"))
    return write_probe(sketch, entry.variants, value, path, write)


def write_entries(sketch: Sketch, entries: AnyEntries, path: tuple[str, ...], write: WriteMembers) -> str:
    """The expression of the array, in the order of the ids, with a null for each that no type has."""
    (ids,) = sketch.bind(entries.ids, _reader(entries.most), ["uuid[]"], (*path, "ids"))
    each = sketch.alias("i")
    found = write_probe(sketch, entries.variants, f"{each}.id", path, write)
    rows = f"SELECT {found} AS v$ FROM unnest({ids}) WITH ORDINALITY {each}(id, n) ORDER BY {each}.n"
    return f"(SELECT coalesce(json_agg(o$.v$), '[]') FROM ({rows}) o$)"


def write_probe(
    sketch: Sketch, variants: Variants, value: str, path: tuple[str, ...], write: WriteMembers
) -> str:
    """The expression of the object of the entry whose id the expression `value` is; null where there is none
    of any of the types."""
    probes = []
    for type_name, members in variants:
        content_type = sketch.model[type_name]
        scope = Scope(sketch, content_type, sketch.alias("t"), path)
        columns = write(scope, members)
        source = f"FROM {sketch.table(content_type)} {scope.alias} WHERE {scope.physical('id')} = {value}"
        probes.append(json_object(columns, source))
    return f"coalesce({', '.join(probes)})"


def _reader(most: int) -> Callable[[Any], Iterable[list[UUID]]]:
    """How ids are read. Raises InputError that says which of them is none."""

    def read(values: list[str]) -> Iterable[list[UUID]]:
        if len(values) > most:
            raise InputError(
                "page-size", f"`ids` holds {len(values):,}; it can hold {most:,}.", "Ask for fewer at once."
            )
        return ([_read(index, value) for index, value in enumerate(values)],)

    return read


def _read(index: int, value: str) -> UUID:
    try:
        (found,) = read_id(value)
    except InputError as error:
        raise InputError(error.code, f"ids[{index}]: {error.message}", error.remedy) from error
    return found
