"""A front matter value becomes a field's value: JSON, or a token for what must be looked up first."""

import base64
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, assert_never

from masthead.content.block_reading import read_blocks
from masthead.content.bylines import read_names
from masthead.content.dates import read_moment
from masthead.content.front_keys import plain
from masthead.content.slugs import addressable, slugify
from masthead.content.wrong_value import WrongValueError
from masthead.model import ContentModel, ContentType, Field, kinds


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry that exists because somebody names it: an author, a tag."""

    type_name: str
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class FileUrl:
    """A file that a field names, to become an asset."""

    url: str


@dataclass(frozen=True, slots=True)
class EntryName:
    """An entry of another file, by its slug or address."""

    type_name: str
    text: str


@dataclass(frozen=True, slots=True)
class Converter:
    """Converts for one publication."""

    model: ContentModel
    authors: Mapping[str, tuple[str, ...]]

    def convert(self, field: Field, value: object) -> Any:
        """The value of `field`: JSON, a token, or a list of tokens or blocks. Raises WrongValueError."""
        kind = field.kind
        match kind:
            case kinds.Reference(target=target):
                found = self._tokens(field, target, value)
                if len(found) > 1:
                    raise WrongValueError(f"names {len(found)} entries, and the field holds one")
                return found[0] if found else None
            case kinds.References(target=target):
                return list(dict.fromkeys(self._tokens(field, target, value)))
            case kinds.Scalars(item=item):
                return [_scalar(item, each) for each in _items(value)]
            case kinds.Blocks():
                return read_blocks(self.model, kind, value, self.convert)
            case kinds.Json():
                return jsonable(value)
            case kinds.Slug():
                return addressable(_text(value))
            case kinds.Markdown():
                return _text(value)
            case _:
                return _scalar(kind, value)

    def _tokens(self, field: Field, target: str, value: object) -> list[Any]:
        if target == "Asset":
            return [FileUrl(_asset_url(each)) for each in _listed(value)]
        if not is_derivable(self.model[target]):
            return [EntryName(target, _text(each)) for each in _items(value)]
        is_byline = target == "Author" or plain(field.name) in ("author", "authors")
        names = self._bylines(value) if is_byline else [_named(each) for each in _items(value)]
        longest = _longest_name(self.model[target])
        for name in names:
            if len(name) > longest:
                raise WrongValueError(f"holds a name of {len(name)} characters; {longest} is the most")
        return [Mention(target, slugify(name), name) for name in names if name]

    def _bylines(self, value: object) -> list[str]:
        return [name for each in _listed(value) for name in read_names(_named(each), self.authors)]


def is_derivable(content_type: ContentType) -> bool:
    """Whether a name is enough to make an entry of this type: nothing but a slug and what it is made
    from is required."""
    slugs = [field.kind for field in content_type.fields if isinstance(field.kind, kinds.Slug)]
    if len(slugs) != 1 or not isinstance(content_type[slugs[0].source].kind, kinds.Text):
        return False
    required = {field.name for field in content_type.fields if field.is_required}
    return all(
        name == slugs[0].source or isinstance(content_type[name].kind, kinds.Slug) for name in required
    )


def _longest_name(content_type: ContentType) -> int:
    """Characters that a derived entry's name may have."""
    for field in content_type.fields:
        if isinstance(field.kind, kinds.Slug):
            source = content_type[field.kind.source].kind
            if isinstance(source, kinds.Text) and source.max_length is not None:
                return source.max_length
    return _LONGEST_NAME


_LONGEST_NAME = 500


def jsonable(value: object) -> Any:
    """A front matter value as JSON, losing nothing that JSON can hold."""
    match value:
        case Mapping():
            return {str(key): jsonable(each) for key, each in value.items()}
        case list() | tuple():
            return [jsonable(each) for each in value]
        case set() | frozenset():
            return sorted((jsonable(each) for each in value), key=repr)
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
        case float() if not math.isfinite(value):
            return str(value)
        case int() if not -(2**63) <= value < 2**63:
            return str(value)  # beyond what JSON readers agree on
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)


def _scalar(kind: kinds.Scalar, value: object) -> Any:
    match kind:
        case kinds.Text() | kinds.Url() | kinds.Enumeration():
            return _text(value)
        case kinds.DateTime():
            return _moment(value).isoformat()
        case kinds.Date():
            return _moment(value).date().isoformat()
        case kinds.Boolean():
            return read_boolean(value)
        case kinds.Integer():
            return _number(value, int)
        case kinds.Float():
            return _number(value, float)
        case kinds.Decimal():
            return str(_number(value, Decimal))
        case _:
            assert_never(kind)


def read_boolean(value: object) -> bool:
    """true and false, also as text and as YAML 1.1's yes and no. Raises WrongValueError."""
    spelled = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in spelled:
        return spelled[value.strip().lower()]
    raise WrongValueError("is neither true nor false")


def _text(value: object) -> str:
    match value:
        case str():
            return value.strip()
        case bool() | None:
            raise WrongValueError("is not text")
        case int() | float() | Decimal():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            raise WrongValueError(f"is not text but {_described(value)}")


def _moment(value: object) -> datetime:
    try:
        return read_moment(value)
    except ValueError as error:
        raise WrongValueError(str(error)) from None


def _number(value: object, kind: Callable[[str], Any]) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise WrongValueError("is not a number")
    try:
        number = kind(str(value).strip())
    except (ValueError, ArithmeticError):
        raise WrongValueError("is not such a number as the field holds") from None
    if isinstance(number, float) and not math.isfinite(number):
        raise WrongValueError("is not a finite number")
    return number


def _listed(value: object) -> list[object]:
    if isinstance(value, list | tuple | set):
        return [each for each in value if each is not None]
    return [value]


def _items(value: object) -> list[object]:
    """The items of a list, or of a comma-joined text."""
    if isinstance(value, str):
        return [part.strip() for part in re.split(r"[,;]", value) if part.strip()]
    return _listed(value)


def _named(value: object) -> str:
    if isinstance(value, Mapping):
        for key in ("name", "title", "label", "slug"):
            if key in value:
                return _text(value[key])
        raise WrongValueError("has an item without a name")
    return _text(value)


def _asset_url(value: object) -> str:
    if isinstance(value, Mapping):
        for key in ("image", "src", "url", "path", "relative"):
            if isinstance(value.get(key), str):
                return str(value[key]).strip()
        raise WrongValueError("is a table without an image")
    return _text(value)


def _described(value: object) -> str:
    return (
        "a list" if isinstance(value, list) else "a table" if isinstance(value, Mapping) else "something else"
    )
