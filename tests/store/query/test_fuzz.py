"""Whatever a client sends, the answer is an answer: never a 5xx, never anything but JSON.

Documents are made of the tokens of good ones, so that many of them are nearly right. MASTHEAD_TORTURE=1
runs the long version.
"""

import json
import os
import re
from collections.abc import Sequence
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from masthead.graphql import Engine
from masthead.model import default_model
from masthead.store import Database, Reader

IS_TORTURE = os.environ.get("MASTHEAD_TORTURE") == "1"
EXAMPLES = int(os.environ.get("MASTHEAD_TORTURE_EXAMPLES", "20000")) if IS_TORTURE else 150

GOOD = """\
query A($n: Int = 2, $a: String) { posts(first: $n, after: $a) { nodes { title } totalCount } }
query A($o: [PostOrder!]) { posts(orderBy: $o) { edges { cursor node { id ...P } } } } fragment P on Post \
{ tags { name posts(first: 1) { nodes { slug } } } body { html toc { id } } }
query A($w: PostFilter) { posts(where: $w) { nodes { id } } tags(where: { name: { contains: "a" } }) \
{ pageInfo { hasNextPage endCursor } } }
query A($i: ID!, $s: String) { node(id: $i) { __typename ... on Post { title } } post(slug: $s) { id } }
{ __typename site { title } authors(first: 1) @include(if: true) { nodes { name @skip(if: false) } } }
{ posts(orderBy: [{ date: DESC }, { title: ASC }], where: { or: [{ slug: { in: ["a"] } }, { not: \
{ tags: { some: { name: { eq: null } } } } }] }) { totalCount } }
""".splitlines()
TOKEN = re.compile(r'\w+|"[^"]*"|\.\.\.|\S')
ODD = [
    "null",
    "-1",
    "0",
    "9" * 30,
    "1e400",
    r'"\u0000"',
    r'"\uD800"',
    '"""block"""',
    "#",
    "\ufeff",
    "é",
    "\0",
]
TOKENS = [*sorted({token for document in GOOD for token in TOKEN.findall(document)}), *ODD]

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        [
            "ASC",
            "DESC",
            "W10",
            "post-1",
            "a\0",
            "\ud800",
            "2025-01-01",
            "00000000-0000-0000-0000-000000000000",
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "title", "eq", "in", "not", "and", "or", "date", "tags", "some", "isNull"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
VARIABLES = st.dictionaries(st.sampled_from(["n", "a", "o", "w", "i", "s"]), VALUES, max_size=6)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A good document with some of its tokens replaced, most by others of their kind, doubled or left out."""
    tokens = TOKEN.findall(draw(st.sampled_from(GOOD)))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(tokens) - 1))
        alike = [token for token in TOKENS if _kind(token) == _kind(tokens[place])] or [""]
        one = st.sampled_from(alike).map(lambda token: [token])
        tokens[place : place + 1] = draw(one | one | one | st.lists(st.sampled_from(TOKENS), max_size=2)) or [
            ""
        ]
    return " ".join(tokens)


def _kind(token: str) -> str:
    return "name" if token.isidentifier() else token[:1]


class Through:
    """Reads from the database of the running test: the engine outlives it, as its plans do."""

    reader: Reader

    async def fetch_rows(self, sql: str, arguments: Sequence[Any] = ()) -> Sequence[Sequence[bytes | None]]:
        """The rows."""
        return await self.reader.fetch_rows(sql, arguments)


THROUGH = Through()
ENGINE = Engine(default_model(), THROUGH)


@settings(max_examples=EXAMPLES)
@given(document=documents(), variables=VARIABLES)
@example(document=GOOD[1], variables={"o": [{"id": "ASC"}] * 3000})
@example(document=GOOD[3], variables={"i": "0" * 32, "s": "a\0"})
@example(document=GOOD[3], variables={"i": "0" * 32, "s": "\ud800"})
@example(document=GOOD[0], variables={"n": 0, "a": "W" * 100_000})
@example(document=GOOD[2], variables={"w": {"slug": {"in": ["x"] * 9000}}})
async def test_no_document_breaks_the_server(
    library: Database, document: str, variables: dict[str, Any]
) -> None:
    """200, or 400 with a code for each error."""
    THROUGH.reader = library.public
    answer = await ENGINE.execute(document, variables)
    body = json.loads(answer.body)
    assert answer.status in (200, 400), answer.body
    assert answer.status == 200 or all(error["extensions"]["code"] for error in body["errors"])
