"""Policies lie in the database beside the model: what serves needs no folder to enforce them."""

import json

import masthead as mh
from masthead.access import Policies, compile_policies
from masthead.model import Post, default_model
from masthead.roles.api.health import Health
from masthead.store import Database, apply_model, read_applied_policies

MODEL = default_model()
HIDING = compile_policies(MODEL, [mh.policies(Post, mh.allow("read", to=mh.anyone), mh.hide("description"))])


async def test_what_is_applied_is_read_back(database: Database) -> None:
    """As it was declared; none were ever applied to this database."""
    assert await read_applied_policies(database) is None
    await apply_model(database, MODEL, HIDING.to_json())
    assert Policies.from_json(MODEL, await read_applied_policies(database)) == HIDING


async def test_policies_are_kept_once_and_none_is_forgotten(database: Database) -> None:
    """The same again adds nothing; others are a row of their own, and the last one is in force."""
    for policies in (HIDING, HIDING, compile_policies(MODEL), HIDING):
        await apply_model(database, MODEL, policies.to_json())
    rows = await database.drafts.fetch("SELECT policies FROM masthead.applied_policies ORDER BY number")
    assert [bool(json.loads(row["policies"])["types"]) for row in rows] == [True, False, True]


async def test_a_model_without_policies_leaves_them(database: Database) -> None:
    """Whoever applies a model alone says nothing of them."""
    await apply_model(database, MODEL, HIDING.to_json())
    await apply_model(database, MODEL)
    assert Policies.from_json(MODEL, await read_applied_policies(database)) == HIDING


async def test_a_process_under_other_policies_is_not_ready(database: Database) -> None:
    """It would let through what is hidden now."""
    await apply_model(database, MODEL, HIDING.to_json())
    states = [await Health(database, MODEL, None, each)._model_state() for each in (HIDING, None)]
    assert states == ["ok", "other policies are applied"]
