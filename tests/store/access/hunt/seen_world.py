"""What is left of a world's rows for a viewer, decided entry by entry and field by field.

Entries that may not be read are gone, with every link from and to them; fields that may not be read are
null, and so is an address that tells one, and a reference that leads to what is gone. Nothing here comes
from the guard; the predicates are evaluated in Python.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any
from uuid import UUID

from tests.store.access.hunt.archive import Archive
from tests.store.access.hunt.possessions import Possessions
from tests.store.query.oracle.searches import Hits

from masthead.access import ALWAYS, Evaluator, PlainEntry, Policies, Viewer, fold
from masthead.model import ContentModel, ContentType, Field, kinds
from masthead.store import Stage

Row = dict[str, Any]
Entries = Mapping[str, list[Row]]
Links = Mapping[tuple[str, str], list[Row]]
Plain = Mapping[tuple[str, UUID], PlainEntry]

_SYSTEM = ("id", "path", "created_at", "updated_at", "published_at")
_MARKDOWN = ("", "_html", "_text", "_excerpt", "_toc", "_minutes")


@dataclass(frozen=True, slots=True)
class SeenWorld:
    """Rows and links as the viewer may see them, what its searches find, and what it sees of the archive.
    `links` are those of archived entries too."""

    entries: dict[str, list[Row]]
    links: dict[tuple[str, str], list[Row]]
    hits: Hits
    archived: dict[str, list[Row]]


def seen(
    model: ContentModel,
    stage: Stage,
    world: tuple[Entries, Links, Hits, Archive],
    possessions: Possessions,
    policies: Policies,
    viewer: Viewer,
) -> SeenWorld:
    """The world as `viewer` may see it."""
    entries, links, hits, archive = world
    plain = _plain_entries(model, entries, links, possessions)
    gone = _archived_entries(archive, possessions)
    evaluator = Evaluator(model, policies, _finder(plain), viewer)
    eyes = _Eyes(model, stage, plain, plain, evaluator)
    archived_eyes = _Eyes(model, stage, plain, gone, evaluator)
    return SeenWorld(
        eyes.rows(entries),
        {key: eyes.linked(key, rows) + archived_eyes.linked(key, archive.links.get(key, []))
         for key, rows in links.items()},
        {key: hit for key, hit in hits.items() if eyes.is_found(model[key[0]], key[1])},
        archived_eyes.rows(archive.rows),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Eyes:
    """Look at `subjects`, which refer to what is in `plain`."""

    model: ContentModel
    stage: Stage
    plain: Plain
    subjects: Plain
    evaluator: Evaluator

    def rows(self, entries: Entries) -> dict[str, list[Row]]:
        return {
            name: [self.row(self.model[name], row) for row in rows if self.is_seen(name, row["id"])]
            for name, rows in entries.items()
        }

    def linked(self, key: tuple[str, str], links: list[Row]) -> list[Row]:
        return [link for link in links if self.is_linked(*key, link)]

    def is_seen(self, type_name: str, id_: UUID, field: str | None = None) -> bool:
        return self._may_read(self.subjects.get((type_name, id_)), field)

    def _may_read(self, entry: PlainEntry | None, field: str | None = None) -> bool:
        return entry is not None and self.evaluator.may("read", entry, field)

    def row(self, content_type: ContentType, row: Row) -> Row:
        shown = dict(row)
        for field in content_type.fields:
            if not self._shows(content_type, field, row):
                shown |= dict.fromkeys(_columns(field))
        pattern = {name for _, name, _, _ in Formatter().parse(content_type.path or "") if name}
        if not all(self.is_seen(content_type.name, row["id"], name) for name in pattern):
            shown["path"] = None
        return shown

    def is_linked(self, type_name: str, field: str, link: Row) -> bool:
        kind = self.model[type_name][field].kind
        assert isinstance(kind, kinds.References)
        is_shown = self.is_seen(type_name, link["owner"], field)
        return is_shown and self._leads(kind.target, link["target"])

    def is_found(self, content_type: ContentType, id_: UUID) -> bool:
        searched = [field.name for field in content_type.fields if field.search]
        return all(self.is_seen(content_type.name, id_, name) for name in [None, *searched])

    def _shows(self, content_type: ContentType, field: Field, row: Row) -> bool:
        if not self.is_seen(content_type.name, row["id"], field.name):
            return False
        if not isinstance(field.kind, kinds.Reference) or row[field.column] is None:
            return True
        return self._leads(field.kind.target, row[field.column])

    def _leads(self, type_name: str, target: UUID) -> bool:
        entry = self.plain.get((type_name, target))
        # A draft's reference to nothing is no secret; where some entries are, it is null as theirs are.
        return self._may_read(entry) if entry is not None else self._sees_all(type_name)

    def _sees_all(self, type_name: str) -> bool:
        rule = self.evaluator.policies.rule("read", type_name, self.evaluator.viewer)
        return fold(rule, stage=self.stage) == ALWAYS


def _plain_entries(
    model: ContentModel, entries: Entries, links: Links, possessions: Possessions
) -> dict[tuple[str, UUID], PlainEntry]:
    found = {}
    for content_type in model:
        for row in entries[content_type.name]:
            owner, is_live = possessions[row["id"]]
            values = {name: row[name] for name in _SYSTEM}
            for field in content_type.fields:
                if isinstance(field.kind, kinds.References):
                    values[field.name] = [
                        link["target"]
                        for link in links[content_type.name, field.name]
                        if link["owner"] == row["id"]
                    ]
                else:
                    values[field.name] = row[field.column]
            state = "live" if is_live else "draft"
            found[content_type.name, row["id"]] = PlainEntry(
                content_type.name, row["id"], values, owner, state
            )
    return found


def _archived_entries(archive: Archive, possessions: Possessions) -> Plain:
    return {
        (name, row["id"]): PlainEntry(name, row["id"], {}, possessions[row["id"]][0], "archived")
        for name, rows in archive.rows.items()
        for row in rows
    }


def _finder(plain: Plain) -> Any:
    return lambda type_name, id_: plain.get((type_name, id_))


def _columns(field: Field) -> list[str]:
    match field.kind:
        case kinds.References():
            return []
        case kinds.Markdown():
            return [field.column + suffix for suffix in _MARKDOWN]
        case _:
            return [field.column]
