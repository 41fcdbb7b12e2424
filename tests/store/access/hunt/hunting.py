"""A world, policies and a viewer, in PostgreSQL; and the oracles of all that is there and of what is seen."""

import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from hypothesis import strategies as st
from tests.store.access.hunt.archive import Archive, archive
from tests.store.access.hunt.generated_policies import viewer_and_policies
from tests.store.access.hunt.possessions import possess
from tests.store.access.hunt.seen_world import seen
from tests.store.query.oracle import OneTransaction, Oracle, fill, find_everything, read_rows, worlds
from tests.store.query.test_oracle import ranks_of

from masthead.access import Policies, Viewer, shown_model
from masthead.model import ContentModel
from masthead.store import Database, Stage

K, R = TypeVar("K"), TypeVar("R")


@dataclass(frozen=True, slots=True)
class Hunt:
    """`whole` knows everything, and is what operations are made over; `left` knows what the viewer sees."""

    viewer: Viewer
    policies: Policies
    reader: OneTransaction
    whole: Oracle
    left: Oracle


@asynccontextmanager
async def hunting(
    database: Database, model: ContentModel, stage: Stage, data: st.DataObject
) -> AsyncIterator[Hunt]:
    """A generated hunt, whose world is there until the block ends."""
    world = data.draw(worlds(model, stage))
    viewer, policies = data.draw(viewer_and_policies(model))
    chance = random.Random(data.draw(st.integers(0, 2**32)))
    reader, shown = OneTransaction(), shown_model(model, policies, stage)
    async with fill(database, world) as transaction:
        reader.transaction = transaction
        possessions = await possess(transaction, world, chance)
        gone = await archive(transaction, world, chance) if stage == "draft" else Archive()
        entries, links = await read_rows(transaction, world)
        hits = await find_everything(transaction, model, entries)
        ranks = await ranks_of(transaction, together(entries, gone.rows))
        left = seen(model, stage, (entries, links, hits, gone), possessions, policies, viewer)
        whole = together(links, gone.links)
        yield Hunt(
            viewer,
            policies,
            reader,
            Oracle(shown, stage, entries, whole, ranks, hits, gone.rows),
            Oracle(shown, stage, left.entries, left.links, ranks, left.hits, left.archived),
        )


def together(one: Mapping[K, list[R]], other: Mapping[K, list[R]]) -> dict[K, list[R]]:
    """The rows of both, by key."""
    return {key: [*rows, *other.get(key, ())] for key, rows in one.items()}
