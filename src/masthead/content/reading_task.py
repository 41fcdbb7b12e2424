"""The reading of one file, step by step: each step takes keys from the front matter and fills values."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urlsplit

from masthead.content.addresses import old_address, public_path
from masthead.content.blocks import leaves, walk
from masthead.content.facts import Facts
from masthead.content.front_keys import SYNONYMS, FrontKeys, plain
from masthead.content.local_links import is_local, local_urls
from masthead.content.report import Problem
from masthead.content.slugs import LONGEST, Position, addressable, slugify
from masthead.content.titles import title_from, title_in, without_title
from masthead.content.values import (
    Converter,
    EntryName,
    FileUrl,
    Mention,
    jsonable,
    read_boolean,
)
from masthead.content.wrong_value import WrongValueError
from masthead.kernel import Place
from masthead.markdown import Document, render
from masthead.model import ContentType, Field, kinds

_DATES = next(group for group in SYNONYMS if "date" in group)


class ReadingTask:
    """Values, problems and places of one file; filled by `run`, in an order that matters."""

    def __init__(
        self,
        document: Document,
        position: Position,
        keys: FrontKeys,
        content_type: ContentType,
        converter: Converter,
    ) -> None:
        self._document = document
        self._position = position
        self._keys = keys
        self._type = content_type
        self._converter = converter
        self._altered: dict[str, object] = {}
        self._old: list[str] = []
        self.aliases: tuple[str, ...] = ()
        self.values: dict[str, Any] = {}
        self.places: dict[str, Place] = {}
        self.problems: list[Problem] = []

    def run(self, is_unpublished: bool) -> Facts:
        """Fill everything."""
        self._read_aliases()
        is_draft = self._read_draft() or is_unpublished or self._position.is_draft
        slug = self._read_slug()
        body = _body_field(self._type)
        for field in self._type.fields:
            if field is not body and not isinstance(field.kind, kinds.Slug):
                self._convert(field)
        text = self._fill_title(self._document.body)
        self._fill_date()
        self._fill_body(body, text)
        self._fill_slug(slug)
        self._add_jekyll_address()
        address = public_path(self._type, self.values)
        self.aliases = tuple(dict.fromkeys(each for each in self._old if each != address))
        return self._facts(is_draft, address)

    def extra(self) -> dict[str, Any]:
        """What fits no field, and the exact form of what was changed on the way into one."""
        rest: dict[str, Any] = jsonable(self._keys.rest())
        return {**rest, **jsonable(self._altered)}

    def _read_aliases(self) -> None:
        for key, value in self._keys.take("aliases", self._type):
            for each in value if isinstance(value, list) else [value]:
                address = old_address(each) if isinstance(each, str) else None
                if address is None:
                    self._report(key, "alias-invalid", f"has an old address that is none: {each!r}")
                else:
                    self._old.append(address)

    def _read_draft(self) -> bool:
        is_draft = False
        for key, value in self._keys.take("draft"):
            try:
                is_draft = read_boolean(value)
            except WrongValueError as error:
                self._report(key, "front-matter-type", str(error))
        return is_draft

    def _read_slug(self) -> str | None:
        """The slug that is stated; an address of the old site leads to the entry from now on."""
        slug: str | None = None
        for name in ("slug", "permalink", "path"):
            if name in self._type and not isinstance(self._type[name].kind, kinds.Slug):
                continue
            for key, value in self._keys.peek(name):
                if slug is None and isinstance(value, str | int) and ":" not in str(value).strip("/")[:1]:
                    slug = self._stated_slug(name, key, str(value))
        return slug

    def _stated_slug(self, name: str, key: str, value: str) -> str | None:
        path = urlsplit(value).path if "://" in value else value
        if "/:" in f"/{path}":  # a pattern of Jekyll's, not an address
            return None
        slug = addressable(path.removesuffix("index.html").removesuffix(".html"))
        if slug:
            self._keys.taken.add(key)
            self.places["slug"] = self._document.position_of(key)
            if name != "slug" and (address := old_address(path)):
                self._old.append(address)
        return slug or None

    def _convert(self, field: Field) -> None:
        merged: list[Any] = []
        found = self._keys.take(field.name, self._type)
        for key, value in found:
            self.places.setdefault(field.name, self._document.position_of(key))
            try:
                converted = self._converter.convert(field, value)
            except WrongValueError as error:
                self._report(f"{key}.{error.path}" if error.path else key, _code(field), str(error))
                continue
            if isinstance(converted, list):
                merged += converted
            else:
                self.values.setdefault(field.name, converted)
            self._keep_altered(key, value, converted)
        if merged or any(isinstance(value, list) for _, value in found):
            # Each item of scalars and blocks was meant as often as it was written.
            is_once = isinstance(field.kind, kinds.References) or len(found) > 1
            self.values[field.name] = _once(merged) if is_once else merged

    def _keep_altered(self, key: str, value: object, converted: object) -> None:
        """A byline or a table that became names is kept as it was written."""
        if not isinstance(converted, list) or not converted or not isinstance(converted[0], Mention):
            return
        written = value if isinstance(value, list) else [value]
        if [each.name for each in converted] != written and isinstance(written[0], str | dict):
            self._altered[key] = value

    def _fill_title(self, text: str) -> str:
        """The slug's source from the text or the file's name; the text without a heading that repeats it."""
        source = _source_field(self._type)
        if source is None:
            return text
        if not self.values.get(source):
            self.values[source] = title_in(text) or title_from(self._position.natural)
        return without_title(text, str(self.values[source]))

    def _fill_date(self) -> None:
        for field in self._type.fields:
            if plain(field.name) in _DATES and field.name not in self.values and self._position.day:
                moment = datetime.combine(self._position.day, time(), UTC)
                is_day = isinstance(field.kind, kinds.Date)
                self.values[field.name] = moment.date().isoformat() if is_day else moment.isoformat()

    def _fill_body(self, body: Field | None, text: str) -> None:
        if body is not None:
            if text.strip() or not body.is_nullable:
                self.values[body.name] = text
        elif text.strip() and "description" in self._type and not self.values.get("description"):
            self.values["description"] = render(text).text

    def _fill_slug(self, stated: str | None) -> None:
        for field in self._type.fields:
            if isinstance(field.kind, kinds.Slug):
                source = str(self.values.get(field.kind.source, ""))
                slug = stated or self._position.slug or slugify(source)
                self.values[field.name] = slug
                if len(slug) > LONGEST:
                    message = f"The slug has {len(slug)} characters; {LONGEST} is the most."
                    remedy = "State a shorter one: `slug: …`."
                    place = self.places.get("slug", Place(self._document.file, 1, 1))
                    self.problems.append(Problem("slug-too-long", message, remedy, place))

    def _add_jekyll_address(self) -> None:
        """Where Jekyll showed a file called 2024-01-05-title.md when nobody said otherwise."""
        name = self._position.natural.rpartition("/")[2]
        if self._position.day and self._position.slug and re.match(r"\d{4}-\d{1,2}-\d{1,2}[-_ ]", name):
            last = self._position.slug.rpartition("/")[2]
            self._old.append(f"/{self._position.day:%Y/%m/%d}/{last}")

    def _facts(self, is_draft: bool, address: str | None) -> Facts:
        tokens = [each for value in self.values.values() for each in leaves(value)]
        files = tuple(each.url for each in tokens if isinstance(each, FileUrl) and is_local(each.url))
        slug = next((self.values[f.name] for f in self._type.fields if isinstance(f.kind, kinds.Slug)), None)
        source = _source_field(self._type)
        return Facts(
            type_name=self._type.name,
            slug=slug,
            name=str(self.values.get(source, "")) if source else "",
            address=address,
            is_draft=is_draft,
            keys=self._link_keys(address, slug),
            urls=tuple(dict.fromkeys(self._urls())),
            files=tuple(dict.fromkeys(files)),
            needs=tuple(self._needs()),
            mentions=tuple(each for each in tokens if isinstance(each, Mention)),
            entries=tuple(each for each in tokens if isinstance(each, EntryName)),
        )

    def _urls(self) -> Iterator[str]:
        """The local URLs of every text, also of those in blocks."""
        for _, field, value in walk(self._converter.model, self._type, self.values):
            if isinstance(field.kind, kinds.Markdown) and value:
                yield from local_urls(value)

    def _needs(self) -> Iterator[EntryName]:
        for _, field, value in walk(self._converter.model, self._type, self.values):
            if isinstance(field.kind, kinds.Reference) and not field.is_nullable:
                match value:
                    case EntryName() as name:
                        yield name
                    case Mention(type_name=type_name, slug=slug):
                        yield EntryName(type_name, slug)
                    case _:
                        pass

    def _link_keys(self, address: str | None, slug: str | None) -> tuple[tuple[str, ...], ...]:
        """Under which site-absolute addresses other texts may mean this file: its own, where it lay in
        the old site, its old addresses."""
        own = (address,) if address else ()
        natural = f"/{self._position.natural}"
        nearby = tuple(dict.fromkeys((natural, *((f"/{slug}",) if slug else ()))))
        return (own, nearby, self.aliases)

    def _report(self, key: str, code: str, reason: str) -> None:
        place = self._document.position_of(key)
        remedy = _REMEDIES.get(code, "Correct it, or remove the key.")
        self.problems.append(Problem(code, f'"{key}" {reason}.', remedy, place))


_REMEDIES = {
    "date-invalid": "Write it as 2025-03-19 or 2025-03-19T10:00:00Z.",
    "alias-invalid": "Write it as /old/address.",
    "front-matter-type": "Correct the value, or remove the key.",
}


def _code(field: Field) -> str:
    return "date-invalid" if isinstance(field.kind, kinds.Date | kinds.DateTime) else "front-matter-type"


def _body_field(content_type: ContentType) -> Field | None:
    """The Markdown field that takes a file's text: `body`, else the last one."""
    found = [field for field in content_type.fields if isinstance(field.kind, kinds.Markdown)]
    return next((field for field in found if field.name == "body"), found[-1] if found else None)


def _source_field(content_type: ContentType) -> str | None:
    """The field that the slug is made from: a title, a name."""
    found = (field.kind.source for field in content_type.fields if isinstance(field.kind, kinds.Slug))
    return next(found, None)


def _once(items: list[Any]) -> list[Any]:
    """The items without repetition; a mention counts by its slug."""
    seen: dict[Any, Any] = {}
    for each in items:
        seen.setdefault((each.type_name, each.slug) if isinstance(each, Mention) else each, each)
    return list(seen.values())
