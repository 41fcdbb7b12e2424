"""Classes become a ContentModel, or one error that names the class, the field and the remedy."""

import inspect
import re
import string
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_type_hints

from masthead.kernel import ModelError, Place
from masthead.model import declaration as declared
from masthead.model import kinds
from masthead.model.annotation import (
    SUPPORTED,
    Annotation,
    UnsupportedAnnotationError,
    read_annotation,
)
from masthead.model.content_model import ContentModel, ContentType, Field
from masthead.model.default import BUILT_IN
from masthead.model.defaults import default_value
from masthead.model.lock import MARKDOWN_SUFFIXES, ContentLock
from masthead.model.names import (
    RESERVED_FIELDS,
    RESERVED_TYPE_SUFFIXES,
    RESERVED_TYPES,
    SYSTEM_FIELDS,
    camel_case,
    plural,
)
from masthead.model.searching import LANGUAGES, Weight, weights_of

_SORTABLE = (
    kinds.Text | kinds.Integer | kinds.Float | kinds.Decimal | kinds.Date | kinds.DateTime | kinds.Slug
)


def compile_model(
    declared_types: Iterable[type[declared.Entry]], lock: ContentLock
) -> tuple[ContentModel, ContentLock]:
    """The model of `declared_types` and the built-in ones, and the lock with what was born.

    Raises ModelError for the first mistake in a class.
    """
    classes = _with_built_in(list(declared_types))
    names = {cls.__name__: cls for cls in classes}
    types = []
    for cls in classes:
        annotations = _annotations(cls, names)
        lock = lock.with_type(
            cls.__name__, {name: _suffixes(each.kind) for name, each in annotations.items()}
        )
        types.append(_content_type(cls, annotations, lock))
    _check_api_names(types)
    return ContentModel(tuple(types)), lock


def _with_built_in(classes: list[type[declared.Entry]]) -> list[type[declared.Entry]]:
    names: dict[str, type[declared.Entry]] = {}
    for cls in classes:
        if cls.__name__ in names:
            raise _mistake(
                "type-duplicate", cls, None, "is declared twice.", "Give one of them another name."
            )
        names[cls.__name__] = cls
        if cls.__name__ in RESERVED_TYPES or cls.__name__.endswith(RESERVED_TYPE_SUFFIXES):
            raise _mistake("type-reserved", cls, None, "is a reserved name.", "Choose another name.")
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", cls.__name__):
            raise _mistake("type-name", cls, None, "is not in PascalCase.", "Write it like CaseStudy.")
    return classes + [cls for cls in BUILT_IN if cls.__name__ not in names]


def _annotations(
    cls: type[declared.Entry], names: Mapping[str, type[declared.Entry]]
) -> dict[str, Annotation]:
    hints = _hints(cls, names)
    if not hints:
        raise _mistake("type-empty", cls, None, "has no fields.", "Annotate at least one attribute.")
    found = {}
    for name, hint in hints.items():
        _check_field_name(cls, name)
        try:
            found[name] = read_annotation(hint, cls.__dict__.get(name))
        except UnsupportedAnnotationError as error:
            raise _mistake(
                "field-unsupported",
                cls,
                name,
                f"cannot be stored: {error}.",
                f"Supported are {SUPPORTED}.",
            ) from error
        _check_target(cls, name, found[name].kind, names)
    _check_slugs(cls, found)
    return found


def _hints(cls: type[declared.Entry], names: Mapping[str, type[declared.Entry]]) -> dict[str, Any]:
    namespace = vars(sys.modules[cls.__module__]) if cls.__module__ in sys.modules else {}
    own = {}
    for name, annotation in inspect.get_annotations(cls).items():
        holder = type("Holder", (), {"__annotations__": {name: annotation}})
        try:
            own[name] = get_type_hints(holder, {**namespace, **names}, dict(names), include_extras=True)[name]
        except (NameError, AttributeError, SyntaxError, TypeError) as error:
            raise _mistake(
                "field-unknown-type",
                cls,
                name,
                f"names something unknown: {error}.",
                f"Content types here are {', '.join(names)}; import or declare what is missing.",
            ) from error
    return own


def _check_field_name(cls: type[declared.Entry], name: str) -> None:
    if name in RESERVED_FIELDS:
        own = "every entry has it already" if name in SYSTEM_FIELDS else "the APIs use it themselves"
        raise _mistake("field-reserved", cls, name, f"is a reserved name: {own}.", "Choose another name.")
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise _mistake(
            "field-name",
            cls,
            name,
            "is not in snake_case.",
            "Write it like first_name, without a leading _.",
        )


def _check_target(
    cls: type[declared.Entry],
    name: str,
    kind: kinds.Kind,
    names: Mapping[str, type[declared.Entry]],
) -> None:
    if isinstance(kind, kinds.Reference | kinds.References) and kind.target not in names:
        raise _mistake(
            "field-unknown-type",
            cls,
            name,
            f"refers to {kind.target}, which is not a content type of this publication.",
            f"Content types here are {', '.join(names)}.",
        )


