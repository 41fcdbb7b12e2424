"""What a file claims and what it wants, without its text: enough to tell, when other files change,
whether this one must be read again. Kept beside the file's digest."""

from dataclasses import dataclass
from typing import Any

from masthead.content.values import EntryName, Mention


@dataclass(frozen=True, slots=True)
class Facts:
    """`address` is the public one, None while it cannot be made. `keys` are the addresses under which
    other files may link to this one, best first, in levels. `urls` are the local URLs in its text,
    `files` those in its fields, `needs` the entries without which it cannot be public."""

    type_name: str
    slug: str | None
    name: str
    address: str | None
    is_draft: bool
    keys: tuple[tuple[str, ...], ...] = ()
    urls: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    needs: tuple[EntryName, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entries: tuple[EntryName, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "type": self.type_name,
            "slug": self.slug,
            "name": self.name,
            "address": self.address,
            "draft": self.is_draft,
            "keys": [list(level) for level in self.keys],
            "urls": list(self.urls),
            "files": list(self.files),
            "needs": [[each.type_name, each.text] for each in self.needs],
            "mentions": [[each.type_name, each.slug, each.name] for each in self.mentions],
            "entries": [[each.type_name, each.text] for each in self.entries],
        }

    @staticmethod
    def from_json(value: Any) -> "Facts":
        """What `to_json` wrote."""
        return Facts(
            value["type"],
            value["slug"],
            value["name"],
            value["address"],
            value["draft"],
            tuple(tuple(level) for level in value["keys"]),
            tuple(value["urls"]),
            tuple(value["files"]),
            tuple(EntryName(*each) for each in value.get("needs", ())),
            tuple(Mention(*each) for each in value["mentions"]),
            tuple(EntryName(*each) for each in value["entries"]),
        )
