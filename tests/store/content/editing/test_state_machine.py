"""Many editors, programs, schedules and imports against simple laws of what must hold."""

import asyncio
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.store.content.editing.machine import machine
from tests.store.content.editing.newsroom import Doing

from masthead.store import Database

pytestmark = pytest.mark.no_cover  # repeated so often that measuring would take most of the time

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
EXAMPLES = int(os.environ.get("MASTHEAD_TORTURE_EXAMPLES", "600")) if IS_TORTURE else 12
STEPS = 60 if IS_TORTURE else 40
# Shrinking takes minutes: it runs where somebody waits for it.
PHASES = tuple(Phase) if IS_TORTURE else (Phase.explicit, Phase.reuse, Phase.generate)


def test_nobody_loses_a_word(runner: asyncio.Runner, newsroom_database: Database, tmp_path: Path) -> None:
    """Every law after every step: see laws.py and state_laws.py."""
    run_state_machine_as_test(
        machine(runner, newsroom_database, tmp_path / "blog", Doing),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )
