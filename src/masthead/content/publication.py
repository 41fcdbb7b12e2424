"""masthead.toml: what a publication says of itself, how its files are read, what is not checked.

Every setting has a default, so the file may be missing. Anything in it that is not known is refused:
a setting with a slip of the pen in its name would silently not apply.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from masthead.content.site_zone import is_zone
from masthead.kernel import InputError, Place
from masthead.markdown import Document, parse_document

SETTINGS_FILE = "masthead.toml"
_FENCE = b"+++\n"
_EMPTY: Mapping[str, Any] = MappingProxyType({})
_SITE_TEXTS = ("title", "base_url", "description", "language", "timezone")


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """[site]: only what is stated; the content type `Site` has the defaults."""

    title: str | None = None
    base_url: str | None = None
    description: str | None = None
    language: str | None = None
    timezone: str | None = None
    navigation: tuple[Mapping[str, str], ...] | None = None

    def stated(self) -> dict[str, Any]:
        """The values by field name, as JSON."""
        named = {name: getattr(self, name) for name in _SITE_TEXTS}
        values: dict[str, Any] = {name: value for name, value in named.items() if value is not None}
        if self.navigation is not None:
            values["navigation"] = [dict(each) for each in self.navigation]
        return values


@dataclass(frozen=True, slots=True)
class ImportSettings:
    """[import]: how files become entries.

    `types` maps globs to content types, first match wins; `fields` maps front matter keys (nested
    ones with dots) to fields; `authors` says who stands behind an author text that the heuristic
    would read otherwise; `static` are folders that site-absolute addresses are looked up in.
    """

    origin: str = "files"
    types: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    authors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    static: tuple[str, ...] = ("", "static", "public", "assets")
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """[check]: rules that are off everywhere, and per glob."""

    off: tuple[str, ...] = ()
    overrides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Publication:
    """The settings of one publication."""

    site: SiteSettings = SiteSettings()
    imports: ImportSettings = ImportSettings()
    check: CheckSettings = CheckSettings()


def read_publication(folder: Path) -> Publication:
    """The settings in `folder`/masthead.toml; the defaults where there is none.

    Raises InputError, which names file, line, key and remedy, for the first thing that is wrong.
    """
    path = folder / SETTINGS_FILE
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Publication()
    return parse_publication(raw, str(path))


def parse_publication(raw: bytes, file: str) -> Publication:
    """The settings in a masthead.toml's bytes. Raises InputError."""
    # Front matter in TOML has a reader that knows where every key stands: the file is read as such.
    try:
        document = parse_document(_FENCE + raw + b"\n" + _FENCE, file)
    except InputError as error:
        raise InputError(error.code, error.message, error.remedy, _up(error.place)) from error
    return _Reader(document).publication()


def _up(place: Place | None) -> Place | None:
    """`place` without the fence's line."""
    if place is None or place.line is None:
        return place
    return Place(place.file, max(1, place.line - 1), place.column, place.path)


