"""Snapshots come back from PostgreSQL as they were, and can be written again."""

import pytest

from masthead.content.snapshot import Snapshot


@pytest.mark.parametrize("value", [0, -1, 2**63 - 1, -(2**63), 0.5, 1e300, -1e300, 1e19, float(2**63)])
def test_numbers_come_back(value: float) -> None:
    """`jsonb` spells every number in plain digits, however large."""
    spelled = f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
    text = f'{{"fields": {{"size": {spelled}}}, "extra": {{}}, "aliases": [], "former": []}}'
    found = Snapshot.from_json(text)
    assert found.fields == {"size": value}
    assert Snapshot.from_json(found.to_json()) == found
