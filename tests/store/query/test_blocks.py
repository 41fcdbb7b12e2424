"""Blocks against the oracle on purpose: each way of reading them wrongly is found out."""

import json
import random
import re
from collections.abc import Callable

import pytest
from tests.store.query.oracle import KITCHEN_SINK, Asked, difference, fill
from tests.store.query.oracle.world import make_world
from tests.store.query.test_oracle import Subject, make_oracle

from masthead.store import Database, Stage

DOCUMENT = """{
  gadgets(first: 50) { nodes {
    sections { __typename ...mixed ... on Small { said: text of { name remarks { ... on Small { text } } } } }
  } }
  people { nodes { remarks { ... on Small { text } } } }
}
fragment mixed on Mixed {
  text small big rank price cost isNew day seen status phase data extra home
  body { source html text excerpt readingTime toc { level id text } } notes { excerpt }
  gadget { label owner { name } } person { friends { name } } parts { label }
  counts prices rates moments flags phases
}"""

MUTATIONS: dict[str, Callable[[str], str]] = {
    "blocks out of order": lambda sql: re.sub(r"(ORDER BY b\$\d+\.n)", r"\1 DESC", sql),
    "references out of order": lambda sql: sql.replace("ORDER BY l$.n", "ORDER BY l$.n DESC"),
    "a list of floats as texts": lambda sql: sql.replace("FLOAT[]", "TEXT[]").replace(
        "DOUBLE PRECISION[]", "TEXT[]"
    ),
    "a float as text": lambda sql: sql.replace(" DOUBLE PRECISION", " TEXT"),
    "a moment as it was written": lambda sql: sql.replace("TIMESTAMP WITH TIME ZONE", "TEXT"),
    "a decimal as a number": lambda sql: sql.replace('."cost"::text', '."cost"'),
    "one type of block only": lambda sql: re.sub(r"IN \(('\w+'), '\w+'\)", r"IN (\1)", sql),
    "the wrong key": lambda sql: re.sub(r'"extra" AS "extra"', '"data" AS "extra"', sql),
}


@pytest.mark.parametrize("stage", ["live", "draft"])
@pytest.mark.parametrize("mutation", [None, *MUTATIONS], ids=["nothing", *MUTATIONS])
async def test_a_wrong_way_of_reading_blocks_is_found_out(
    kitchen_sink: Database, mutation: str | None, stage: Stage
) -> None:
    """The comparison that passes for the planner fails for each way of being wrong."""
    body, expected = await _answers(kitchen_sink, stage, MUTATIONS[mutation] if mutation else lambda sql: sql)
    assert (difference(json.loads(body), json.loads(expected)) == "") is (mutation is None)
    assert (body == expected) is (mutation is None)


async def _answers(database: Database, stage: Stage, mutate: Callable[[str], str]) -> tuple[bytes, bytes]:
    subject = Subject(KITCHEN_SINK, stage)
    counts = {each.name: 0 if each.is_singleton else 6 for each in KITCHEN_SINK}
    world = make_world(KITCHEN_SINK, stage, counts, random.Random(11))
    async with fill(database, world) as transaction:
        oracle = await make_oracle(transaction, world)
        subject.reader.transaction = transaction
        asked = Asked(DOCUMENT, {}, None)
        plan, values = subject.engine.plan(asked.document, asked.variables)
        rows = await subject.reader.fetch_rows(mutate(plan.sql), plan.arguments(values))
        body = b'{"data":%b}' % plan.answer(rows)
        return body, oracle.answer(asked.document, asked.variables)
