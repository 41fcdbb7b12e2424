"""The kinds of field: a closed, tagged union, matched exhaustively wherever something is derived."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Discriminator


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Unicode text; lengths in code points, `pattern` a regular expression the whole text matches."""

    kind: Literal["text"] = "text"
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Integer:
    """A signed integer of 64 bits."""

    kind: Literal["integer"] = "integer"
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Float:
    """A finite IEEE 754 double."""

    kind: Literal["float"] = "float"
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decimal:
    """An exact decimal number of any size; bounds as decimal strings."""

    kind: Literal["decimal"] = "decimal"
    minimum: str | None = None
    maximum: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Boolean:
    """True or false."""

    kind: Literal["boolean"] = "boolean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A calendar date without a time."""

    kind: Literal["date"] = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTime:
    """A moment: aware, stored and sent in UTC."""

    kind: Literal["datetime"] = "datetime"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enumeration:
    """One of the string values of the Python enum `name`."""

    name: str
    values: tuple[str, ...]
    kind: Literal["enumeration"] = "enumeration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Json:
    """Any JSON value."""

    kind: Literal["json"] = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """An absolute http(s) URL or a path that begins with `/`."""

    kind: Literal["url"] = "url"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slug:
    """The unique part of an entry's address; `source` is the field it is made from."""

    source: str
    kind: Literal["slug"] = "slug"


@dataclass(frozen=True, slots=True, kw_only=True)
class Markdown:
    """CommonMark with GFM; rendered once, when it is saved."""

    kind: Literal["markdown"] = "markdown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of the content type `target`. An asset is a reference to `Asset`."""

    target: str
    kind: Literal["reference"] = "reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """An ordered list of entries of the content type `target`."""

    target: str
    kind: Literal["references"] = "references"


Scalar = Text | Integer | Float | Decimal | Boolean | Date | DateTime | Enumeration | Url


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalars:
    """An ordered list of scalars."""

    item: Annotated[Scalar, Discriminator("kind")]
    kind: Literal["scalars"] = "scalars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """An ordered list of blocks, each of one of the block types `types`."""

    types: tuple[str, ...]
    kind: Literal["blocks"] = "blocks"


Computed = Scalar | Json | Scalars
"""What a function of content.py can give."""

Kind = Scalar | Json | Slug | Markdown | Reference | References | Scalars | Blocks
