"""What a content type is to REST: an address, and attributes by the names that the API calls them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from masthead.model import ComputedField, ContentModel, ContentType, Field, camel_case, kinds
from masthead.query import reverse_fields
from masthead.query.selection import Referrers

Kind = kinds.Kind | None


@dataclass(frozen=True, slots=True)
class Attribute:
    """One name of an entry's object. `field` is what a Selection calls it; `kind` is None for `id` and for
    references read backwards, which have `referrers`. Where it `is_computed`, no column holds it."""

    name: str
    field: str
    kind: Kind
    is_nullable: bool = False
    description: str = ""
    referrers: Referrers | None = None
    is_alias: bool = False
    deprecation: str | None = None
    is_computed: bool = False

    @property
    def target(self) -> str | None:
        """The content type that this leads to; None for a value."""
        if self.referrers is not None:
            return self.referrers.type
        return self.kind.target if isinstance(self.kind, kinds.Reference | kinds.References) else None

    @property
    def is_list(self) -> bool:
        """Whether this leads to any number of entries."""
        return self.referrers is not None or isinstance(self.kind, kinds.References)


@dataclass(frozen=True, slots=True)
class Resource:
    """A content type. `name` is its address under `/api/`; `attributes` are the entry's own, `computed` what
    Python computes, which is shown only where `fields` names it: it may ask another system. `reverse` are the
    references to it, which are shown only where they are included."""

    name: str
    type: ContentType
    attributes: Mapping[str, Attribute]
    computed: Mapping[str, Attribute]
    reverse: Mapping[str, Attribute]

    @property
    def showable(self) -> Mapping[str, Attribute]:
        """What `fields` may name."""
        return {**self.attributes, **self.computed}

    def related(self) -> Iterator[Attribute]:
        """Everything that leads to other entries."""
        yield from (each for each in self.attributes.values() if each.target is not None)
        yield from self.reverse.values()

    def comparable(self, name: str) -> Attribute | None:
        """What a filter may name: every attribute but those that are another's second name."""
        found = self.attributes.get(name) or self.reverse.get(name)
        return None if found is None or found.is_alias else found


class Resources:
    """All of them, by their names and by their content types'."""

    def __init__(self, model: ContentModel) -> None:
        self.model = model
        self._all = [_resource(model, each) for each in model]
        self._by_name = {each.name: each for each in self._all}
        self._by_type = {each.type.name: each for each in self._all}

    def __iter__(self) -> Iterator[Resource]:
        return iter(self._all)

    def get(self, name: str) -> Resource | None:
        """The resource at `/api/<name>`."""
        return self._by_name.get(name)

    def of_type(self, type_name: str) -> Resource:
        """The resource of a content type. Raises KeyError."""
        return self._by_type[type_name]


def attribute_of(field: Field) -> Attribute:
    """A field of the model, of an entry or of a block."""
    return Attribute(
        field.api_name,
        field.name,
        field.kind,
        field.is_nullable,
        field.description,
        deprecation=field.deprecation,
    )


def _resource(model: ContentModel, content_type: ContentType) -> Resource:
    name = content_type.api_name if content_type.is_singleton else camel_case(content_type.plural)
    own = [*_system(content_type)]
    own += [attribute_of(field) for field in content_type.fields]
    reverse = [
        Attribute(each, "", None, description=description, referrers=referrers)
        for each, referrers, description in reverse_fields(model, content_type)
    ]
    computed = map(_computed, content_type.computed)
    return Resource(name, content_type, _by_name(own), _by_name(computed), _by_name(reverse))


def _by_name(attributes: Iterable[Attribute]) -> Mapping[str, Attribute]:
    return {each.name: each for each in attributes}


def _computed(field: ComputedField) -> Attribute:
    """Always nullable: a value that cannot be had is null and takes nothing else away."""
    return Attribute(
        field.api_name,
        field.name,
        field.kind,
        is_nullable=True,
        description=field.description,
        deprecation=field.deprecation,
        is_computed=True,
    )


def _system(content_type: ContentType) -> Iterator[Attribute]:
    """What every entry has, in the words of the GraphQL schema."""
    moment = kinds.DateTime()
    yield Attribute("id", "id", None, description="Unique among all entries.")
    yield Attribute(
        "path",
        "path",
        kinds.Text(),
        is_nullable=True,
        description="Its public address, from the root of the site.",
    )
    yield Attribute("createdAt", "created_at", moment, description="When its first revision was made.")
    yield Attribute("updatedAt", "updated_at", moment, description="When its newest revision was made.")
    yield Attribute(
        "publishedAt", "published_at", moment, is_nullable=True, description="When it was first published."
    )
    if content_type.name == "Asset":
        yield Attribute("url", "path", kinds.Text(), description="Where its bytes are served.", is_alias=True)
