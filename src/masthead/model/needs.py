"""What a computed field may need of its parents: fields that are one value, and parts of others."""

from collections.abc import Mapping

from masthead.model import kinds
from masthead.model.annotation import Annotation
from masthead.model.names import SYSTEM_FIELDS

MARKDOWN_PARTS = ("source", "html", "text", "excerpt", "reading_time")


def wrong_need(need: str, owner: str, annotations: Mapping[str, Annotation]) -> tuple[str, str] | None:
    """Why nothing of the type `owner`, with these fields, can be needed by that name, and the remedy."""
    name, dot, part = need.partition(".")
    if name not in annotations and name not in SYSTEM_FIELDS:
        known = ", ".join([*annotations, *sorted(SYSTEM_FIELDS)])
        return f"which {owner} does not have.", f"It has {known}."
    kind = annotations[name].kind if name in annotations else None
    if isinstance(kind, kinds.References | kinds.Blocks):
        return (
            "which is a list of entries or blocks and no value of its own.",
            "Need fields that are one value; clients select the list beside it.",
        )
    parts = _parts(kind)
    if parts and part not in parts:
        return "of which it must say the part.", f"Need {' or '.join(f'{name}.{each}' for each in parts)}."
    if dot and not parts:
        return "which has no parts.", f'Need "{name}".'
    return None


def _parts(kind: kinds.Kind | None) -> tuple[str, ...]:
    match kind:
        case kinds.Markdown():
            return MARKDOWN_PARTS
        case kinds.Reference():
            return ("id",)
        case _:
            return ()
