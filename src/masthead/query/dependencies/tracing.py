"""The trace of a Selection: its sources, filters, orders and pages, with nothing of the entries but ids."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from masthead.model import ContentModel, ContentType, kinds
from masthead.query.dependencies.known_targets import KnownTargets
from masthead.query.dependencies.listing import Listing, Looking
from masthead.query.dependencies.places import BY, ID, ROWS, Place
from masthead.query.dependencies.read_connection import read_connection, rows_shown
from masthead.query.dependencies.reads import Reads
from masthead.query.dependencies.unknowable import UnknowableError
from masthead.query.selection import (
    AnyEntries,
    AnyEntry,
    Argument,
    Blocks,
    Connection,
    Embedded,
    Found,
    FoundEntry,
    Hits,
    Lookup,
    Many,
    MarkdownObject,
    Member,
    Members,
    Nodes,
    One,
    Only,
    Referrers,
    Scalar,
    TypeName,
    Value,
)

Variants = Iterable[tuple[str, Members]]


@dataclass(slots=True)
class Traced:
    """What is traced of one object: the members of the trace, where entries stand among them, and the lists
    that hang on the object."""

    members: list[Member] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)

    def place(self, key: str) -> Place:
        """Where the object is."""
        return Place(key, tuple(self.places), tuple(self.lists))


@dataclass(slots=True)
class Tracing:
    """What is found out on the way through a Selection. `types` are those of the entries that are shown, or
    whose being seen decides something; `ids` are ids that were asked for."""

    model: ContentModel
    reads: Reads
    lists: list[Listing] = field(default_factory=list)
    lookings: list[Looking] = field(default_factory=list)
    ids: list[Argument] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    keys: int = 0
    known: KnownTargets = field(init=False)

    def __post_init__(self) -> None:
        self.known = KnownTargets(self.model, self._key)

    def operation(self, members: Members) -> Traced:
        """The trace of a whole answer. Raises UnknowableError."""
        traced = Traced()
        for member in members:
            self._root(traced, member.value)
        traced.members += self.known.members
        traced.places += self.known.places
        return traced

    def _root(self, traced: Traced, value: Value) -> None:
        match value:
            case TypeName() | Embedded():
                pass
            case Lookup(type=name, field=by, value=argument, members=members):
                if by == "id":
                    self.ids.append(argument)
                else:
                    self.lookings.append(Looking(self.model[name], by, argument))
                self._object(traced, self._entry(name, members), lambda found: replace(value, members=found))
            case Only(type=name, members=members):
                self.reads.of(name)
                self._object(traced, self._entry(name, members), lambda found: replace(value, members=found))
            case AnyEntry(variants=variants):
                self.ids.append(value.id)
                self._variants(traced, variants, lambda found: replace(value, variants=found))
            case AnyEntries(variants=variants):
                self.ids.append(value.ids)
                self._variants(traced, variants, lambda found: replace(value, variants=found))
            case Found():
                self._found(traced, value)
            case Connection():
                self._connection(traced, value, is_nested=False)
            case _:  # what commands did, and rows of the platform's
                raise UnknowableError

    def _entry(self, type_name: str, members: Members) -> Traced:
        """The trace of an entry that is shown."""
        self.types.add(type_name)
        traced = Traced([Member(ID, Scalar("id"))])
        for member in members:
            self._of_entry(traced, self.model[type_name], member.value)
        return traced

    def _of_entry(self, traced: Traced, owner: ContentType, value: Value) -> None:
        match value:
            case Connection():
                self._connection(traced, value, is_nested=True)
            case Blocks():
                self._blocks(traced, value)
            case One() | Many():
                target = _target(owner[value.field].kind)
                inner = self._entry(target, value.members)
                self._object(traced, inner, lambda found: replace(value, members=found))
            case Scalar() | MarkdownObject() | TypeName():
                pass
            case _:  # what Python computes, and rows of the platform's
                raise UnknowableError

    def _blocks(self, traced: Traced, blocks: Blocks) -> None:
        """Blocks are their entry's; what they refer to is not. A reference in a block may lead to nothing,
        until its target is there."""
        variants: list[tuple[str, Members]] = []
        places: list[Place] = []
        for name, members in blocks.variants:
            found = Traced()
            for member in members:
                self._of_block(found, name, member.value)
            if found.members:
                variants.append((name, tuple(found.members)))
                places += found.places
        if variants:
            key = self._key()
            traced.members.append(Member(key, replace(blocks, variants=tuple(variants))))
            traced.places.append(Place(key, tuple(places)))

    def _of_block(self, traced: Traced, name: str, value: Value) -> None:
        match value:
            case One() | Many():
                target = _target(self.model.block(name)[value.field].kind)
                self.reads.of(target)
                inner = self._entry(target, value.members)
                self._object(traced, inner, lambda found: replace(value, members=found))
            case Scalar() | MarkdownObject() | TypeName():
                pass
            case _:
                raise UnknowableError

    def _connection(self, traced: Traced, connection: Connection, *, is_nested: bool) -> None:
        content_type, source = self.model[connection.source.type], connection.source
        field = source.field if is_nested and isinstance(source, Referrers) else None
        self.types.add(content_type.name)
        read = read_connection(self.reads, content_type, connection, field)
        self.types.update(read.types)
        if field is not None:
            traced.lists.append(len(self.lists))
        where = connection.where and self.known.named(content_type, connection.where)
        number, shown = len(self.lists), rows_shown(connection.members)
        window = None if shown is None else read.window
        self.lists.append(Listing(content_type, where, read.columns, field, window))
        if shown is None:
            return
        inner, key = self._entry(content_type.name, shown), self._key()
        if window is not None:
            inner.members.append(Member(BY, Scalar(window.field)))
        rows = (Member(ROWS, Nodes(tuple(inner.members))),)
        traced.members.append(Member(key, replace(connection, members=rows)))
        traced.places.append(Place(key, (replace(inner.place(ROWS), page=number),)))

    def _found(self, traced: Traced, found: Found) -> None:
        """A search: nothing but PostgreSQL knows which words an entry has."""
        for name in found.types:
            self.types.add(name)
            self.reads.of(name).is_any = True
        variants: dict[str, Members] = {}
        for member in found.members:
            if isinstance(member.value, Hits):
                for inner in member.value.members:
                    if isinstance(inner.value, FoundEntry):
                        for name, members in inner.value.variants:
                            variants[name] = (*variants.get(name, ()), *members)
        if variants:
            hits, key = Traced(), self._key()
            self._variants(hits, variants.items(), FoundEntry)
            rows = (Member(ROWS, Hits(tuple(hits.members))),)
            traced.members.append(Member(key, replace(found, members=rows)))
            traced.places.append(Place(key, (hits.place(ROWS),)))

    def _variants(
        self,
        traced: Traced,
        variants: Variants,
        make: Callable[[tuple[tuple[str, Members], ...]], Value],
    ) -> None:
        """An object that is an entry of one type or another. Its lists are those of all types: what is said
        of parents of another type finds nothing."""
        found = [(name, self._entry(name, members)) for name, members in variants]
        key = self._key()
        traced.members.append(Member(key, make(tuple((name, tuple(each.members)) for name, each in found))))
        places = tuple(place for _, each in found for place in each.places)
        lists = tuple(number for _, each in found for number in each.lists)
        traced.places.append(Place(key, places, lists))

    def _object(self, traced: Traced, inner: Traced, make: Callable[[Members], Value]) -> None:
        key = self._key()
        traced.members.append(Member(key, make(tuple(inner.members))))
        traced.places.append(inner.place(key))

    def _key(self) -> str:
        self.keys += 1
        return str(self.keys)


def _target(kind: kinds.Kind) -> str:
    if not isinstance(kind, kinds.Reference | kinds.References):
        raise AssertionError(f"{kind} is not a reference")
    return kind.target
