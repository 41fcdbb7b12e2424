"""From decisions to works: every entry that gets a new revision, and why. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from masthead.content.blocks import tokens_in, with_values
from masthead.content.edited import edited_here
from masthead.content.known import Known
from masthead.content.known_files import Entry
from masthead.content.planning import Decisions
from masthead.content.projection import texts
from masthead.content.publication import SETTINGS_FILE, SiteSettings
from masthead.content.reading import Reading
from masthead.content.records import Version
from masthead.content.rendering import Text, show
from masthead.content.report import Problem
from masthead.content.snapshot import Snapshot
from masthead.content.values import EntryName, FileUrl
from masthead.content.work import ImportPlan, SourceRow, Work
from masthead.kernel import new_id
from masthead.model import ContentModel

Heads = Mapping[UUID, str]
"""Snapshots by revision, of the entries that may get a new one."""


def heads_wanted(decisions: Decisions, known: Known) -> list[UUID]:
    """The revisions whose snapshots `compose` needs."""
    entries = [decisions.assignment.entries[path] for path in decisions.readings]
    entries += [known.site] if known.site is not None else []
    return [entry.head for entry in entries if entry.head is not None]


def compose(
    decisions: Decisions,
    known: Known,
    heads: Heads,
    site: SiteSettings,
    model: ContentModel,
    now: datetime,
) -> ImportPlan:
    """What is to be written."""
    composer = _Composer(decisions, known, heads, model, now)
    for path, reading in sorted(decisions.readings.items()):
        composer.add_file(path, reading)
    composer.add_derived()
    composer.add_site(site)
    return composer.plan()


@dataclass(slots=True)
class _Composed:
    """A file's entry as it would be written."""

    fields: dict[str, Any]
    extra: dict[str, Any]
    rewrites: dict[str, str]


class _Composer:
    def __init__(
        self, decisions: Decisions, known: Known, heads: Heads, model: ContentModel, now: datetime
    ) -> None:
        self._decisions = decisions
        self._known = known
        self._heads = heads
        self._model = model
        self._now = now
        self._works: list[Work] = []
        self._problems: list[Problem] = []
        self._relocated: list[tuple[UUID, SourceRow]] = []

    def plan(self) -> ImportPlan:
        moved = self._decisions.assignment.moved
        forgotten = [known.path for path, known in moved.items() if path in self._decisions.readings]
        archived = [self._known.files[path].entry.id for path in self._decisions.pruned]
        works, problems = tuple(self._works), tuple(self._problems)
        return ImportPlan(works, tuple(self._relocated), tuple(forgotten), tuple(archived), problems)

    def add_file(self, path: str, reading: Reading) -> None:
        entry = self._decisions.assignment.entries[path]
        composed = self._composed(path, reading)
        before = None if entry.head is None else Snapshot.from_json(self._heads[entry.head])
        former = self._former(path, reading, entry, before)
        context = f"{self._decisions.settings}:{self._decisions.lookup.resolution(path)}"
        facts = orjson.dumps(reading.facts.to_json()).decode()
        if self._is_as_before(path, reading, entry, before, composed, former):
            row = SourceRow(path, reading.file.digest, context, facts, None)
            self._relocated.append((entry.id, row))
            return
        content_type = self._model[reading.facts.type_name]
        aliases = tuple(each for each in reading.aliases if each not in former)
        old_addresses = tuple(dict.fromkeys((*aliases, *former)))
        version = Version(composed.fields, self._now, old_addresses, composed.rewrites)
        source = SourceRow(path, reading.file.digest, context, facts, reading.raw)
        self._works.append(
            Work(
                entry,
                new_id(),
                content_type,
                version,
                composed.extra,
                aliases,
                former,
                is_public=not reading.facts.is_draft,
                is_derived=False,
                source=source,
            )
        )

    def add_derived(self) -> None:
        for key, derived in self._decisions.lookup.derived.items():
            type_name, entry = key[0], derived.entry
            fields = {name: value for name, value in derived.fields.items() if value is not None}
            before = self._known.names.get(key)
            is_same = type_name == "Asset" or (
                before is not None and all(before.fields.get(name) == each for name, each in fields.items())
            )
            if entry.is_new or not is_same:
                self._works.append(self._plain_work(entry, type_name, fields, is_derived=True))

    def add_site(self, site: SiteSettings) -> None:
        if "Site" not in self._model:
            return
        content_type = self._model["Site"]
        fields = {field.name: field.default for field in content_type.fields if field.default is not None}
        fields |= {name: value for name, value in site.stated().items() if name in content_type}
        entry = self._known.site
        if entry is not None and entry.is_edited:
            if self._known.site_fields != fields:
                self._problems.append(edited_here(SETTINGS_FILE, entry.id))
            return
        if entry is not None and entry.head is not None:
            if Snapshot.from_json(self._heads[entry.head]).fields == fields:
                return
        else:
            entry = Entry(new_id(), content_type.identity, None, None, False, self._now, None, None, 0)
        self._works.append(self._plain_work(entry, "Site", fields, is_derived=False))

    def _plain_work(
        self, entry: Entry, type_name: str, fields: Mapping[str, Any], *, is_derived: bool
    ) -> Work:
        """An entry without a file. A derived one is public as before until it is known who refers to it."""
        is_public = entry.published is not None if is_derived else True
        version = Version(fields, self._now)
        return Work(entry, new_id(), self._model[type_name], version, {}, (), (), is_public, is_derived, None)

    def _composed(self, path: str, reading: Reading) -> _Composed:
        lookup = self._decisions.lookup
        extra = dict(reading.extra)
        fields: dict[str, Any] = {}
        for name, value in reading.values.items():
            looked_up = lookup.value(value, path)
            if looked_up is not None:
                fields[name] = looked_up
            place = reading.places.get(name)
            key = place.path if place is not None and place.path else name
            for token_path, token in tokens_in(value, key):
                if isinstance(token, FileUrl | EntryName) and lookup.value(token, path) is None:
                    extra[token_path] = token.url if isinstance(token, FileUrl) else token.text
        return _Composed(fields, extra, lookup.rewrites(path))

    def _former(self, path: str, reading: Reading, entry: Entry, before: Snapshot | None) -> tuple[str, ...]:
        """The addresses that this entry itself had here and has no more."""
        old = list(before.former) if before is not None else []
        known = self._known.files.get(path) or self._decisions.assignment.moved.get(path)
        if known is not None and known.facts.address and entry.published is not None:
            old.append(known.facts.address)
        return tuple(dict.fromkeys(each for each in old if each != reading.facts.address))

    def _is_as_before(
        self,
        path: str,
        reading: Reading,
        entry: Entry,
        before: Snapshot | None,
        composed: _Composed,
        former: tuple[str, ...],
    ) -> bool:
        """Whether the entry needs no new revision: same bytes, same meaning, same publication."""
        known = self._known.files.get(path) or self._decisions.assignment.moved.get(path)
        if before is None or known is None or known.digest != reading.file.digest:
            return False
        is_public = entry.published is not None
        state = (entry.type, is_public, entry.is_derived, entry.archived_at)
        content_type = self._model[reading.facts.type_name]
        if state != (content_type.identity, not reading.facts.is_draft, False, None):
            return False
        aliases = tuple(each for each in reading.aliases if each not in former)
        stored = {
            name: show(Text(source, composed.rewrites, None, None)).stored or source
            for name, source in texts(self._model, content_type, composed.fields)
        }
        fields = with_values(composed.fields, stored)
        return before == Snapshot(fields, composed.extra, aliases, former)
