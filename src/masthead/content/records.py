"""Entries on their way into both stages: what is rendered, and the rows that come of it. Pure.

Import and verify share this: what the one writes, the other computes again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from masthead.content.addresses import public_path
from masthead.content.blocks import with_values
from masthead.content.projection import Projection, Rows, Stamp, references, texts
from masthead.content.rendering import Shown, Text, View, targets_in
from masthead.model import ContentModel, ContentType
from masthead.store import STAGES, Stage


@dataclass(frozen=True, slots=True)
class Version:
    """One revision: its fields, when it was made, the old addresses it keeps. `rewrites` are URLs of its
    text that are still to be replaced."""

    fields: Mapping[str, Any]
    created_at: datetime
    old_addresses: tuple[str, ...] = ()
    rewrites: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """An entry with the revisions that its stages show; `published` is `head` itself where it is."""

    model: ContentModel
    id: UUID
    content_type: ContentType
    created_at: datetime
    published_at: datetime | None
    head: Version | None
    published: Version | None

    def version(self, stage: Stage) -> Version | None:
        """What the stage shows."""
        return self.published if stage == "live" else self.head

    def references(self, stage: Stage) -> frozenset[str]:
        """The ids that the stage's version refers to."""
        return self._references[stage]

    @cached_property
    def _references(self) -> dict[Stage, frozenset[str]]:
        """Found once: it means to look through the whole text."""
        head = self._references_of(self.head)
        is_same = self.head is self.published
        return {"draft": head, "live": head if is_same else self._references_of(self.published)}

    def _references_of(self, version: Version | None) -> frozenset[str]:
        if version is None:
            return frozenset()
        rewritten = {each.partition(":")[2].partition("#")[0] for each in version.rewrites.values()}
        return references(self.model, self.content_type, version.fields) | rewritten

    def address(self, stage: Stage) -> str | None:
        """The entry's path in the stage."""
        version = self.version(stage)
        return None if version is None else public_path(self.content_type, version.fields)


@dataclass(frozen=True, slots=True)
class World:
    """Which entries each stage has, by id, with their paths (None for a type without addresses)."""

    live: Mapping[str, str | None]
    draft: Mapping[str, str | None]

    def stage(self, stage: Stage) -> Mapping[str, str | None]:
        """The entries of one stage."""
        return self.live if stage == "live" else self.draft


def texts_of(record: Record, world: World) -> list[tuple[str, Text]]:
    """What must be rendered for a record, with the paths of the fields."""
    return list(_named_texts(record, world))


def rows_of(
    record: Record, named: Sequence[tuple[str, Text]], shown: Sequence[Shown], world: World
) -> tuple[Record, Mapping[Stage, Rows]]:
    """The record with its texts as they are stored, and its rows in each stage that has it; the same
    object twice where both stages have the same row."""
    views: dict[Stage, dict[str, View]] = {"live": {}, "draft": {}}
    stored: dict[str, str] = {}
    is_same = record.head is record.published
    for (name, text), each in zip(named, shown, strict=True):
        if each.live is not None:
            views["live"][name] = each.live
        if text.draft is not None:
            stored[name] = text.source if each.stored is None else each.stored
            is_same = is_same and each.is_same
            if (view := each.live if each.is_same else each.draft) is not None:
                views["draft"][name] = view
    finished = _finished(record, stored)
    is_same = is_same and all(
        (each in world.live) == (each in world.draft) for each in record.references("live")
    )
    rows: dict[Stage, Rows] = {}
    for stage in STAGES:
        if is_same and "live" in rows:
            rows[stage] = rows["live"]
        elif (version := finished.version(stage)) is not None:
            stamp = Stamp(record.id, record.created_at, version.created_at, record.published_at)
            there = world.stage(stage)
            projection = Projection(record.model, views[stage], there.__contains__)
            rows[stage] = projection.rows(record.content_type, stamp, version.fields)
    return finished, rows


def _finished(record: Record, stored: Mapping[str, str]) -> Record:
    """The record with no rewrites left."""
    if record.head is None or not record.head.rewrites:
        return record
    head = replace(record.head, fields=with_values(record.head.fields, stored), rewrites={})
    return replace(record, head=head, published=head if record.published is record.head else record.published)


def _named_texts(record: Record, world: World) -> Iterator[tuple[str, Text]]:
    is_same = record.head is record.published
    if record.head is not None:
        for name, source in texts(record.model, record.content_type, record.head.fields):
            targets = [*targets_in(source), *_targets(record.head.rewrites)]
            live = _addresses(targets, world.live) if is_same else None
            yield name, Text(source, record.head.rewrites, live, _addresses(targets, world.draft))
    if record.published is not None and not is_same:
        for name, source in texts(record.model, record.content_type, record.published.fields):
            yield name, Text(source, {}, _addresses(targets_in(source), world.live), None)


def _targets(rewrites: Mapping[str, str]) -> Iterator[str]:
    for each in rewrites.values():
        yield each.partition(":")[2].partition("#")[0]


def _addresses(targets: Iterable[str], there: Mapping[str, str | None]) -> dict[str, str]:
    found = ((target, there.get(target)) for target in targets)
    return {target: path for target, path in found if path is not None}
