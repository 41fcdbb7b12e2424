"""References read backwards: an author's posts. How such a field is called, and what it asks for."""

from collections import Counter
from collections.abc import Iterator

from masthead.kernel import ModelError, Place
from masthead.model import ContentModel, ContentType, camel_case
from masthead.query.selection import Referrers

_SYSTEM = ("id", "path", "createdAt", "updatedAt", "publishedAt")


def reverse_fields(model: ContentModel, target: ContentType) -> Iterator[tuple[str, Referrers, str]]:
    """Name, source and description of each connection to what refers to `target`, the same in every API.

    It is called as the referring type's plural. Where two fields of one type refer to `target`, or
    `target` has a field of that name, each says which field it goes by: `postsByReviewer`. A singleton
    refers to much and is listed nowhere. Raises ModelError where two would be called the same.
    """
    taken = _own_names(target)
    referrers = [(owner, field) for owner, field in model.referrers(target.name) if not owner.is_singleton]
    of_type = Counter(owner.name for owner, _ in referrers)
    for owner, field in referrers:
        name = camel_case(owner.plural)
        if of_type[owner.name] > 1 or name in taken:
            name = f"{name}By{field.api_name[0].upper()}{field.api_name[1:]}"
        if name in taken:
            raise ModelError(
                "field-duplicate",
                f'{target.name} has a field "{name}", as the {owner.plural} that refer to it would be.',
                "Rename the field.",
                Place(path=target.name),
            )
        yield name, Referrers(owner.name, field.name), f"The {owner.plural} whose {field.name} name it."


def _own_names(content_type: ContentType) -> set[str]:
    """What a reverse field cannot be called."""
    names = {*_SYSTEM, *(field.api_name for field in content_type.fields)}
    names |= {field.api_name for field in content_type.computed}
    return names | {"url"} if content_type.name == "Asset" else names
