"""Selection to Plan: one statement, whatever is nested in what."""

from collections.abc import Sequence

from masthead.model import ContentModel, kinds
from masthead.query.answer import Framed, FramedList, Hole, Skeleton, assemble
from masthead.query.blocks import BlockScope, write_blocks
from masthead.query.columns import spell
from masthead.query.computed import write_computed
from masthead.query.connection import frame_connection, write_connection
from masthead.query.entries import write_entries, write_entry
from masthead.query.markdown import write_markdown
from masthead.query.plan import Plan, read_id, read_text
from masthead.query.registry import Registry
from masthead.query.scope import Ground, Scope
from masthead.query.selection import (
    AnyEntries,
    AnyEntry,
    Blocks,
    Computed,
    Connection,
    Embedded,
    Found,
    Frame,
    Frames,
    Lookup,
    Many,
    MarkdownObject,
    Member,
    Members,
    One,
    Only,
    RegisteredRow,
    RegisteredRows,
    Scalar,
    Selection,
    TypeName,
    Value,
)
from masthead.query.site_search import write_site_search
from masthead.query.sketch import Sketch, View
from masthead.query.sql import Column, json_array, json_object, literal
from masthead.store import Stage


def plan(model: ContentModel, selection: Selection, stage: Stage, views: tuple[View, ...] = ()) -> Plan:
    """The one statement that answers `selection` from the tables of `stage`, as `views` show them.

    Raises InputError for what no statement can answer, such as a cursor that is none.
    """
    sketch = Sketch(model, stage, views)
    root = Framed(tuple((member.key, _root(sketch, member)) for member in selection.members))
    return _made(sketch, root)


def plan_first(
    model: ContentModel, alternatives: Sequence[Value], stage: Stage, views: tuple[View, ...] = ()
) -> Plan:
    """The one statement that answers the first of the alternatives that is there, with no object around
    it; its row is null where none is. They are tried in their order, and no further than needed."""
    sketch = Sketch(model, stage, views)
    found = [_root(sketch, Member("data", value)) for value in alternatives]
    if len(found) == 1:
        return _made(sketch, found[0])
    return _made(sketch, Hole(f"coalesce({', '.join(_probe(each) for each in found)})"))


def _made(sketch: Sketch, root: Skeleton) -> Plan:
    made = assemble(root)
    sql = sketch.settled(made.sql)
    constant = None if made.sql else b"".join(made.pieces)
    bindings, slots = tuple(sketch.bindings), tuple(sketch.slots)
    return Plan(sql, bindings, constant, made.pieces, made.is_list, slots, sketch.places)


def _probe(value: Skeleton) -> str:
    if not isinstance(value, Hole):
        raise AssertionError("only entries that may not be there are alternatives")
    return value.sql


def _root(sketch: Sketch, member: Member, within: tuple[str, ...] = ()) -> Skeleton:
    path = (*within, member.key)
    match member.value:
        case TypeName(name=name):
            return f'"{name}"'.encode()
        case Embedded(json=json):
            return json
        case Lookup() as lookup:
            return Hole(_lookup(sketch, lookup, path))
        case AnyEntry() as entry:
            return Hole(write_entry(sketch, entry, path, _members))
        case AnyEntries() as entries:
            return Hole(write_entries(sketch, entries, path, _members))
        case Only(type=type_name, members=members):
            scope = _scope(sketch, type_name, path)
            only = f"{_from(scope)} ORDER BY {scope.physical('id')} LIMIT 1"
            return Hole(json_object(_members(scope, members), only))
        case Found() as found:
            return Hole(write_site_search(sketch, found, path, _members))
        case Connection() as connection:
            return frame_connection(sketch, connection, path, _members)
        case Frame() as frame:
            return _frame(sketch, frame, path)
        case Frames(frames=frames):
            return FramedList(tuple(_frame(sketch, each, (*path, str(n))) for n, each in enumerate(frames)))
        case RegisteredRow() as row:
            return Hole(Registry(sketch, _members).root_row(row, path))
        case RegisteredRows() as rows:
            return Hole(Registry(sketch, _members).root_rows(rows, path))
        case _:
            raise AssertionError(f"{member.value} is not a member of an operation")


