"""Classes become a ContentModel, or one error that names the class, the field and the remedy."""

import inspect
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from masthead.kernel import ModelError, Place
from masthead.model import declaration as declared
from masthead.model import kinds
from masthead.model.annotation import Annotation
from masthead.model.block_types import check_type_name, check_unions, compile_blocks
from masthead.model.computing import computed_fields
from masthead.model.content_model import ContentModel, ContentType
from masthead.model.default import BUILT_IN
from masthead.model.fields import build_fields, columns_of, read_fields
from masthead.model.lock import ContentLock
from masthead.model.mistake import mistake
from masthead.model.names import RESERVED_FIELDS, TAKEN_ADDRESSES, TAKEN_BY_COMMANDS, camel_case, plural
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
    found_blocks: list[type[declared.Block]] = []
    for cls in classes:
        annotations = read_fields(cls, names, RESERVED_FIELDS)
        _check_slugs(cls, annotations)
        lock = lock.with_type(cls.__name__, columns_of(annotations))
        types.append(
            replace(_content_type(cls, annotations, lock), computed=computed_fields(cls, annotations, names))
        )
        found_blocks += [block for each in annotations.values() for block in each.blocks]
    _check_api_names(types)
    blocks, lock = compile_blocks(found_blocks, names, lock)
    check_unions(types, blocks)
    return ContentModel(tuple(types), blocks), lock


def _with_built_in(classes: list[type[declared.Entry]]) -> list[type[declared.Entry]]:
    names: dict[str, type[declared.Entry]] = {}
    for cls in classes:
        if cls.__name__ in names:
            raise mistake("type-duplicate", cls, None, "is declared twice.", "Give one of them another name.")
        names[cls.__name__] = cls
        check_type_name(cls)
    return classes + [cls for cls in BUILT_IN if cls.__name__ not in names]


def _check_slugs(cls: type[declared.Entry], annotations: Mapping[str, Annotation]) -> None:
    for name, annotation in annotations.items():
        if not isinstance(annotation.kind, kinds.Slug):
            continue
        source = annotations.get(annotation.kind.source)
        if source is None or not isinstance(source.kind, kinds.Text):
            texts = [key for key, each in annotations.items() if isinstance(each.kind, kinds.Text)]
            raise mistake(
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
    fields = build_fields(cls, annotations, locked.fields, weights)
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
        deprecation=_deprecation(cls),
    )


def _deprecation(cls: type[declared.Entry]) -> str | None:
    reason = cls.__options__.deprecated
    if reason is not None and not reason.strip():
        raise mistake(
            "type-deprecated",
            cls,
            None,
            "is deprecated, and nobody says why.",
            'Say what to use instead: `deprecated="Use Post."`.',
        )
    return reason


def _weights(cls: type[declared.Entry], annotations: Mapping[str, Annotation]) -> Mapping[str, Weight]:
    if cls.__options__.language not in LANGUAGES:
        raise mistake(
            "search-language",
            cls,
            None,
            f'is searched in "{cls.__options__.language}", which PostgreSQL does not know.',
            f"It knows {', '.join(sorted(LANGUAGES))}; `simple` takes words as they are.",
        )
    declared_weights = {name: each.search for name, each in annotations.items() if each.search}
    if declared_weights and cls.__is_singleton__:
        name = next(iter(declared_weights))
        raise mistake(
            "search-singleton", cls, name, "is searched, but a singleton is in no list.", "Remove Search."
        )
    fields = {name: each.kind for name, each in annotations.items()}
    return weights_of(fields, declared_weights, is_singleton=cls.__is_singleton__)


def _check_order(cls: type[declared.Entry], order: str | None, annotations: Mapping[str, Annotation]) -> None:
    if order is None:
        return
    sortable = [name for name, each in annotations.items() if isinstance(each.kind, _SORTABLE)]
    if order not in sortable:
        raise mistake(
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
        raise mistake(
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
        _check_address(content_type, own[-1])


def _check_address(content_type: ContentType, name: str) -> None:
    if name in TAKEN_ADDRESSES | TAKEN_BY_COMMANDS:
        raise ModelError(
            "type-address",
            f"{content_type.name} would be at /api/{name}, where the platform has its own.",
            "Rename it, or give it another plural with `plural=`.",
            Place(path=content_type.name),
        )
