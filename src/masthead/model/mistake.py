"""A mistake in a class of content.py: where it is, and what to do."""

import inspect

from masthead.kernel import ModelError, Place
from masthead.model import declaration as declared

Declared = type[declared.Entry] | type[declared.Block]
"""A class that declares fields."""


def mistake(code: str, cls: Declared, field: str | None, message: str, remedy: str) -> ModelError:
    """The error that names the class, its field if it is one, and its file."""
    path = f"{cls.__name__}.{field}" if field else cls.__name__
    try:
        file = inspect.getsourcefile(cls)
    except TypeError:
        file = None
    return ModelError(code, f"{path} {message}", remedy, Place(file=file, path=path))
