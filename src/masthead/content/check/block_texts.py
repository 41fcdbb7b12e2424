"""The Markdown of blocks, which stands in the front matter: each text with the place of its key.

Lenient on purpose: a block that the import would refuse is told of by the import, and what can be read of
it is looked at here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from masthead.content.front_keys import FrontKeys, plain
from masthead.kernel import Place
from masthead.markdown import Document
from masthead.model import BlockType, ContentModel, ContentType, kinds


@dataclass(frozen=True, slots=True)
class BlockText:
    """A Markdown text. `place` is that of its key: how a value was folded into lines is not known."""

    text: str
    place: Place


def block_texts(
    document: Document, content_type: ContentType, model: ContentModel, mapping: Mapping[str, str]
) -> Iterator[BlockText]:
    """The Markdown fields of every block in the front matter of an entry."""
    keys = FrontKeys(document.front, mapping)
    for field in content_type.fields:
        if not isinstance(field.kind, kinds.Blocks):
            continue
        types = [model.block(name) for name in field.kind.types]
        for key, value in keys.peek(field.name, content_type):
            for index, block in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(block, Mapping):
                    yield from _texts(document, block, f"{key}.{index}", types)


def _texts(
    document: Document, block: Mapping[object, object], path: str, types: list[BlockType]
) -> Iterator[BlockText]:
    texts = _markdown_fields(block, types)
    for key, value in block.items():
        if isinstance(value, str) and plain(str(key)) in texts:
            place = document.position_of(f"{path}.{key}")
            yield BlockText(value, Place(document.file, place.line, place.column))


def _markdown_fields(block: Mapping[object, object], types: list[BlockType]) -> set[str]:
    """Of the type that the block says; it need not where its list holds only one."""
    stated = {plain(str(value)) for key, value in block.items() if plain(str(key)) == "type"}
    meant = [each for each in types if plain(each.name) in stated] if stated else types[:1]
    return {
        plain(each.name) for type_ in meant for each in type_.fields if isinstance(each.kind, kinds.Markdown)
    }
