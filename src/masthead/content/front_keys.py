"""Which key of the front matter is which field: the publication's mapping, the field's own name, the
usual synonyms. What nobody asks for is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from masthead.model import ContentType

SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("title", "name"),
    ("description", "summary", "excerpt"),
    ("date", "pubdate", "published"),
    ("updated", "lastmod"),
    ("authors", "author"),
    ("tags", "categories", "category"),
    ("cover", "featuredimage", "image"),
    ("aliases", "redirectfrom"),
)
"""Keys that mean the same, in the order in which they are asked; compared without case, _ and -."""

MERGED = frozenset({"tags", "authors", "aliases"})
"""Fields that take the values of all their keys together."""

_NONE: Mapping[str, str] = MappingProxyType({})


@lru_cache(maxsize=4096)
def plain(key: str) -> str:
    """`featured_image`, `featured-image` and `featuredImage` are one key."""
    return key.replace("_", "").replace("-", "").lower()


@dataclass(slots=True)
class FrontKeys:
    """The keys of one front matter, taken one after the other. Nested keys are joined with dots."""

    front: Mapping[str, object]
    mapping: Mapping[str, str] = field(default_factory=lambda: _NONE)
    """Front matter key to field name, as masthead.toml says."""
    taken: set[str] = field(default_factory=set)
    _by_name: dict[str, list[tuple[str, object]]] | None = None

    def peek(self, name: str, content_type: ContentType | None = None) -> Iterator[tuple[str, object]]:
        """The keys that mean the field `name`, with values that are not null, best first."""
        own = _plain_names(tuple(each.name for each in content_type.fields)) if content_type else frozenset()
        seen: set[str] = set()
        for key in (key for key, target in self.mapping.items() if target == name):
            if (value := self._nested(key)) is not None:
                seen.add(key)
                yield key, value
        for each in _wanted(plain(name), own):
            for key, value in self._level(each):
                if key not in seen and key not in self.mapping and value is not None:
                    seen.add(key)
                    yield key, value

    def take(self, name: str, content_type: ContentType | None = None) -> list[tuple[str, object]]:
        """What `peek` gives, at most one unless the field merges; taken keys are not kept as extra."""
        found = list(self.peek(name, content_type))
        if plain(name) not in MERGED:
            found = found[:1]
        self.taken.update(key for key, _ in found)
        return found

    def rest(self) -> dict[str, object]:
        """The keys that nobody took, nested tables without what was taken from them."""
        return _without(self.front, self.taken, "")

    def _level(self, name: str) -> list[tuple[str, object]]:
        """The keys of that plain name, at the top and in Zola's [taxonomies]."""
        if self._by_name is None:
            self._by_name = {}
            inner = self.front.get("taxonomies")
            nested = inner if isinstance(inner, Mapping) else {}
            for key, value in self.front.items():
                self._by_name.setdefault(plain(key), []).append((key, value))
            for key, value in nested.items():
                self._by_name.setdefault(plain(str(key)), []).append((f"taxonomies.{key}", value))
        return self._by_name.get(name, [])

    def _nested(self, path: str) -> object:
        if path in self.front:
            return self.front[path]
        value: object = self.front
        for part in path.split("."):
            if not isinstance(value, Mapping) or part not in value:
                return None
            value = value[part]
        return value


def _without(table: Mapping[str, object], taken: set[str], prefix: str) -> dict[str, object]:
    kept: dict[str, object] = {}
    for key, value in table.items():
        path = f"{prefix}{key}"
        if path in taken:
            continue
        is_opened = isinstance(value, Mapping) and any(each.startswith(f"{path}.") for each in taken)
        left = _without(value, taken, f"{path}.") if is_opened and isinstance(value, Mapping) else value
        if left or not is_opened:
            kept[str(key)] = left
    return kept


@lru_cache(maxsize=256)
def _plain_names(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(plain, names))


@lru_cache(maxsize=4096)
def _wanted(name: str, own: frozenset[str]) -> tuple[str, ...]:
    """The plain names of the keys that mean a field, best first; a field's own name is nobody else's."""
    found = [name]
    for group in SYNONYMS:
        if name in group:
            found += [each for each in group if each != name and each not in own]
    if name == "tags" and "keywords" not in own:
        found.append("keywords")
    return tuple(found)
