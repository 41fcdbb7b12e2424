"""What a filter asks of a row alone holds wherever the filter does: every operator, by what a touch tells."""

import os

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.query.dependencies import read_live
from tests.store.query.oracle import KITCHEN_SINK, OneTransaction, fill, filtered, worlds
from tests.store.query.test_oracle import UNBOUNDED, make_oracle

from masthead.graphql import Engine
from masthead.model import kinds
from masthead.query import Selection, plan
from masthead.query.dependencies.holding import may_hold
from masthead.query.dependencies.own_row import OwnRow
from masthead.query.selection import Connection, Everything, Member, Nodes, Scalar
from masthead.store import Database

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
EXAMPLES = int(os.environ.get("MASTHEAD_TORTURE_EXAMPLES", "2000")) if IS_TORTURE else 12
FILTERS = 20
"""Filters for each generated world."""


@settings(max_examples=EXAMPLES)
@given(data=st.data())
async def test_what_fulfils_a_filter_may_fulfil_it(kitchen_sink: Database, data: st.DataObject) -> None:
    """Of a row in the answer the condition must not say that it is not."""
    world = data.draw(worlds(KITCHEN_SINK, "live"))
    reader = OneTransaction()
    engine = Engine(KITCHEN_SINK, reader, "live", UNBOUNDED)
    async with fill(kitchen_sink, world) as transaction:
        reader.transaction = transaction
        oracle = await make_oracle(transaction, world)
        live = await read_live(transaction, KITCHEN_SINK)
        for _ in range(FILTERS):
            asked = data.draw(filtered(oracle.model, oracle.schema, oracle.entries))
            prepared, _, values = engine._known(asked.document, asked.variables, None, ())
            (member,) = engine._selection(prepared, asked.variables).members
            assert isinstance(member.value, Connection)
            content_type = KITCHEN_SINK[member.value.source.type]
            condition = OwnRow(content_type, lambda _: False, values).of(member.value.where)
            ids = Connection(
                Everything(content_type.name),
                size=100,
                where=member.value.where,
                members=(Member("n", Nodes((Member("i", Scalar("id")),))),),
            )
            made = plan(KITCHEN_SINK, Selection((Member("c", ids),)), "live")
            answer = made.answer(await reader.fetch_rows(made.sql, made.arguments(values)))
            fulfilling = {each["i"] for each in orjson.loads(answer)["c"]["n"]}
            lists = [each for each in content_type.fields if isinstance(each.kind, kinds.References)]
            for (name, id_), (row, _) in live.rows.items():
                if name == content_type.name and str(id_) in fulfilling:
                    links = {
                        each.column: live.links.get((name, id_, each.column), ([], ""))[0] for each in lists
                    }
                    assert may_hold(condition, row), (asked, row)
                    assert may_hold(condition, row | links), (asked, row, links)
