"""The fields of one class, of an entry or of a block: what its annotations say, checked and with defaults."""

import inspect
import re
import sys
from collections.abc import Collection, Mapping
from typing import Any, get_type_hints

from masthead.kernel import ModelError, Place
from masthead.model import declaration as declared
from masthead.model import kinds
from masthead.model.annotation import SUPPORTED, Annotation, read_annotation
from masthead.model.block_list import UnsupportedAnnotationError
from masthead.model.content_model import Field
from masthead.model.defaults import default_value
from masthead.model.lock import MARKDOWN_SUFFIXES, LockedField
from masthead.model.mistake import Declared, mistake
from masthead.model.names import SYSTEM_FIELDS
from masthead.model.searching import Weight


def read_fields(
    cls: Declared, names: Mapping[str, type[declared.Entry]], reserved: Collection[str]
) -> dict[str, Annotation]:
    """What each annotated attribute of `cls` is. `names` are the content types that it may refer to,
    `reserved` the names that a field cannot have. Raises ModelError."""
    hints = hints_of(cls, names)
    if not hints:
        raise mistake("type-empty", cls, None, "has no fields.", "Annotate at least one attribute.")
    found = {}
    for name, hint in hints.items():
        _check_name(cls, name, reserved)
        try:
            found[name] = read_annotation(hint, cls.__dict__.get(name))
        except UnsupportedAnnotationError as error:
            raise mistake(
                "field-unsupported",
                cls,
                name,
                f"cannot be stored: {error}.",
                f"Supported are {SUPPORTED}.",
            ) from error
        _check_target(cls, name, found[name].kind, names)
    return found


def hints_of(cls: Declared, names: Mapping[str, type[declared.Entry]]) -> dict[str, Any]:
    """The annotations of the class itself, with its names resolved. Raises ModelError."""
    namespace = vars(sys.modules[cls.__module__]) if cls.__module__ in sys.modules else {}
    own = {}
    for name, annotation in inspect.get_annotations(cls).items():
        holder = type("Holder", (), {"__annotations__": {name: annotation}})
        try:
            own[name] = get_type_hints(holder, {**namespace, **names}, dict(names), include_extras=True)[name]
        except (NameError, AttributeError, SyntaxError, TypeError) as error:
            raise mistake(
                "field-unknown-type",
                cls,
                name,
                f"names something unknown: {error}.",
                f"Content types here are {', '.join(names)}; import or declare what is missing.",
            ) from error
    return own


def _check_name(cls: Declared, name: str, reserved: Collection[str]) -> None:
    if name in reserved:
        is_entry = issubclass(cls, declared.Entry)
        own = (
            "every entry has it already"
            if is_entry and name in SYSTEM_FIELDS
            else "the APIs use it themselves"
        )
        raise mistake("field-reserved", cls, name, f"is a reserved name: {own}.", "Choose another name.")
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise mistake(
            "field-name",
            cls,
            name,
            "is not in snake_case.",
            "Write it like first_name, without a leading _.",
        )


def _check_target(
    cls: Declared,
    name: str,
    kind: kinds.Kind,
    names: Mapping[str, type[declared.Entry]],
) -> None:
    if isinstance(kind, kinds.Reference | kinds.References) and kind.target not in names:
        raise mistake(
            "field-unknown-type",
            cls,
            name,
            f"refers to {kind.target}, which is not a content type of this publication.",
            f"Content types here are {', '.join(names)}.",
        )


def build_fields(
    cls: Declared,
    annotations: Mapping[str, Annotation],
    locked: Mapping[str, LockedField],
    weights: Mapping[str, Weight],
) -> tuple[Field, ...]:
    """The fields of the model, with the identities that the lock has for them."""
    fields = tuple(
        Field(
            name=name,
            kind=annotation.kind,
            identity=locked[name].identity,
            column=locked[name].column,
            is_nullable=annotation.is_nullable,
            default=_default(cls, name, annotation),
            description=annotation.description,
            search=weights.get(name),
            deprecation=annotation.deprecation,
        )
        for name, annotation in annotations.items()
    )
    _check_api_names(cls, fields)
    return fields


def columns_of(annotations: Mapping[str, Annotation]) -> dict[str, tuple[str, ...]]:
    """For each field the suffixes of its further columns, as the lock asks for them."""
    return {
        name: MARKDOWN_SUFFIXES if isinstance(each.kind, kinds.Markdown) else ()
        for name, each in annotations.items()
    }


def _default(cls: Declared, name: str, annotation: Annotation) -> Any:
    try:
        return default_value(annotation.kind, cls.__dict__.get(name))
    except ValueError as error:
        raise mistake(
            "field-default", cls, name, f"has a default that {error}.", "Mend the default."
        ) from error


def _check_api_names(cls: Declared, fields: tuple[Field, ...]) -> None:
    seen: dict[str, str] = {}
    for field in fields:
        if field.api_name in seen:
            raise ModelError(
                "field-duplicate",
                f'{field.name} and {seen[field.api_name]} are both "{field.api_name}" in the API.',
                "Rename one of them.",
                Place(path=f"{cls.__name__}.{field.name}"),
            )
        seen[field.api_name] = field.name
