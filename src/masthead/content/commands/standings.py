"""What a command must know of the entries that others refer to: whether they are there, public, where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from masthead.content.commands.states import EntryState
from masthead.content.records import World
from masthead.model import ContentModel
from masthead.store import STAGES, Transaction


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry that another one refers to. `type` is the content type's identity."""

    id: UUID
    type: str
    is_public: bool
    is_archived: bool
    is_derived: bool
    draft_path: str | None
    live_path: str | None

    @staticmethod
    def of(state: EntryState) -> "Standing":
        """Of one that the command has loaded or changed."""
        return Standing(
            state.id,
            state.content_type.identity,
            state.shown("live") is not None,
            not state.is_there,
            state.is_derived,
            state.address("draft"),
            state.address("live"),
        )


async def load_standings(
    transaction: Transaction, model: ContentModel, ids: Iterable[str]
) -> dict[str, Standing]:
    """The standings of the entries that are there among `ids`, in one statement."""
    wanted = list({UUID(each) for each in ids})
    if not wanted:
        return {}
    rows = await transaction.fetch(_statement(model), wanted)
    paths: dict[tuple[str, UUID], str] = {
        (row["place"], row["id"]): row["path"] for row in rows if row["path"] is not None
    }
    return {str(row["id"]): _standing(row, paths) for row in rows if row["place"] == "entry"}


def world_of(standings: Mapping[str, Standing]) -> World:
    """Which of them each stage has, with their paths."""
    there = [each for each in standings.values() if not each.is_archived]
    return World(
        {str(each.id): each.live_path for each in there if each.is_public},
        {str(each.id): each.draft_path for each in there},
    )


def _standing(row: Mapping[str, Any], paths: Mapping[tuple[str, UUID], str]) -> Standing:
    entry = row["id"]
    return Standing(
        UUID(int=entry.int),
        row["type"],
        row["is_public"],
        row["is_archived"],
        row["is_derived"],
        paths.get(("draft", entry)),
        paths.get(("live", entry)),
    )


def _statement(model: ContentModel) -> str:
    addressed = [
        f"SELECT '{stage}', id, NULL, NULL, NULL, NULL, path "  # noqa: S608 - physical names
        f'FROM {stage}."{each.table}" WHERE id = ANY($1::uuid[])'
        for stage in STAGES
        for each in model
        if each.path is not None
    ]
    entries = (
        "SELECT 'entry' AS place, id, type, published IS NOT NULL AS is_public, "
        "archived_at IS NOT NULL AS is_archived, is_derived, NULL::text AS path "
        "FROM masthead.entry WHERE id = ANY($1::uuid[])"
    )
    return " UNION ALL ".join((entries, *addressed))
