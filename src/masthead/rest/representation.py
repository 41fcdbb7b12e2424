"""What of an entry is shown: its fields, and the entries it leads to, as stubs or included."""

from collections.abc import Iterator

from masthead.model import kinds
from masthead.query import selection as select
from masthead.rest.fields import PARTS, Wanted, all_of
from masthead.rest.include import Tree, relation_of
from masthead.rest.resource import Attribute, Resource, Resources, attribute_of

INCLUDED = 20
"""Entries of a reference that is read backwards; the cursor beside them leads on in that type's list."""

STUB: select.Members = (
    select.Member("id", select.Scalar("id")),
    select.Member("path", select.Scalar("path")),
)
"""What is shown of an entry that is referred to and not included."""

RECORD = select.Member(
    "entry",
    select.RegisteredRow(
        "entry",
        tuple(
            select.Member(key, select.RegisteredValue(name))
            for key, name in (
                ("state", "plain_state"),
                ("revision", "head"),
                ("number", "head_number"),
                ("published", "published"),
                ("owner", "owner"),
            )
        ),
    ),
)
"""What is registered of a draft: no attribute of a content type is called so."""

PAGE = select.Member(
    "page",
    select.PageInfo(
        (
            select.Member("next", select.PagePart("next")),
            select.Member("previous", select.PagePart("previous")),
        )
    ),
)
"""The last member of every page of entries: links.py relies on its place."""


class Representation:
    """Writes the members of entries. `wanted` are the fields of each type, by its name in the API, where
    they were named; `shown` are the types that have appeared so far."""

    def __init__(self, resources: Resources, wanted: dict[str, Wanted]) -> None:
        self._resources = resources
        self._wanted = wanted
        self.shown: set[str] = set()

    def members(self, resource: Resource, included: Tree, *, is_light: bool) -> select.Members:
        """An entry's members: its fields, then what is included beside them."""
        self.shown.add(resource.name)
        wanted = self._wanted.get(resource.name) or all_of(resource, is_light=is_light)
        return tuple(self._members(resource, wanted, included))

    def _members(self, resource: Resource, wanted: Wanted, included: Tree) -> Iterator[select.Member]:
        showable = resource.showable
        for name, parts in wanted.items():
            attribute = showable[name]
            yield select.Member(name, self._value(attribute, parts, included.get(name)))
        for name, inner in included.items():
            relation = relation_of(resource, name)
            if name not in wanted and relation is not None:
                yield select.Member(name, self._value(relation, (), inner))

    def _value(self, attribute: Attribute, parts: tuple[str, ...], included: Tree | None) -> select.Value:
        if attribute.referrers is not None:
            return self._referring(attribute.referrers, included or Tree())
        if attribute.is_computed:
            return select.Computed(attribute.field)
        match attribute.kind:
            case kinds.Reference(target=target):
                return select.One(attribute.field, self._target(target, included))
            case kinds.References(target=target):
                return select.Many(attribute.field, self._target(target, included))
            case kinds.Markdown():
                members = tuple(select.Member(part, PARTS[part]) for part in parts)
                return select.MarkdownObject(attribute.field, members)
            case kinds.Blocks(types=types):
                return select.Blocks(
                    attribute.field, tuple((each, self._block(each, parts)) for each in types)
                )
            case _:
                return select.Scalar(attribute.field)

    def _block(self, name: str, parts: tuple[str, ...]) -> select.Members:
        """A block says what it is, then shows all its fields; Markdown in it has the `parts`."""
        fields = [attribute_of(field) for field in self._resources.model.block(name).fields]
        shown = [select.Member(each.name, self._value(each, parts, None)) for each in fields]
        return (select.Member("type", select.TypeName(name)), *shown)

    def _target(self, type_name: str, included: Tree | None) -> select.Members:
        if included is None:
            return STUB
        return self.members(self._resources.of_type(type_name), included, is_light=True)

    def _referring(self, referrers: select.Referrers, included: Tree) -> select.Value:
        nodes = select.Nodes(self._target(referrers.type, included))
        return select.Connection(referrers, INCLUDED, members=(select.Member("data", nodes), PAGE))