def _frame(sketch: Sketch, frame: Frame, path: tuple[str, ...]) -> Framed:
    return Framed(tuple((each.key, _root(sketch, each, path)) for each in frame.members))


def _lookup(sketch: Sketch, lookup: Lookup, path: tuple[str, ...]) -> str:
    scope = _scope(sketch, lookup.type, path)
    is_id = lookup.field == "id"
    (value,) = sketch.bind(
        lookup.value, read_id if is_id else read_text, ["uuid" if is_id else "text"], (*path, lookup.field)
    )
    column = sketch.column(scope.content_type, lookup.field)
    condition = f"WHERE {scope.physical(column.name)} = {value}"
    if sketch.stage == "draft":
        # Two drafts may want the same slug; the older one is shown.
        condition += f" ORDER BY {scope.physical('id')} LIMIT 1"
    return json_object(_members(scope, lookup.members), f"{_from(scope)} {condition}")


def _members(scope: Scope, members: Members) -> list[Column]:
    return [(member.key, _member(scope, member)) for member in members]


def _member(scope: Scope, member: Member) -> str:
    path = (*scope.path, member.key)
    match member.value:
        case Many(field=name, members=members):
            return _many(scope, name, members, path)
        case Connection() as connection:
            return write_connection(scope.sketch, connection, scope, path, _members)
        case Blocks() as blocks:
            return write_blocks(scope, blocks, path, _block_members)
        case Computed() as computed:
            return write_computed(scope, computed)
        case RegisteredRow() as row:
            return Registry(scope.sketch, _members).of_entry(scope, row, path)
        case _:
            return _field(scope, member)


def _block_members(scope: BlockScope, members: Members) -> list[Column]:
    return [(member.key, _block_member(scope, member)) for member in members]


def _block_member(scope: BlockScope, member: Member) -> str:
    match member.value:
        case Many(field=name, members=members):
            target = _target(scope, name, (*scope.path, member.key))
            ids = f"unnest({scope.physical(scope.field(name).column)}) WITH ORDINALITY l$(id, n)"
            source = f"FROM {ids} JOIN {_table(target)} ON {target.physical('id')} = l$.id ORDER BY l$.n"
            return json_array(_members(target, members), source)
        case _:
            return _field(scope, member)


def _field(scope: Ground, member: Member) -> str:
    """What an entry and a block can have alike."""
    match member.value:
        case TypeName(name=name):
            return f"{literal(name)}::text"
        case Scalar(field=name, names=names):
            column = scope.column(name)
            return spell(scope.physical(column.name), column.kind, names)
        case MarkdownObject() as markdown:
            return write_markdown(scope, scope.field(markdown.field), markdown.members)
        case One(field=name, members=members):
            target = _target(scope, name, (*scope.path, member.key))
            reference = scope.reference(scope.field(name))
            return json_object(
                _members(target, members), f"{_from(target)} WHERE {target.physical('id')} = {reference}"
            )
        case _:
            raise AssertionError(f"{member.value} is not a member of an entry or a block")


def _many(scope: Scope, name: str, members: Members, path: tuple[str, ...]) -> str:
    sketch, target = scope.sketch, _target(scope, name, path)
    link = sketch.alias("l", path)
    links = scope.links(scope.content_type[name])
    source = (
        f"FROM {links} {link} JOIN {sketch.table(target.content_type)} {target.alias}"
        f' ON {target.physical("id")} = {link}."target"'
        f' WHERE {link}."owner" = {scope.physical("id")} ORDER BY {link}."position"'
    )
    return json_array(_members(target, members), source)


def _target(scope: Ground, name: str, path: tuple[str, ...]) -> Scope:
    match scope.field(name).kind:
        case kinds.Reference(target=target) | kinds.References(target=target):
            return _scope(scope.sketch, target, path)
        case _:
            raise AssertionError(f"{name} is not a reference")


def _scope(sketch: Sketch, type_name: str, path: tuple[str, ...]) -> Scope:
    return Scope(sketch, sketch.model[type_name], sketch.alias("t", path), path)


def _from(scope: Scope) -> str:
    return f"FROM {_table(scope)}"


def _table(scope: Scope) -> str:
    return f"{scope.sketch.table(scope.content_type)} {scope.alias}"
