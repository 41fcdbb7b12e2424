"""What the tokens and URLs of a file mean: ids of entries, of derived entries, of assets."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from masthead.content.assets import AssetCatalog
from masthead.content.blocks import BlockValues
from masthead.content.facts import Facts
from masthead.content.known import DerivedEntry, Known, new_entry, slug_field
from masthead.content.known_files import Entry
from masthead.content.resolver import Goal, Resolver
from masthead.content.slugs import slugify
from masthead.content.values import EntryName, FileUrl, Mention
from masthead.model import ContentModel, kinds


class Lookup:
    """Answers for one import, once it is settled which file is which entry."""

    def __init__(
        self,
        model: ContentModel,
        facts: Mapping[str, Facts],
        entries: Mapping[str, Entry],
        known: Known,
        assets: AssetCatalog,
        resolver: Resolver,
    ) -> None:
        self._model = model
        self._facts = facts
        self._entries = entries
        self._known = known
        self._assets = assets
        self._resolver = resolver
        self._paths = _paths_by_name(facts)
        self.derived: dict[tuple[str, str], DerivedEntry] = {}
        """Derived entries that this folder wants, by (type, slug), or ("Asset", digest/file name)."""

    def derive(self, now: datetime) -> None:
        """Find or make every entry that exists because a file names it. The first file, by path, decides
        how the name is written."""
        for path, facts in sorted(self._facts.items()):
            for each in facts.mentions:
                if self._file_of(each) is None and self._foreign(each) is None:
                    self._derive_name(each, now)
            for goal in self.goals(path):
                if goal.kind == "file" and (fields := self._assets.fields(goal.path)) is not None:
                    self._derive_asset(fields, now)

    def goals(self, path: str) -> Iterable[Goal]:
        """Where the URLs of a file lead, without those that lead nowhere."""
        facts = self._facts[path]
        for url in (*facts.files, *facts.urls):
            if (goal := self._resolver.resolve(url, path)) is not None:
                yield goal

    def rewrites(self, path: str) -> dict[str, str]:
        """What replaces each URL of a file's text that leads somewhere."""
        found: dict[str, str] = {}
        for url in self._facts[path].urls:
            goal = self._resolver.resolve(url, path)
            if goal is not None and (target := self._goal_id(goal)) is not None:
                scheme = "entry" if goal.kind == "entry" else "asset"
                found[url] = f"{scheme}:{target}{goal.fragment}"
        return found

    def value(self, value: Any, path: str) -> Any:
        """A value with ids in place of tokens; tokens that mean nothing vanish from lists and blocks."""
        if isinstance(value, BlockValues):
            found = {name: self.value(each, path) for name, each in value.items()}
            return BlockValues({name: each for name, each in found.items() if each is not None})
        if isinstance(value, list):
            looked_up = (self.value(each, path) for each in value)
            return [each for each in looked_up if each is not None]
        return self._id(value, path) if isinstance(value, Mention | FileUrl | EntryName) else value

    def resolution(self, path: str) -> str:
        """A digest of everything that a file's URLs and names mean: it changes when they do."""
        facts = self._facts[path]
        meanings = [
            *(f"{url}={self._meaning(url, path)}" for url in (*facts.files, *facts.urls)),
            *(f"{each.type_name}/{each.slug}={self._id(each, path)}" for each in facts.mentions),
            *(f"{each.type_name}/{each.text}={self._id(each, path)}" for each in facts.entries),
        ]
        return hashlib.sha256("\n".join(meanings).encode()).hexdigest()[:32] if meanings else ""

    def path_of(self, token: object, path: str) -> str | None:
        """The file behind a token, if it is one of this folder's entries."""
        match token:
            case Mention():
                return self._file_of(token)
            case EntryName():
                return self._named_file(token, path)
            case _:
                return None

    def finds(self, token: object, path: str) -> bool:
        """Whether a token means something that can be public."""
        match token:
            case Mention() | EntryName():
                file = self.path_of(token, path)
                if file is not None:
                    return not self._facts[file].is_draft
                return isinstance(token, Mention) and self._foreign(token) not in self._known.drafts
            case FileUrl(url=url):
                goal = self._resolver.resolve(url, path)
                return goal is not None and goal.kind == "file" and self._is_showable(goal.path)
            case _:
                return True

    def withheld(self, token: object, path: str) -> UUID | None:
        """The entry that a token means, where people decide about it and it is not public. What waits for
        its own file, a draft, is not withheld."""
        match token:
            case Mention() | EntryName():
                if (file := self.path_of(token, path)) is not None:
                    entry = self._entries[file]
                    return entry.id if entry.is_edited and self._facts[file].is_draft else None
                found = self._foreign(token) if isinstance(token, Mention) else None
                return found if found in self._known.drafts else None
            case FileUrl(url=url):
                goal = self._resolver.resolve(url, path)
                if goal is None or goal.kind != "file" or self._is_showable(goal.path):
                    return None
                key = self._assets.key(goal.path)
                return None if key is None else self._known.assets[key].entry.id
            case _:
                return None

    def _is_showable(self, path: str) -> bool:
        """Whether a file is an asset that nobody has taken out of what is public."""
        key = self._assets.key(path)
        known = None if key is None else self._known.assets.get(key)
        return key is not None and (
            known is None or known.entry.is_derived or known.entry.published is not None
        )

    def _meaning(self, url: str, path: str) -> str:
        goal = self._resolver.resolve(url, path)
        return "" if goal is None else f"{self._goal_id(goal)}{goal.fragment}"

    def _id(self, token: Mention | FileUrl | EntryName, path: str) -> str | None:
        file = self.path_of(token, path)
        if file is not None:
            return str(self._entries[file].id)
        if isinstance(token, Mention):
            derived = self.derived.get((token.type_name, token.slug))
            found = self._foreign(token) if derived is None else derived.entry.id
            return None if found is None else str(found)
        if isinstance(token, FileUrl):
            goal = self._resolver.resolve(token.url, path)
            return self._goal_id(goal) if goal is not None and goal.kind == "file" else None
        return None

    def _goal_id(self, goal: Goal) -> str | None:
        if goal.kind == "entry":
            return str(self._entries[goal.path].id)
        key = self._assets.key(goal.path)
        derived = None if key is None else self.derived.get(("Asset", "/".join(key)))
        return None if derived is None else str(derived.entry.id)

    def _file_of(self, mention: Mention) -> str | None:
        return self._paths.get((mention.type_name, mention.slug))

    def _foreign(self, mention: Mention) -> UUID | None:
        """The entry of that name that does not come from this folder, and is not derived either."""
        return self._known.foreign.get((mention.type_name, mention.slug))

    def _named_file(self, name: EntryName, path: str) -> str | None:
        for text in (name.text.strip("/"), slugify(name.text)):
            if (found := self._paths.get((name.type_name, text))) is not None:
                return found
        goal = self._resolver.resolve(name.text, path)
        is_entry = goal is not None and goal.kind == "entry"
        found = goal.path if goal is not None and is_entry else None
        return found if found and self._facts[found].type_name == name.type_name else None

    def _derive_name(self, mention: Mention, now: datetime) -> None:
        key = (mention.type_name, mention.slug)
        if key in self.derived:
            return
        content_type = self._model[mention.type_name]
        slug = slug_field(content_type)
        source = content_type[slug].kind
        name = source.source if isinstance(source, kinds.Slug) else slug
        before = self._known.names.get(key)
        entry = before.entry if before is not None else new_entry(content_type, now, is_derived=True)
        self.derived[key] = DerivedEntry(entry, {name: mention.name, slug: mention.slug})

    def _derive_asset(self, fields: Mapping[str, Any], now: datetime) -> None:
        key = ("Asset", f"{fields['digest']}/{fields['filename']}")
        if key not in self.derived:
            before = self._known.assets.get((str(fields["digest"]), str(fields["filename"])))
            content_type = self._model["Asset"]
            entry = before.entry if before is not None else new_entry(content_type, now, is_derived=True)
            self.derived[key] = DerivedEntry(entry, fields)


def _paths_by_name(facts: Mapping[str, Facts]) -> dict[tuple[str, str], str]:
    """Files by (type, slug), and where no slug stands against it, by (type, slug of the name)."""
    found = {(each.type_name, each.slug): path for path, each in sorted(facts.items()) if each.slug}
    for path, each in sorted(facts.items()):
        if each.name:
            found.setdefault((each.type_name, slugify(each.name)), path)
    return found
