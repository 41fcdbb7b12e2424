"""Jobs among the metrics."""

import httpx
from tests.store.jobs.workshop import Notebook, give, until_empty, working

from masthead.jobs import Job
from masthead.kernel import utc_now
from masthead.store import Database


async def test_jobs_are_counted_by_kind_and_state(client: httpx.AsyncClient, database: Database) -> None:
    """As the tables have them, whoever works; and what became of those that ran."""
    async with working(database, {"greet": Notebook().handler()}):
        await give(database, Job("greet"), Job("greet"))
        await until_empty(database)
    await give(database, Job("greet", run_at=utc_now().replace(year=2099)), Job("other"))
    lines = (await client.get("/metrics")).text.splitlines()
    assert 'masthead_jobs{kind="greet",state="waiting"} 1.0' in lines
    assert 'masthead_jobs_overdue_seconds{kind="greet"} 0.0' in lines
    assert 'masthead_jobs{kind="other",state="waiting"} 1.0' in lines
    assert 'masthead_job_runs_total{kind="greet",outcome="done"} 2.0' in lines
