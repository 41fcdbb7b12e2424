"""The audit log over HTTP."""

import json

import httpx
import pytest


async def test_the_audit_log_is_read_in_pages(owner: httpx.AsyncClient) -> None:
    """The newest first; `after` is where the next page begins; filters hold together."""
    await owner.post("/api/tokens", json={"name": "CI", "scopes": ["read"]})
    whole = (await owner.get("/api/audit")).json()
    assert [each["action"] for each in whole["lines"]][:2] == ["token.create", "session.begin"]
    pages, after = [], ""
    while after is not None:
        page = (await owner.get(f"/api/audit?size=2{after and f'&after={after}'}")).json()
        pages += page["lines"]
        after = page["next"]
    assert pages == whole["lines"]
    ada = (await owner.get("/api/session")).json()["account"]["id"]
    found = (await owner.get(f"/api/audit?account={ada}&action=session.*&outcome=done")).json()["lines"]
    assert [each["action"] for each in found] == ["session.begin"]
    assert (await owner.get(f"/api/audit?subject={ada}&until=2020-01-01T00:00:00Z")).json()["lines"] == []


@pytest.mark.parametrize(
    "query",
    [
        "account=x",
        "size=0",
        "size=9999",
        "since=yesterday",
        "since=0001-01-01T00:00:00%2B14:00",
        "outcome=maybe",
        "no=1",
        "action=a&action=b",
        "subject=%00",
        "after=1",
    ],
)
async def test_a_wrong_question_to_the_audit_log_is_refused(owner: httpx.AsyncClient, query: str) -> None:
    """By the parameter's name."""
    reply = await owner.get(f"/api/audit?{query}")
    assert reply.status_code == 400
    assert reply.json()["parameter"] == query.partition("=")[0]


async def test_the_audit_log_is_exported_as_lines(owner: httpx.AsyncClient) -> None:
    """Each line is JSON, the oldest first; the same lines as in the pages."""
    reply = await owner.get("/api/audit/export")
    assert reply.headers["content-type"] == "application/jsonl; charset=utf-8"
    lines = [json.loads(line) for line in reply.text.splitlines()]
    assert lines == (await owner.get("/api/audit?size=1000")).json()["lines"][::-1]
