"""Pages by the thousand: any size from either end, between any cursors, past any offset, in any order."""

import json
import os
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.query.oracle import KITCHEN_SINK, Oracle, difference, fill, worlds
from tests.store.query.oracle.generated_pages import PageWriter
from tests.store.query.test_oracle import Subject, make_oracle

from masthead.model import camel_case
from masthead.store import STAGES, Database, Stage

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
EXAMPLES = int(os.environ.get("MASTHEAD_TORTURE_EXAMPLES", "2000")) if IS_TORTURE else 15
PAGES = 40
"""Pages of each generated world."""

ALL = "hasNextPage hasPreviousPage startCursor endCursor"
SELECTIONS = [
    f"nodes {{ id }} edges {{ cursor }} pageInfo {{ {ALL} }}",
    f"edges {{ cursor node {{ id }} }} pageInfo {{ {ALL} }}",
    "nodes { id }",
    "edges { cursor }",
    "pageInfo { hasNextPage }",
    "pageInfo { hasPreviousPage }",
    "pageInfo { startCursor } nodes { id }",
    "pageInfo { endCursor hasNextPage }",
    "totalCount",
]
"""What reads the page, its cursors, either or neither."""

SUBJECTS: dict[Stage, Subject] = {stage: Subject(KITCHEN_SINK, stage) for stage in STAGES}


@pytest.mark.parametrize("stage", STAGES)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
async def test_any_page(kitchen_sink: Database, data: st.DataObject, stage: Stage) -> None:
    """Compared with counting off a sorted list."""
    world, subject = data.draw(worlds(KITCHEN_SINK, stage)), SUBJECTS[stage]
    chance = random.Random(data.draw(st.integers(0, 2**32)))
    async with fill(kitchen_sink, world) as transaction:
        oracle = await make_oracle(transaction, world)
        subject.reader.transaction = transaction
        for _ in range(PAGES):
            document = a_page(oracle, chance)
            plan, values = subject.engine.plan(document)
            found = plan.answer(await subject.reader.fetch_rows(plan.sql, plan.arguments(values)))
            expected = json.loads(oracle.answer(document))["data"]
            assert not difference(json.loads(found), expected), document


def a_page(oracle: Oracle, chance: random.Random) -> str:
    """A document that asks for one page: of all entries, or of those that refer to another."""
    writer = PageWriter(
        oracle,
        chance.choice,
        lambda likely: chance.random() < likely,
        lambda declared, literal, value: literal,
        lambda declared, value: _literal(value),
    )
    selection = f"{{ {chance.choice(SELECTIONS)} }}"
    if chance.random() < 0.3:
        arguments = writer.arguments(KITCHEN_SINK["Gadget"], [])
        reverse = chance.choice(["gadgetsByOwner", "gadgetsByReviewer", "gadgetsByMakers"])
        return f"{{ people(first: 2) {{ nodes {{ {reverse}{arguments} {selection} }} }} }}"
    content_type = KITCHEN_SINK[chance.choice(["Gadget", "Note", "Person"])]
    return f"{{ {camel_case(content_type.plural)}{writer.arguments(content_type, [])} {selection} }}"


def _literal(value: object) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_literal(each)}' for key, each in value.items())}}}"
    return f"[{', '.join(map(_literal, value))}]" if isinstance(value, list) else str(value)
