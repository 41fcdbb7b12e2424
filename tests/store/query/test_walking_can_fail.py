"""A walk that every plan survives proves nothing: the ways of turning pages that go wrong are found out."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from tests.store.query.oracle import fill
from tests.store.query.test_walking import FORWARDS, ORDERS, Route, a_post, a_world, walk

from masthead.store import Database

KINDS = [0, 3, 6, 9, 12, 3, 2]
"""Seven posts: three without the moment that they are sorted by, three of one moment, which is
more than a page, and one of another."""

BY_ID, BY_MOMENT = "unique", "nulls last"

Changes = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A pattern of the planner's statement, what stands there instead, and what a reader complains of.
    `#` in it is the number of rows that were seen."""

    order: str
    pattern: str
    instead: str
    mistake: str
    changes: Changes

    def spoil(self, sql: str, seen: int) -> str:
        """The wrong statement."""
        return re.sub(self.pattern, self.instead.replace("#", str(seen)), sql)


AFTER = r'([rl]\$\d+\."\w+" < \$\d+::uuid) (ORDER BY [^()]+ LIMIT 3)'
BEHIND = r'\((r\$\d+\."updated"), r\$\d+\."id"\) > \((\$\d+::text::timestamptz), (\$\d+::uuid)\)'
OFFSET = r"(\1 OR true) \2 OFFSET #"
WRONG = {
    "by number, while one in front goes": Wrong(BY_ID, AFTER, OFFSET, "missed", [("delete", 6)]),
    "by number, while one in front comes": Wrong(BY_ID, AFTER, OFFSET, "twice", [("insert", 8)]),
    "the cursor's row again": Wrong(BY_ID, r"< (\$\d+::uuid)", r"<= \1", "twice", []),
    "from the first row of the page": Wrong(
        BY_ID, r'DESC( LIMIT 1\) AS "cursor")|("id")( LIMIT 1\) AS "cursor")', r"\2 DESC\1\3", "twice", []
    ),
    "without those of one moment": Wrong(BY_MOMENT, BEHIND, r"(\1 > \2 AND \3 IS NOT NULL)", "missed", []),
    "without those of no moment": Wrong(BY_MOMENT, r'r\$\d+\."updated" IS NULL ', "false ", "missed", []),
    "one page and no more": Wrong(BY_MOMENT, r"count\(\*\) > 2", "count(*) < 0", "missed", []),
    "each page in the other direction": Wrong(
        BY_MOMENT, r'(t\$\d+\."updated"), (t\$\d+\."id")', r"\1 DESC, \2 DESC", "out of order", []
    ),
}


async def mistakes(database: Database, route: Route, changes: Changes) -> list[str]:
    """What a reader of the seven posts complains of."""
    posts = [a_post(index * 100 + 50, kind) for index, kind in enumerate(KINDS)]
    async with fill(database, a_world(posts, "live")) as transaction:
        return (await walk(transaction, route, posts, changes)).mistakes()


def route_of(wrong: Wrong, through: str, **spoil: Any) -> Route:
    """Forwards, two posts a page."""
    return Route(FORWARDS, through, ORDERS[wrong.order], 2, **spoil)


@pytest.mark.parametrize("through", ["posts", "tag"])
@pytest.mark.parametrize("name", WRONG)
async def test_a_wrong_way_of_turning_pages_is_found_out(database: Database, name: str, through: str) -> None:
    """Pages by number, ranges that begin or end in the wrong place, wrong directions. The planner's own plan
    passes the same walk."""
    wrong = WRONG[name]
    assert await mistakes(database, route_of(wrong, through), wrong.changes) == []
    assert wrong.mistake in await mistakes(
        database, route_of(wrong, through, spoil=wrong.spoil), wrong.changes
    )
