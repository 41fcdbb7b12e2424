"""What an entry refers to in its fields, and in the fields of its blocks: not in its texts."""

from collections.abc import Iterator, Mapping
from typing import Any

from masthead.content.blocks import walk
from masthead.model import ContentModel, ContentType, kinds


def field_references(
    model: ContentModel, content_type: ContentType, fields: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Path ("authors.1", "sections.0.image"), name of the type that the field wants, and id."""
    for path, field, value in walk(model, content_type, fields):
        match field.kind:
            case kinds.References(target=target):
                for index, each in enumerate(value or ()):
                    yield f"{path}.{index}", target, each
            case kinds.Reference(target=target) if value is not None:
                yield path, target, value
            case _:
                pass
