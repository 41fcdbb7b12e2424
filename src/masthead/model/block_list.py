"""`list[Quote | Figure]`: which annotation is a list of blocks, and of which."""

import types
import typing
from typing import Any, get_args, get_origin

from masthead.model.declaration import Block


class UnsupportedAnnotationError(Exception):
    """Carries why an annotation cannot become a field; the caller knows the class and the field."""


def blocks_in(bare: Any) -> tuple[type[Block], ...]:
    """The classes that a list of blocks names, in their order; empty for any other annotation.

    Raises UnsupportedAnnotationError for a list that names blocks and something else.
    """
    if get_origin(bare) is not list or len(get_args(bare)) != 1:
        return ()
    (item,) = get_args(bare)
    members = get_args(item) if get_origin(item) in (typing.Union, types.UnionType) else (item,)
    found = tuple(each for each in members if isinstance(each, type) and issubclass(each, Block))
    if found and len(found) < len(members):
        raise UnsupportedAnnotationError("a list that names a block names nothing but blocks")
    if Block in found:
        raise UnsupportedAnnotationError("Block itself has no fields; name subclasses of it")
    return found
