"""Functions of content.py become computed fields: what each is called, gives and needs, all checked here."""

import enum
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Annotated, Any, get_args, get_origin

from pydantic import JsonValue

from masthead.kernel import ModelError, Place
from masthead.model import declaration as declared
from masthead.model import kinds
from masthead.model.annotation import Annotation, read_annotation
from masthead.model.block_list import UnsupportedAnnotationError
from masthead.model.content_model import ComputedField
from masthead.model.fields import hints_of
from masthead.model.names import RESERVED_FIELDS, camel_case
from masthead.model.needs import wrong_need

Types = Mapping[str, type[declared.Entry]]


@dataclass(frozen=True, slots=True)
class ComputedFunction:
    """The function of a computed field: a list of Parents in, a list of values out, or a coroutine of one.
    `enums` are the classes of what it needs, by field."""

    call: Callable[[list[Any]], Any]
    enums: Mapping[str, type[enum.Enum]] = field(default_factory=dict)


Functions = Mapping[tuple[str, str], ComputedFunction]
"""By the names of content type and field."""


def computed_fields(
    cls: type[declared.Entry], annotations: Mapping[str, Annotation], names: Types
) -> tuple[ComputedField, ...]:
    """The computed fields of `cls`, whose stored fields are `annotations`. Raises ModelError."""
    taken = {camel_case(name): name for name in (*annotations, *RESERVED_FIELDS)}
    found = []
    for computing in cls.__computing__:
        each = _computed(cls, computing, annotations, names)
        if (other := taken.get(each.api_name)) is not None:
            raise _wrong(cls, computing, "computed-name", f'is called as "{other}" is.', "Rename it.")
        taken[each.api_name] = each.name
        found.append(each)
    return tuple(found)


def computing_functions(classes: Iterable[type[declared.Entry]]) -> Functions:
    """The functions of all computed fields. The model has found them good."""
    classes = list(classes)
    names = {cls.__name__: cls for cls in classes}
    return {
        (cls.__name__, computing.function.__name__): ComputedFunction(
            computing.function, _enums(hints_of(cls, names))
        )
        for cls in classes
        for computing in cls.__computing__
    }


def _computed(
    cls: type[declared.Entry],
    computing: declared.Computing,
    annotations: Mapping[str, Annotation],
    names: Types,
) -> ComputedField:
    function = computing.function
    if not isinstance(function, types.FunctionType):
        raise _wrong(cls, computing, "computed-function", "is not a function.", "Decorate a `def`.")
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", function.__name__):
        raise _wrong(cls, computing, "computed-name", "is not in snake_case.", "Write it like word_count.")
    result = _result(cls, computing, names)
    return ComputedField(
        name=function.__name__,
        kind=_kind(cls, computing, result),
        needs=_needs(cls, computing, annotations),
        is_nullable=result.is_nullable,
        description=" ".join((function.__doc__ or "").split()) or result.description,
        deprecation=computing.deprecated or result.deprecation,
    )


def _result(cls: type[declared.Entry], computing: declared.Computing, names: Types) -> Annotation:
    """What each value of the returned list is."""
    function = computing.function
    remedy = f"Annotate it like `def {function.__name__}(parents) -> list[int]`."
    if "return" not in function.__annotations__:
        raise _wrong(cls, computing, "computed-annotation", "does not say what it returns.", remedy)
    holder = type("Holder", (), {"__annotations__": {"value": function.__annotations__["return"]}})
    try:
        hints = typing.get_type_hints(
            holder, {**names, **function.__globals__}, dict(names), include_extras=True
        )
        returned = hints["value"]
    except (NameError, AttributeError, SyntaxError, TypeError) as error:
        message = f"returns something unknown: {error}."
        raise _wrong(cls, computing, "computed-annotation", message, "Import or declare it.") from error
    if get_origin(returned) not in (list, Sequence) or len(get_args(returned)) != 1:
        message = "does not return a list: it gets all parents at once and gives as many values."
        raise _wrong(cls, computing, "computed-annotation", message, remedy)
    try:
        return read_annotation(_without_errors(get_args(returned)[0]), None)
    except UnsupportedAnnotationError as error:
        raise _unsupported(cls, computing, str(error)) from error


def _without_errors(item: Any) -> Any:
    """`int | Exception` says that single values may fail, as any may; json has several spellings."""
    if get_origin(item) in (typing.Union, types.UnionType):
        kept = [_without_errors(each) for each in get_args(item) if not _is_error(each)]
        return reduce(or_, kept) if kept else item
    if get_origin(item) is Annotated:
        return item
    return declared.Json if item is Any or item is JsonValue else item


def _is_error(item: Any) -> bool:
    return isinstance(item, type) and issubclass(item, BaseException)


def _kind(cls: type[declared.Entry], computing: declared.Computing, result: Annotation) -> kinds.Computed:
    match result.kind:
        case kinds.Reference() | kinds.References():
            raise _unsupported(cls, computing, "a reference is stored and followed, not computed")
        case kinds.Markdown() | kinds.Slug() | kinds.Blocks():
            raise _unsupported(cls, computing, "Markdown, slugs and blocks are stored, not computed")
        case kind:
            return kind


def _needs(
    cls: type[declared.Entry], computing: declared.Computing, annotations: Mapping[str, Annotation]
) -> tuple[str, ...]:
    given = computing.needs
    if not given or isinstance(given, str) or not all(isinstance(each, str) for each in given):
        message = "does not say which fields it reads."
        remedy = f'Write `@{cls.__name__}.field(needs=["id"])`, with a list of names.'
        raise _wrong(cls, computing, "computed-needs", message, remedy)
    for need in given:
        if (wrong := wrong_need(need, cls.__name__, annotations)) is not None:
            why, remedy = wrong
            raise _wrong(cls, computing, "computed-needs", f'needs "{need}", {why}', remedy)
    return tuple(dict.fromkeys(given))


def _enums(hints: Mapping[str, Any]) -> dict[str, type[enum.Enum]]:
    found = {name: _enum_in(hint) for name, hint in hints.items()}
    return {name: each for name, each in found.items() if each is not None}


def _enum_in(hint: Any) -> type[enum.Enum] | None:
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return hint
    return next((each for inner in get_args(hint) if (each := _enum_in(inner))), None)


def _unsupported(cls: type[declared.Entry], computing: declared.Computing, reason: str) -> ModelError:
    return _wrong(
        cls,
        computing,
        "computed-annotation",
        f"cannot give that: {reason}.",
        "Supported are lists of str, int, float, Decimal, bool, date, datetime, Url, an Enum of strings, "
        "Json, a list of a scalar, and `| None` of each.",
    )


def _wrong(
    cls: type[declared.Entry], computing: declared.Computing, code: str, message: str, remedy: str
) -> ModelError:
    """The error that names the type, the function and its line."""
    function = computing.function
    path = f"{cls.__name__}.{getattr(function, '__name__', function)}"
    code_object = getattr(function, "__code__", None)
    file = code_object.co_filename if code_object else None
    line = code_object.co_firstlineno if code_object else None
    return ModelError(code, f"{path} {message}", remedy, Place(file=file, line=line, path=path))
