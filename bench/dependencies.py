"""Which of ten thousand kept answers an edit touches: how many of those had changed, and how long it takes.

`python -m bench.dependencies [--posts N]` fills a PostgreSQL of its own, asks what a site asks (a page for
each post, pages of authors and tags, lists, counts), keeps every answer with what it depends on, makes one
edit after the other and asks everything again. Beside it stand dropping by types, dropping everything, and
asking each answer whether it is touched. Ends with an error if an answer changed untold. Writes
bench/results/dependencies.json.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.engines import data
from bench.engines.asked import Q1
from masthead.graphql import Engine
from masthead.query.dependencies import Dependencies, DependencyIndex, is_changed
from masthead.store import (
    Change,
    Database,
    embedded_server,
    newest_change,
    open_database,
    read_changes,
)

RESULTS = Path(__file__).parent / "results" / "dependencies.json"
TIMES = 20
"""How often the index is asked for one change; it says the same each time."""

Question = tuple[str, tuple[tuple[str, Any], ...]]
"""A document, and the values of its variables."""

AUTHOR = """query ($slug: String!) {
  author(slug: $slug) { name posts(first: 10) { nodes { title slug date } totalCount } }
}"""
TAG = """query ($slug: String!) {
  tag(slug: $slug) { name posts(first: 10) { nodes { title slug date author { name } } } }
}"""
PAGE = """query ($offset: Int!) {
  posts(first: 20, offset: $offset) { nodes { title slug date description author { name slug } } }
}"""
COUNT = "query ($slug: String!) { posts(where: { author: { slug: { eq: $slug } } }) { totalCount } }"
TITLED = "query ($title: String!) { posts(where: { title: { startsWith: $title } }) { totalCount } }"

POST = "(SELECT id FROM live.post WHERE slug = 'post-77')"
COPIED = (
    "created_at, updated_at, published_at, title, description, author, "
    "body, body_html, body_text, body_excerpt, body_toc, body_minutes"
)
EDITS: dict[str, tuple[str, ...]] = {
    "a post's text": (f"UPDATE live.post SET body_html = 'New.', updated_at = now() WHERE id = {POST}",),
    "a post's title": (f"UPDATE live.post SET title = 'New', updated_at = now() WHERE id = {POST}",),
    "a post's date": (f"UPDATE live.post SET date = date + interval '9 days' WHERE id = {POST}",),
    "a post's tags": (
        f"DELETE FROM live.post__tags WHERE owner = {POST}",
        (
            "INSERT INTO live.post__tags (owner, position, target, sort) SELECT p.id, 0, t.id, p.date "
            "FROM live.post p, live.tag t WHERE p.slug = 'post-77' AND t.slug = 'tag-5'"
        ),
    ),
    "a new post": (
        (
            "INSERT INTO masthead.entry (id, type, head, created_at, updated_at) "
            "SELECT md5('new')::uuid, type, head, now(), now() FROM masthead.entry "
            "WHERE id = (SELECT id FROM live.post LIMIT 1)"
        ),
        (
            f"INSERT INTO live.post (id, path, slug, date, {COPIED}) "
            f"SELECT md5('new')::uuid, '/posts/new', 'new', now(), {COPIED} "
            "FROM live.post WHERE slug = 'post-78'"
        ),
    ),
    "a post goes": ("DELETE FROM live.post WHERE slug = 'new'",),
    "an author's name": ("UPDATE live.author SET name = 'Somebody' WHERE slug = 'author-7'",),
    "a comment's text": ("UPDATE live.comment SET text = 'New.' WHERE name = 'Reader 7'",),
}


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--posts", type=int, default=9_000)
    posts = parser.parse_args().posts
    with (
        tempfile.TemporaryDirectory(prefix="masthead-bench-") as folder,
        embedded_server(Path(folder)) as url,
    ):
        asyncio.run(data.fill(url, posts, is_light=True))
        result = asyncio.run(_measure(url, posts))
    _print(result)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=2) + "\n")
    if any(row["missed"] for row in result["edits"].values()):
        sys.exit("An answer changed, and nothing that it depends on was touched.")


async def _measure(url: str, posts: int) -> dict[str, Any]:
    async with open_database(url, size=2) as database:
        await database.open_public(size=2)
        engine = Engine(data.MODEL, database.public)
        kept = _Kept(engine, list(_questions(posts)))
        result: dict[str, Any] = {"answers": len(kept.questions), "fill": await _filling(engine)}
        await kept.fill()
        result["edits"] = {name: await kept.edit(database, each) for name, each in EDITS.items()}
    return result


def _questions(posts: int) -> list[Question]:
    numbers: list[tuple[str, str, Callable[[int], Any], int]] = [
        (Q1.document, "slug", lambda n: f"post-{n}", posts),
        (AUTHOR, "slug", lambda n: f"author-{n}", data.AUTHORS),
        (TAG, "slug", lambda n: f"tag-{n}", data.TAGS),
        (PAGE, "offset", lambda n: 20 * (n - 1), min(400, posts // 20)),
        (COUNT, "slug", lambda n: f"author-{n}", 100),
        (TITLED, "title", lambda n: f"Post {n}", 200),
    ]
    return [
        (document, ((name, value(n)),))
        for document, name, value, count in numbers
        for n in range(1, count + 1)
    ]


@dataclass(slots=True)
class _Kept:
    """All answers, and what they depend on."""

    engine: Engine
    questions: list[Question]
    answers: dict[Question, tuple[bytes, Dependencies]]
    index: DependencyIndex[Question]

    def __init__(self, engine: Engine, questions: list[Question]) -> None:
        self.engine, self.questions = engine, questions
        self.answers, self.index = {}, DependencyIndex()

    async def fill(self) -> None:
        """Ask everything for the first time."""
        for question in self.questions:
            await self._ask(question)

    async def edit(self, database: Database, statements: tuple[str, ...]) -> dict[str, Any]:
        """What became of the answers."""
        async with database.transaction() as transaction:
            before = await newest_change(transaction)
            for statement in statements:
                await transaction.execute(statement)
            await transaction.execute("UPDATE live._generation SET number = number + 1")
        async with database.transaction() as transaction:
            changes = await read_changes(transaction, before)
        if changes is None:
            raise AssertionError("one change is not too many")
        (change,) = changes
        touched, index_ms = self._touched(change)
        start = perf_counter()
        asked = sum(is_changed(each, change) for _, each in self.answers.values())
        each_ms = (perf_counter() - start) * 1000
        whole = Change(change.number, change.types, None)
        by_types = sum(is_changed(each, whole) for _, each in self.answers.values())
        changed = {question for question in self.questions if await self._ask(question)}
        return {
            "changed": len(changed),
            "touched": len(touched),
            "by_types": by_types,
            "missed": len(changed - touched) + abs(asked - len(touched)),
            "index_ms": round(index_ms, 3),
            "asking_each_ms": round(each_ms, 1),
        }

    def _touched(self, change: Change) -> tuple[set[Question], float]:
        times, found = [], set[Question]()
        for _ in range(TIMES):
            start = perf_counter()
            found = self.index.touched_by(change)
            times.append((perf_counter() - start) * 1000)
        return found, statistics.median(times)

    async def _ask(self, question: Question) -> bool:
        """Whether the answer is another one."""
        document, variables = question
        answer, dependencies = await self.engine.execute_traced(document, dict(variables))
        if answer.status != 200 or dependencies is None:
            raise AssertionError(answer.body)
        known = self.answers.get(question, (b"", None))[0]
        self.answers[question] = answer.body, dependencies
        self.index.add(question, dependencies)
        return known != answer.body


async def _filling(engine: Engine) -> dict[str, dict[str, float]]:
    """Milliseconds of an answer alone, and of one that is traced."""
    found = {}
    asked: dict[str, tuple[str, dict[str, Any]]] = {
        "a post": (Q1.document, {"slug": "post-9"}),
        "a tag's posts": (TAG, {"slug": "tag-9"}),
        "a page of 20": (PAGE, {"offset": 40}),
    }
    for name, (document, variables) in asked.items():
        alone, traced = [], []
        for _ in range(300):
            start = perf_counter()
            await engine.execute(document, variables)
            middle = perf_counter()
            await engine.execute_traced(document, variables)
            alone.append(middle - start)
            traced.append(perf_counter() - middle)
        found[name] = {
            "alone_ms": round(statistics.median(alone) * 1000, 2),
            "traced_ms": round(statistics.median(traced) * 1000, 2),
        }
    return found


def _print(result: dict[str, Any]) -> None:
    print(f"\n{'':18}{'alone ms':>10}{'traced ms':>11}")
    for name, row in result["fill"].items():
        print(f"{name:18}{row['alone_ms']:>10}{row['traced_ms']:>11}")
    print(f"\nOf {result['answers']:,} kept answers")
    heads = ("changed", "touched", "by types", "missed", "index ms", "each ms")
    print(f"{'':18}" + "".join(f"{head:>10}" for head in heads))
    for name, row in result["edits"].items():
        print(f"{name:18}" + "".join(f"{value:>10}" for value in row.values()))


if __name__ == "__main__":
    main()
