"""`fields[posts]=title,body.html`: which attributes of each type are shown, and which parts of a Markdown."""

from collections.abc import Collection, Mapping

from masthead.model import kinds
from masthead.query import selection as select
from masthead.rest.problem import refuse
from masthead.rest.resource import Attribute, Resource

FIELDS = "fields"

PARTS: dict[str, select.Part | select.Headings] = {
    "source": select.Part("source"),
    "html": select.Part("html"),
    "text": select.Part("text"),
    "excerpt": select.Part("excerpt"),
    "toc": select.Headings(
        (
            select.Member("level", select.HeadingPart("level")),
            select.Member("id", select.HeadingPart("id")),
            select.Member("text", select.HeadingPart("text")),
        )
    ),
    "readingTime": select.Part("minutes"),
}
"""The parts of a Markdown attribute, as everywhere in the APIs."""

LIGHT = ("excerpt", "readingTime")
"""The parts in a list, where nobody has asked for others: whole texts are what makes a list heavy."""

Wanted = dict[str, tuple[str, ...]]
"""Attributes in the order that they were asked for, each with the parts of it; none where it has none."""


def all_of(resource: Resource, *, is_light: bool) -> Wanted:
    """What is shown when nobody says: every stored attribute, of Markdown in a list the light parts only."""
    return {name: _parts(each, is_light=is_light) for name, each in resource.attributes.items()}


def read_fields(resource: Resource, text: str, parameter: str) -> Wanted:
    """The attributes of `resource` that `text` names. Raises InputError."""
    wanted: dict[str, dict[str, None]] = {}
    showable = resource.showable
    for spelled in text.split(","):
        name, _, part = spelled.partition(".")
        attribute = showable.get(name)
        parts = _parts(attribute, is_light=False) if attribute is not None else ()
        if attribute is None or ("." in spelled and part not in _named_parts(attribute)):
            raise _unknown(resource, spelled, attribute, parameter)
        wanted.setdefault(name, {}).update(dict.fromkeys([part] if part else parts))
    return {name: tuple(parts) for name, parts in wanted.items()}


def sparse_fields(parameters: Mapping[str, str], primary: Resource) -> dict[str, str]:
    """The parameter that names the fields of each type, by the type's name in the API. `fields` alone is
    that of the primary type. Raises InputError where that is named twice."""
    found = {
        name[len(FIELDS) + 1 : -1]: name
        for name in parameters
        if name.startswith(f"{FIELDS}[") and name.endswith("]")
    }
    if FIELDS in parameters:
        if primary.name in found:
            raise refuse(
                "parameter-repeated",
                f"`{FIELDS}` and `{found[primary.name]}` both name the fields of {primary.name}.",
                "Give one of them.",
                FIELDS,
            )
        found[primary.name] = FIELDS
    return found


def _parts(attribute: Attribute, *, is_light: bool) -> tuple[str, ...]:
    """Of a list of blocks, the parts that each Markdown in it is shown with."""
    if not isinstance(attribute.kind, kinds.Markdown | kinds.Blocks):
        return ()
    return LIGHT if is_light else tuple(PARTS)


def _named_parts(attribute: Attribute) -> Collection[str]:
    """What may stand behind the attribute's name and a dot."""
    return PARTS if isinstance(attribute.kind, kinds.Markdown) else ()


def _unknown(resource: Resource, spelled: str, attribute: Attribute | None, parameter: str) -> Exception:
    if attribute is None and spelled in resource.reverse:
        return refuse(
            "field-unknown",
            f"`{spelled}` are entries that refer to the {resource.type.name}, not a field of it.",
            f"Name it in `include`: include={spelled}.",
            parameter,
        )
    if attribute is not None:
        named = ", ".join(f"{attribute.name}.{part}" for part in _named_parts(attribute))
        known = named or f"`{attribute.name}`, without a dot"
    else:
        known = ", ".join(resource.showable)
    return refuse(
        "field-unknown",
        f"{resource.type.name} has no field `{spelled[:80]}`.",
        f"It has: {known}.",
        parameter,
    )
