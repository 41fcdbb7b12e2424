"""Schedules and releases over HTTP: with an editor's token, in UTC and in the site's zone."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from tests.store.content.folders import bring_in, write
from tests.store.people.people_rows import PASSWORD, join

from masthead.people import People
from masthead.roles.api.application import Application
from masthead.store import Database

SITE = "https://masthead.test"
DUE = "2099-07-05T10:00:00+00:00"


@pytest.fixture
async def editor(
    application: Application, database: Database, tmp_path: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an editor of a site in Berlin."""
    folder = write(tmp_path / "blog", {"masthead.toml": '[site]\ntimezone = "Europe/Berlin"\n'})
    await bring_in(database, folder)
    people = People(database, ("Page",))
    await join(people, "bob@example.org", "editor")
    transport = httpx.ASGITransport(application.asgi, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=SITE, headers={"origin": SITE}) as opened:
        answer = await opened.post("/api/session", json={"email": "bob@example.org", "password": PASSWORD})
        assert answer.status_code == 200
        yield opened
    people.close()


async def graphql(client: httpx.AsyncClient, query: str, **variables: Any) -> Any:
    """The data of an operation on drafts."""
    answer = await client.post("/graphql/draft", json={"query": query, "variables": variables})
    found = answer.json()
    assert "errors" not in found, found
    return found["data"]


async def test_a_schedule_is_told_in_utc_and_in_the_sites_zone(editor: httpx.AsyncClient) -> None:
    """In GraphQL at the entry, in REST at the release."""
    made = (await editor.post("/api/pages", json={"title": "Hello", "body": "Text."})).json()
    entry = made["data"]["id"]
    base = made["revision"]
    answer = await editor.post(
        f"/api/pages/{entry}/schedule",
        json={"action": "publish", "at": "2099-07-05T12:00:00+02:00"},
        headers={"if-match": f'"{base}"'},
    )
    assert answer.status_code == 200, answer.text
    query = """query ($id: ID!) { node(id: $id) { ... on Page { entry { schedules {
        id at localAt action state isLate error createdBy { name }
    } } } } }"""
    (schedule,) = (await graphql(editor, query, id=entry))["node"]["entry"]["schedules"]
    assert schedule.pop("id") == answer.json()["schedule"]
    assert schedule == {
        "at": DUE,
        "localAt": "2099-07-05T12:00:00+02:00",
        "action": "PUBLISH",
        "state": "PENDING",
        "isLate": False,
        "error": None,
        "createdBy": {"name": "Ada"},
    }
    release = await editor.post("/api/releases", json={"name": "Summer", "items": [{"entry": entry}]})
    place = release.headers["location"]
    scheduled = await editor.post(f"{place}/schedule", json={"at": DUE})
    assert scheduled.status_code == 200, scheduled.text
    shown = await editor.get(place)
    assert shown.status_code == 200, (place, shown.text)
    (timing,) = shown.json()["schedules"]
    assert (timing["at"], timing["localAt"]) == (DUE, "2099-07-05T12:00:00+02:00")
    metrics = (await editor.get("/metrics")).text
    assert "masthead_schedules_pending 2.0" in metrics
    assert "masthead_schedules_overdue 0.0" in metrics


async def test_a_moment_that_has_passed_is_unprocessable(editor: httpx.AsyncClient) -> None:
    """422, with the path and the remedy."""
    made = (await editor.post("/api/pages", json={"title": "Hello", "body": "Text."})).json()
    at = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    answer = await editor.post(
        f"/api/pages/{made['data']['id']}/schedule",
        json={"action": "publish", "at": at},
        headers={"if-match": f'"{made["revision"]}"'},
    )
    assert answer.status_code == 422
    found = answer.json()
    assert found["code"] == "due-past"
    assert [(each["path"], each["code"]) for each in found["faults"]] == [("at", "due-past")]


async def scheduled(editor: httpx.AsyncClient, title: str) -> tuple[str, str, str]:
    """A page that is to be published: its address, its head, and the id of the schedule."""
    made = (await editor.post("/api/pages", json={"title": title, "body": "Text."})).json()
    place, base = f"/api/pages/{made['data']['id']}", made["revision"]
    given = {"action": "publish", "at": DUE, "base": base}
    return place, base, (await editor.post(f"{place}/schedule", json=given)).json()["schedule"]


async def test_the_schedules_of_an_entry_are_listed_and_cancelled(editor: httpx.AsyncClient) -> None:
    """The latest first; a cancelled one stays in the list, and cannot be cancelled again."""
    place, base, schedule = await scheduled(editor, "Hello")
    given = {"action": "unpublish", "at": "2099-07-06T10:00:00Z", "base": base}
    later = (await editor.post(f"{place}/schedule", json=given)).json()["schedule"]
    found = (await editor.get(f"{place}/schedules")).json()["data"]
    assert [each["id"] for each in found] == [later, schedule]
    assert found[1] | {"createdAt": "", "createdBy": found[1]["createdBy"]["name"]} == {
        "id": schedule,
        "at": DUE,
        "localAt": "2099-07-05T12:00:00+02:00",
        "action": "publish",
        "revision": None,
        "state": "pending",
        "createdAt": "",
        "createdBy": "Ada",
        "ranAt": None,
        "isLate": False,
        "error": None,
    }
    done = await editor.delete(f"{place}/schedules/{schedule}")
    assert (done.status_code, done.json()["schedule"]) == (200, schedule)
    first = (await editor.get(f"{place}/schedules?page[size]=1")).json()["data"]
    assert [(each["id"], each["state"]) for each in first] == [(later, "pending")]
    again = await editor.delete(f"{place}/schedules/{schedule}")
    assert (again.status_code, again.json()["code"]) == (422, "schedule-not-pending")
    await editor.delete(place, params={"base": base})
    kept = (await editor.get(f"{place}/schedules")).json()["data"]
    assert [each["state"] for each in kept] == ["pending", "cancelled"]


async def test_a_schedule_is_cancelled_where_it_belongs(editor: httpx.AsyncClient) -> None:
    """Elsewhere there is none, also at what is no id; of a release, at the release."""
    place, _, schedule = await scheduled(editor, "Hello")
    other, _, _ = await scheduled(editor, "Other")
    release = (await editor.post("/api/releases", json={"name": "Summer"})).headers["location"]
    for wrong in (f"{other}/schedules/{schedule}", f"{release}/schedules/{schedule}", f"{place}/schedules/x"):
        answer = await editor.delete(wrong)
        assert (answer.status_code, answer.json()["code"]) == (404, "schedule-unknown")
    item = {"put": [{"entry": place.rpartition("/")[2]}]}
    assert (await editor.patch(release, json=item)).status_code == 200
    timing = (await editor.post(f"{release}/schedule", json={"at": DUE})).json()["schedule"]
    answer = await editor.delete(f"{release}/schedules/{timing}")
    assert answer.status_code == 200, answer.text
    assert [each["state"] for each in answer.json()["data"]["schedules"]] == ["cancelled"]
