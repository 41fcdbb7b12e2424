"""No interleaving of a process and publishers gives a read that is older than an acknowledgement before it;
and a search that goes through all of them finds every mistake that can be made. MASTHEAD_TORTURE=1 looks at
two changes with a connection that breaks, too."""

import os
from typing import get_args

import pytest
from tests.unit.events.coherence.protocol import Mistake, Protocol
from tests.unit.events.coherence.search import find_wrong

pytestmark = pytest.mark.no_cover  # repeated so often that measuring would take most of the time

NEEDS_TWO: frozenset[Mistake] = frozenset({"late renewals believed"})
"""Mistakes that only the next change shows."""

is_torture = pytest.mark.skipif(os.environ.get("MASTHEAD_TORTURE") != "1", reason="takes half a minute")


def test_no_interleaving_gives_an_old_read() -> None:
    """All states of one change: stops, cuts, late commits, clocks that are set, and a log that is pruned."""
    way, seen = find_wrong(Protocol())
    assert way is None
    assert seen > 10_000


def test_a_change_behind_another_is_no_other_matter() -> None:
    """Two changes: of who was taken off the list, the next publisher has nothing to fear."""
    way, seen = find_wrong(Protocol(breaks=frozenset()), changes=2)
    assert way is None
    assert seen > 10_000


@pytest.mark.parametrize("mistake", sorted(set(get_args(Mistake)) - NEEDS_TWO))
def test_a_mistake_is_found(mistake: Mistake) -> None:
    """Where the search finds nothing although something is wrong, it proves nothing."""
    way, _ = find_wrong(Protocol(frozenset({mistake})))
    assert way is not None


@is_torture
def test_no_interleaving_of_two_changes_and_cut_connections_gives_an_old_read() -> None:
    """What was sent over a connection that was given up may arrive whenever it likes."""
    way, _ = find_wrong(Protocol(breaks=frozenset({"connection"})), changes=2)
    assert way is None


@is_torture
@pytest.mark.parametrize("mistake", sorted(NEEDS_TWO))
def test_a_mistake_that_the_next_change_shows_is_found(mistake: Mistake) -> None:
    """As above, of two changes."""
    way, _ = find_wrong(Protocol(frozenset({mistake}), frozenset({"connection"})), changes=2)
    assert way is not None
