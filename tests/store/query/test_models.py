"""Whatever a team declares: generated content models, applied to a database, planned and compared."""

import os

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.query.oracle.models import models
from tests.store.query.test_filters import compare_filters
from tests.store.query.test_oracle import Subject, compare

from masthead.model import ContentModel
from masthead.store import STAGES, Database, apply_model, open_database

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
EXAMPLES = int(os.environ.get("MASTHEAD_TORTURE_EXAMPLES", "2000")) // 4 if IS_TORTURE else 6


@settings(max_examples=EXAMPLES)
@given(data=st.data())
async def test_any_model(empty_database_url: str, data: st.DataObject) -> None:
    """A new model each time, its tables made and dropped; entries and operations as for the others."""
    model = data.draw(models())
    stage = data.draw(st.sampled_from(STAGES))
    async with open_database(empty_database_url, size=1) as database:
        await make(database, model)
        await compare_filters(database, Subject(model, stage), data)
        await compare(database, Subject(model, stage), data)


async def make(database: Database, model: ContentModel) -> None:
    """The tables of this model and of no other."""
    async with database.transaction() as transaction:
        await transaction.execute("DROP SCHEMA IF EXISTS live, draft, masthead CASCADE")
    await apply_model(database, model)
