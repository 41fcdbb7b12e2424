"""The same row changes by hand: one asyncpg transaction, one statement a row, nothing checked."""

import json
from datetime import UTC, datetime
from typing import Any

import asyncpg

from bench.writing.posts import BODIES, Post, Writer, change, somebody
from masthead.kernel import new_id
from masthead.model import ContentModel
from masthead.store import tables_of, written_columns

_LOCK = """
SELECT e.head, r.number, r.snapshot FROM masthead.entry AS e JOIN masthead.revision AS r ON r.id = e.head
WHERE e.id = $1 FOR UPDATE OF e
"""
_REVISION = """
INSERT INTO masthead.revision (id, entry_id, number, snapshot, model, author, base, source, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'api', $8)
"""
_HEAD = "UPDATE masthead.entry SET head = $2, updated_at = $3, is_edited = true WHERE id = $1"
_PUBLISHED = "UPDATE masthead.entry SET published = $2, updated_at = $3, is_edited = true WHERE id = $1"
_ROW = """
UPDATE {stage}.post SET updated_at = $2, title = $3, body = $4, body_html = $5, body_text = $6,
    body_excerpt = $7, body_toc = $8, body_minutes = $9 WHERE id = $1
"""
_EVENT = """
INSERT INTO masthead.event (id, type, entry_id, revision_id, data, created_at) VALUES ($1, $2, $3, $4, $5, $6)
"""
_AUDIT = """
INSERT INTO masthead.audit (id, at, account, source, action, subject, outcome, detail)
VALUES ($1, $2, $3, 'api', $4, $5, 'done', $6)
"""
_GENERATION = "UPDATE live._generation SET number = number + 1"
_LINKS = """
INSERT INTO masthead.link (stage, owner, target)
SELECT 'live', owner, target FROM masthead.link WHERE owner = $1 AND stage = 'draft'
"""
_ROUTE = """
INSERT INTO live._route (path, entry_id, is_canonical) SELECT path, id, true FROM draft.post WHERE id = $1
"""
_GONE = (
    "DELETE FROM live.post WHERE id = $1",
    "DELETE FROM live._route WHERE entry_id = $1",
    "DELETE FROM masthead.link WHERE owner = $1 AND stage = 'live'",
    "UPDATE masthead.entry SET published = NULL WHERE id = $1",
    _GENERATION,
)
_SHOWN = "SELECT body, body_html, body_text, body_excerpt, body_toc, body_minutes FROM live.post"


class Plain:
    """Writes posts by hand."""

    def __init__(self, pool: Any, model: ContentModel, shown: dict[str, tuple[Any, ...]]) -> None:
        self._pool = pool
        self._digest = model.digest
        self._shown = shown
        self._account = somebody().account
        self._copies = _copies(model)

    @staticmethod
    async def ready(pool: "asyncpg.Pool[asyncpg.Record]", model: ContentModel) -> Writer:
        """With what the bodies are rendered to, made beforehand."""
        rows = await pool.fetch(_SHOWN)
        shown = {row["body"]: tuple(row)[1:] for row in rows if row["body"] in BODIES}
        plain = Plain(pool, model, shown)
        return Writer(plain.save, plain.publish, plain.unpublish, plain.publish_first)

    async def save(self, post: Post) -> None:
        """Append a revision, and show it in the draft."""
        changed, now, revision = change(), datetime.now(UTC), new_id()
        async with self._pool.acquire() as connection, connection.transaction():
            head = await connection.fetchrow(_LOCK, post.entry)
            snapshot = json.loads(head["snapshot"])
            snapshot["fields"] |= changed
            number, stored = head["number"] + 1, json.dumps(snapshot)
            values = (revision, post.entry, number, stored, self._digest, self._account, head["head"], now)
            await connection.execute(_REVISION, *values)
            await connection.execute(_HEAD, post.entry, revision, now)
            await self._show(connection, "draft", post, snapshot["fields"], now)
            await self._tell(connection, "saved", "save", post, revision, now)
        post.head, post.number = revision, number

    async def publish(self, post: Post) -> None:
        """Show the head in what is public."""
        now = datetime.now(UTC)
        async with self._pool.acquire() as connection, connection.transaction():
            head = await connection.fetchrow(_LOCK, post.entry)
            fields = json.loads(head["snapshot"])["fields"]
            await connection.execute(_PUBLISHED, post.entry, head["head"], now)
            await self._show(connection, "live", post, fields, now)
            await self._tell(connection, "published", "publish", post, head["head"], now)
            await connection.execute(_GENERATION)

    async def unpublish(self, post: Post) -> None:
        """Take it away; what it is measured after, not measured itself."""
        async with self._pool.acquire() as connection, connection.transaction():
            for statement in _GONE:
                await connection.execute(statement, *([post.entry] if "$1" in statement else ()))

    async def publish_first(self, post: Post) -> None:
        """Show the draft in what is public: its row, whom it refers to, its address."""
        now = datetime.now(UTC)
        async with self._pool.acquire() as connection, connection.transaction():
            head = await connection.fetchrow(_LOCK, post.entry)
            await connection.execute(_PUBLISHED, post.entry, head["head"], now)
            for statement in (*self._copies, _LINKS, _ROUTE):
                await connection.execute(statement, post.entry)
            await self._tell(connection, "published", "publish", post, head["head"], now)
            await connection.execute(_GENERATION)

    async def _show(self, connection: Any, stage: str, post: Post, fields: Any, now: datetime) -> None:
        shown = self._shown[fields["body"].partition("\n\n")[2]]
        sql = _ROW.format(stage=stage)
        await connection.execute(sql, post.entry, now, fields["title"], fields["body"], *shown)

    async def _tell(
        self, connection: Any, event: str, action: str, post: Post, revision: Any, now: datetime
    ) -> None:
        data = {
            "type": "Post",
            "number": post.number,
            "path": "/posts/x",
            "formerPath": None,
            "state": "changed",
        }
        detail = {"type": "Post", "revision": str(revision)}
        kind = f"content.entry.{event}.v1"
        await connection.execute(_EVENT, new_id(), kind, post.entry, revision, json.dumps(data), now)
        line = (new_id(), now, self._account, f"entry.{action}", str(post.entry), json.dumps(detail))
        await connection.execute(_AUDIT, *line)


def _copies(model: ContentModel) -> tuple[str, ...]:
    """Statements that copy a post and its lists of references from draft to live."""
    tables = tables_of(model, "live")
    links = [table for (owner, _), table in tables.links.items() if owner == "Post"]
    pairs = [(tables.content["Post"], "id"), *((each, "owner") for each in links)]
    found = []
    for table, key in pairs:
        columns = ", ".join(f'"{each}"' for each in written_columns(table))
        found.append(
            f'INSERT INTO live."{table.name}" ({columns}) SELECT {columns} FROM draft."{table.name}" '
            f'WHERE "{key}" = $1'
        )
    return tuple(found)