def _check_slugs(cls: type[declared.Entry], annotations: Mapping[str, Annotation]) -> None:
    for name, annotation in annotations.items():
        if not isinstance(annotation.kind, kinds.Slug):
            continue
        source = annotations.get(annotation.kind.source)
        if source is None or not isinstance(source.kind, kinds.Text):
            texts = [key for key, each in annotations.items() if isinstance(each.kind, kinds.Text)]
            raise _mistake(
                "slug-source",
                cls,
                name,
                f'is a slug of "{annotation.kind.source}", which is not a text field of {cls.__name__}.',
                f"Its text fields are {', '.join(texts) or 'none'}.",
            )


def _content_type(
    cls: type[declared.Entry], annotations: Mapping[str, Annotation], lock: ContentLock
) -> ContentType:
    options, locked = cls.__options__, lock.types[cls.__name__]
    weights = _weights(cls, annotations)
    fields = tuple(
        Field(
            name=name,
            kind=annotation.kind,
            identity=locked.fields[name].identity,
            column=locked.fields[name].column,
            is_nullable=annotation.is_nullable,
            default=_default(cls, name, annotation),
            description=annotation.description,
            search=weights.get(name),
        )
        for name, annotation in annotations.items()
    )
    order = options.order.removeprefix("-") if options.order else None
    _check_order(cls, order, annotations)
    _check_path(cls, annotations)
    return ContentType(
        name=cls.__name__,
        plural=options.plural or plural(cls.__name__),
        identity=locked.identity,
        table=locked.table,
        fields=fields,
        path=options.path,
        order=order,
        is_descending=bool(options.order and options.order.startswith("-")),
        is_singleton=cls.__is_singleton__,
        description=inspect.cleandoc(cls.__doc__ or ""),
        language=options.language,
    )


def _default(cls: type[declared.Entry], name: str, annotation: Annotation) -> Any:
    try:
        return default_value(annotation.kind, cls.__dict__.get(name))
    except ValueError as error:
        raise _mistake(
            "field-default", cls, name, f"has a default that {error}.", "Mend the default."
        ) from error


def _weights(cls: type[declared.Entry], annotations: Mapping[str, Annotation]) -> Mapping[str, Weight]:
    if cls.__options__.language not in LANGUAGES:
        raise _mistake(
            "search-language",
            cls,
            None,
            f'is searched in "{cls.__options__.language}", which PostgreSQL does not know.',
            f"It knows {', '.join(sorted(LANGUAGES))}; `simple` takes words as they are.",
        )
    declared_weights = {name: each.search for name, each in annotations.items() if each.search}
    if declared_weights and cls.__is_singleton__:
        name = next(iter(declared_weights))
        raise _mistake(
            "search-singleton", cls, name, "is searched, but a singleton is in no list.", "Remove Search."
        )
    fields = {name: each.kind for name, each in annotations.items()}
    return weights_of(fields, declared_weights, is_singleton=cls.__is_singleton__)


def _check_order(cls: type[declared.Entry], order: str | None, annotations: Mapping[str, Annotation]) -> None:
    if order is None:
        return
    sortable = [name for name, each in annotations.items() if isinstance(each.kind, _SORTABLE)]
    if order not in sortable:
        raise _mistake(
            "type-order",
            cls,
            None,
            f'is ordered by "{order}", which cannot be sorted by.',
            f"Its sortable fields are {', '.join(sortable) or 'none'}.",
        )


def _check_path(cls: type[declared.Entry], annotations: Mapping[str, Annotation]) -> None:
    path = cls.__options__.path
    if path is None:
        return
    parts = [name for _, name, _, _ in string.Formatter().parse(path) if name is not None]
    unknown = [name for name in parts if name not in annotations]
    if not path.startswith("/") or not parts or unknown:
        raise _mistake(
            "type-path",
            cls,
            None,
            f'has the path "{path}"' + (f", which names {unknown[0]!r}, not a field." if unknown else "."),
            'Write it like "/posts/{slug}": a leading slash and fields in braces.',
        )


def _check_api_names(types: Sequence[ContentType]) -> None:
    taken: dict[str, str] = dict.fromkeys(("node", "nodes", "search"), "the platform")
    for content_type in types:
        own = [content_type.api_name]
        if not content_type.is_singleton:
            own.append(camel_case(content_type.plural))
        for name in own:
            if name in taken:
                raise ModelError(
                    "type-duplicate",
                    f'{content_type.name} would be "{name}" in the API, as {taken[name]} is.',
                    "Rename it, or give it another plural with `plural=`.",
                    Place(path=content_type.name),
                )
            taken[name] = content_type.name
        _check_field_api_names(content_type)


def _check_field_api_names(content_type: ContentType) -> None:
    seen: dict[str, str] = {}
    for field in content_type.fields:
        if field.api_name in seen:
            raise ModelError(
                "field-duplicate",
                f'{field.name} and {seen[field.api_name]} are both "{field.api_name}" in the API.',
                "Rename one of them.",
                Place(path=f"{content_type.name}.{field.name}"),
            )
        seen[field.api_name] = field.name


def _suffixes(kind: kinds.Kind) -> tuple[str, ...]:
    return MARKDOWN_SUFFIXES if isinstance(kind, kinds.Markdown) else ()


def _mistake(
    code: str, cls: type[declared.Entry], field: str | None, message: str, remedy: str
) -> ModelError:
    path = f"{cls.__name__}.{field}" if field else cls.__name__
    try:
        file = inspect.getsourcefile(cls)
    except TypeError:
        file = None
    return ModelError(code, f"{path} {message}", remedy, Place(file=file, path=path))
