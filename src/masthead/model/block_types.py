"""Block classes become block types: found through the fields that hold them, checked, given identities."""

import inspect
import re
from collections.abc import Iterable, Mapping, Sequence

from masthead.kernel import ModelError, Place
from masthead.model import declaration as declared
from masthead.model import kinds
from masthead.model.annotation import Annotation
from masthead.model.content_model import BlockType, ContentType, Field
from masthead.model.fields import build_fields, columns_of, read_fields
from masthead.model.lock import ContentLock
from masthead.model.mistake import Declared, mistake
from masthead.model.names import RESERVED_BLOCK_FIELDS, RESERVED_TYPE_SUFFIXES, RESERVED_TYPES, pascal_case


def compile_blocks(
    found: Iterable[type[declared.Block]], names: Mapping[str, type[declared.Entry]], lock: ContentLock
) -> tuple[tuple[BlockType, ...], ContentLock]:
    """The block types of the classes that fields name, each once, and the lock with what was born.

    `names` are the content types, which blocks may refer to. Raises ModelError.
    """
    types = []
    for cls in _distinct(found, names):
        annotations = read_fields(cls, names, RESERVED_BLOCK_FIELDS)
        _check_kinds(cls, annotations)
        lock = lock.with_block(cls.__name__, columns_of(annotations))
        locked = lock.blocks[cls.__name__]
        types.append(
            BlockType(
                name=cls.__name__,
                identity=locked.identity,
                fields=build_fields(cls, annotations, locked.fields, {}),
                description=inspect.cleandoc(cls.__doc__ or ""),
            )
        )
    return tuple(types), lock


def check_type_name(cls: Declared) -> None:
    """Refuse a name that no type of any API can have."""
    if cls.__name__ in RESERVED_TYPES or cls.__name__.endswith(RESERVED_TYPE_SUFFIXES):
        raise mistake("type-reserved", cls, None, "is a reserved name.", "Choose another name.")
    if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", cls.__name__):
        raise mistake("type-name", cls, None, "is not in PascalCase.", "Write it like CaseStudy.")


def union_name(owner: ContentType, field: Field) -> str:
    """What the APIs call the union of a field's block types: `PostSections`."""
    return owner.name + pascal_case(field.name)


def check_unions(types: Sequence[ContentType], blocks: Sequence[BlockType]) -> None:
    """Refuse a list of blocks whose union would be called as something else is. Raises ModelError."""
    taken = {each.name for each in types} | {each.name for each in blocks}
    for owner in types:
        for field in owner.fields:
            if not isinstance(field.kind, kinds.Blocks):
                continue
            name = union_name(owner, field)
            if name in taken:
                raise ModelError(
                    "type-duplicate",
                    f"The blocks of {owner.name}.{field.name} are {name} in the API, as another type is.",
                    "Rename the field.",
                    Place(path=f"{owner.name}.{field.name}"),
                )
            taken.add(name)


def _distinct(
    found: Iterable[type[declared.Block]], names: Mapping[str, type[declared.Entry]]
) -> list[type[declared.Block]]:
    distinct: dict[str, type[declared.Block]] = {}
    for cls in found:
        if distinct.setdefault(cls.__name__, cls) is not cls:
            raise mistake(
                "type-duplicate", cls, None, "is the name of two blocks.", "Give one of them another name."
            )
        if cls.__name__ in names:
            raise mistake(
                "type-duplicate",
                cls,
                None,
                "is a block and a content type.",
                "Give one of them another name.",
            )
        check_type_name(cls)
    return list(distinct.values())


def _check_kinds(cls: type[declared.Block], annotations: Mapping[str, Annotation]) -> None:
    for name, annotation in annotations.items():
        match annotation.kind:
            case kinds.Blocks():
                problem = "holds blocks, and a block cannot hold others."
                remedy = "Put them beside each other in the entry's list."
            case kinds.Slug():
                problem = "is a slug, and a block has no address."
                remedy = "Make it a `str`."
            case _:
                continue
        raise mistake("field-unsupported", cls, name, problem, remedy)
