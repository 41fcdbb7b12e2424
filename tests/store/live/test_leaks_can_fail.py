"""The leak tests hear a leak: each guard of what is told, taken away, is found out."""

import pytest
from tests.store.live import test_leaks

from masthead.graphql import Engine
from masthead.graphql.live.entry_watch import EntryWatch
from masthead.store import Database


def tell_all_of_loss(patch: pytest.MonkeyPatch) -> None:
    """Everybody hears of what is gone."""
    patch.setattr(EntryWatch, "may_hear_of_loss", lambda *_: True)


def guard_nothing(patch: pytest.MonkeyPatch) -> None:
    """Plans are those of somebody who sees all."""
    patch.setattr(Engine, "_views", lambda *_: ())


@pytest.mark.parametrize("broken", [tell_all_of_loss, guard_nothing])
async def test_a_leak_is_found_out(
    database: Database, monkeypatch: pytest.MonkeyPatch, broken: object
) -> None:
    """The test of what a policy hides fails."""
    broken(monkeypatch)  # type: ignore[operator]  # one of the functions above
    with pytest.raises(AssertionError):
        await test_leaks.test_what_a_policy_hides_is_not_heard_of(database)