class _Reader:
    """Reads tables of the document and refuses what is not known or of the wrong type."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def publication(self) -> Publication:
        root = self._table(self._document.front, "", ("site", "import", "check"))
        return Publication(self._site(root), self._import(root), self._check(root))

    def _site(self, root: Mapping[str, Any]) -> SiteSettings:
        table = self._table(root.get("site", _EMPTY), "site", (*_SITE_TEXTS, "navigation"))
        values = {name: self._text(table[name], f"site.{name}") for name in _SITE_TEXTS if name in table}
        if "timezone" in values and not is_zone(values["timezone"]):
            fault = f'"{values["timezone"]}" is no time zone'
            self._refuse("site.timezone", fault, 'Write its IANA name, such as "Europe/Berlin".')
        if "base_url" in values:
            values["base_url"] = self._base_url(values["base_url"])
        navigation = self._navigation(table["navigation"]) if "navigation" in table else None
        return SiteSettings(**values, navigation=navigation)

    def _base_url(self, url: str) -> str:
        if not url.startswith(("http://", "https://")) or url in ("http://", "https://"):
            self._refuse("site.base_url", f'"{url}" is no address', 'Write it as "https://example.org".')
        return url.rstrip("/")

    def _navigation(self, value: object) -> tuple[Mapping[str, str], ...]:
        remedy = 'Write it as [{ label = "About", path = "/about" }].'
        if not isinstance(value, list):
            self._refuse("site.navigation", "is not a list", remedy)
        for item in value:
            if not isinstance(item, dict) or set(item) != {"label", "path"}:
                self._refuse("site.navigation", "has an item without exactly a label and a path", remedy)
            if not all(isinstance(text, str) and text for text in item.values()):
                self._refuse("site.navigation", "has a label or path that is not text", remedy)
        return tuple(value)

    def _import(self, root: Mapping[str, Any]) -> ImportSettings:
        names = ("origin", "types", "fields", "authors", "static", "exclude")
        table = self._table(root.get("import", _EMPTY), "import", names)
        default = ImportSettings()
        return ImportSettings(
            origin=self._text(table.get("origin", default.origin), "import.origin"),
            types=self._texts_by_key(table.get("types", _EMPTY), "import.types"),
            fields=self._texts_by_key(table.get("fields", _EMPTY), "import.fields"),
            authors=self._lists_by_key(table.get("authors", _EMPTY), "import.authors"),
            static=self._texts(table.get("static", list(default.static)), "import.static"),
            exclude=self._texts(table.get("exclude", []), "import.exclude"),
        )

    def _check(self, root: Mapping[str, Any]) -> CheckSettings:
        table = self._table(root.get("check", _EMPTY), "check", ("off", "overrides"))
        overrides = self._any_table(table.get("overrides", _EMPTY), "check.overrides")
        return CheckSettings(
            off=self._texts(table.get("off", []), "check.off"),
            overrides={glob: self._override(value, glob) for glob, value in overrides.items()},
        )

    def _override(self, value: object, glob: str) -> tuple[str, ...]:
        key = f"check.overrides.{glob}"
        table = self._table(value, key, ("off",))
        return self._texts(table.get("off", []), f"{key}.off")

    def _table(self, value: object, key: str, known: tuple[str, ...]) -> Mapping[str, Any]:
        table = self._any_table(value, key)
        for name in table:
            if name not in known:
                close = get_close_matches(name, known, n=1)
                meant = f'Did you mean "{close[0]}"? ' if close else ""
                where = f"[{key}] has" if key else f"{SETTINGS_FILE} has"
                self._refuse(
                    f"{key}.{name}".lstrip("."),
                    "is not a setting",
                    f"{meant}{where}: {', '.join(known)}.",
                    code="setting-unknown",
                )
        return table

    def _any_table(self, value: object, key: str) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            self._refuse(key, "is not a table", f"Write [{key}] on a line of its own.")
        return value

    def _text(self, value: object, key: str) -> str:
        if not isinstance(value, str) or not value:
            self._refuse(key, "is not text", "Put it in quotes.")
        return value

    def _texts(self, value: object, key: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._refuse(key, "is not a list of texts", 'Write it as ["one", "two"].')
        return tuple(value)

    def _texts_by_key(self, value: object, key: str) -> Mapping[str, str]:
        table = self._any_table(value, key)
        return {name: self._text(each, f"{key}.{name}") for name, each in table.items()}

    def _lists_by_key(self, value: object, key: str) -> Mapping[str, tuple[str, ...]]:
        table = self._any_table(value, key)
        return {name: self._texts(each, f"{key}.{name}") for name, each in table.items()}

    def _refuse(self, key: str, fault: str, remedy: str, code: str = "setting-invalid") -> NoReturn:
        place = _up(self._document.position_of(key))
        raise InputError(code, f'The setting "{key}" {fault}.', remedy, place)
