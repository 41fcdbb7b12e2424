"""`masthead.testing.assert_statements`, and the counting below it."""

import asyncio

import pytest

from masthead.store import Database, measured
from masthead.testing import assert_statements


async def test_the_expected_number_passes(database: Database) -> None:
    """Also from tasks that the block starts."""
    async with assert_statements(3) as spent:
        await database.public.fetch("SELECT 1")
        await asyncio.gather(database.public.fetch("SELECT 2"), database.drafts.fetch("SELECT 3"))
    assert spent.seconds > 0


@pytest.mark.parametrize("expected", [0, 2])
async def test_another_number_fails_and_shows_the_statements(database: Database, expected: int) -> None:
    """Too few is as wrong as too many."""
    with pytest.raises(AssertionError) as failed:
        async with assert_statements(expected):
            await database.public.fetch("SELECT\n   4")
    assert str(failed.value) == f"1 statements were sent, and {expected} expected:\n  1. SELECT 4"


async def test_an_error_of_the_block_is_the_error(database: Database) -> None:
    """What was counted until then says nothing."""
    with pytest.raises(ZeroDivisionError):
        async with assert_statements(5):
            raise ZeroDivisionError


async def test_who_measures_around_counts_too(database: Database) -> None:
    """An application measures its requests; a test around it still sees every statement, and its text."""
    async with measured(has_texts=True) as around:
        await database.public.fetch("SELECT 5")
        async with measured() as inside:
            await database.public.fetch("SELECT 6")
    assert (inside.statements, around.statements) == (1, 2)
    assert around.texts == ["SELECT 5", "SELECT 6"]
    assert around.seconds > inside.seconds
