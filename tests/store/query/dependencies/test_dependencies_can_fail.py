"""An oracle that finds nothing proves nothing: dependencies that leave one thing out are found out."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.store.query.dependencies import Tally, Tracked, change, read_live, refill, touches_between, track
from tests.store.query.oracle import OneTransaction, fill
from tests.store.query.oracle.world import make_world
from tests.store.query.test_oracle import UNBOUNDED

import masthead as mh
from masthead.access import compile_policies
from masthead.graphql import Engine
from masthead.model import Author, Post, Tag, default_model
from masthead.query.dependencies import Dependencies, Match, Span
from masthead.query.selection import AllOf, AnyOf, Compare, Condition, Given
from masthead.store import Database

pytestmark = pytest.mark.no_cover  # repeated so often that measuring would take most of the time

MODEL = default_model()
COUNTS = {each.name: 1 if each.is_singleton else 5 for each in MODEL}
CHANGES = 60
"""The worlds that one and the same seed leads through: every narrowing is found out by one of them."""

OPERATIONS = {
    "page": "{ posts(first: 3) { nodes { title tags { name } cover { size } } } }",
    "second page": "{ posts(first: 1, offset: 1) { nodes { title } } }",
    "page and count": "{ posts(first: 2) { totalCount nodes { id } } }",
    "oldest": "{ posts(first: 2, orderBy: { date: ASC }) { pageInfo { hasNextPage } nodes { id } } }",
    "newest from the end": "{ posts(last: 2) { nodes { id } } }",
    "page with room": "{ posts(first: 40) { nodes { id } } }",
    "pages of parents": "{ tags { nodes { posts(first: 1) { nodes { id } } } } }",
    "smallest": "{ assets(first: 2, orderBy: { size: ASC }) { nodes { id } } }",
    "aged": '{ posts(orderBy: [{ title: ASC }], where: { title: { ne: "a" } }) { edges { cursor } } }',
    "count": '{ posts(where: { description: { contains: "b" } }) { totalCount } }',
    "filter through a reference": "{ posts(where: { cover: { size: { gte: 0 } } }) { totalCount } }",
    "filter of a list": '{ posts(where: { tags: { some: { name: { gt: "a" } } } }) { totalCount } }',
    "filter by slug": '{ posts(where: { tags: { some: { slug: { eq: "s1" } } } }) { totalCount } }',
    "filter by no slug": '{ posts(where: { tags: { none: { slug: { eq: "s1" } } } }) { totalCount } }',
    "filter backwards": '{ tags(where: { posts: { some: { title: { ne: "a" } } } }) { totalCount } }',
    "order through a reference": "{ posts(first: 2, orderBy: [{ cover: { alt: ASC } }]) { nodes { id } } }",
    "backwards": "{ tags { nodes { posts(first: 2) { nodes { id } totalCount } } } }",
    "measures": "{ assets { aggregate { max { size } sum { size } } } }",
    "groups": "{ posts { groups(by: [{ cover: VALUE }]) { key { cover } count } } }",
    "search": '{ posts(search: "null or b or tab") { totalCount } search(query: "line") { totalCount } }',
    "look-up": '{ post(slug: "s3") { title } missing: post(slug: "s900") { title } }',
    "singleton": "{ site { title } }",
}  # fmt: skip

Narrow = Callable[[Dependencies], Dependencies]


def without_entries(found: Dependencies) -> Dependencies:
    """Nothing that is shown by id."""
    return replace(found, entries=frozenset())


def without_matches(keep: Callable[[Match], bool]) -> Narrow:
    """Not all that is counted and listed."""
    return lambda found: replace(found, matches=tuple(each for each in found.matches if keep(each)))


def with_matches(narrowed: Callable[[Match], Match]) -> Narrow:
    """Each match less."""
    return lambda found: replace(found, matches=tuple(narrowed(each) for each in found.matches))


def first_of(condition: Condition | None) -> Condition | None:
    """A list of values that has only its first one."""
    match condition:
        case AllOf(parts=parts):
            return AllOf(tuple(each for part in parts if (each := first_of(part)) is not None))
        case AnyOf(parts=parts):
            return AnyOf(tuple(each for part in parts if (each := first_of(part)) is not None))
        case Compare(value=Given(value=tuple(values))):
            return replace(condition, value=Given(values[:1]))
        case _:
            return condition


class OneSide(Span):
    """A stretch that does not notice who crosses it."""

    def is_met(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
        """Only who was or is within."""
        return 0 in (self._side(old), self._side(new))


def spanned(narrowed: Callable[[Span], Span | None]) -> Narrow:
    """Each stretch less; without any, nobody who is moved counts."""

    def narrow(found: Dependencies) -> Dependencies:
        kept = [(each, each.span and narrowed(each.span)) for each in found.matches]
        matches = tuple(replace(each, span=span) for each, span in kept if span or not each.span)
        return replace(found, matches=matches)

    return narrow


def shorter(span: Span) -> Span:
    """As if the page ended with a day more, or a day less, than it does."""
    day = timedelta(days=1)
    least = span.least + day if isinstance(span.least, date) else span.least
    return Span(span.column, least, span.most - day if isinstance(span.most, date) else span.most)


NARROWED: dict[str, Narrow] = {
    "who is moved": spanned(lambda span: None),
    "who is moved across": spanned(lambda span: OneSide(span.column, span.least, span.most)),
    "who is moved near the ends": spanned(shorter),
    "entries": without_entries,
    "all lists": without_matches(lambda match: False),
    "lists of whole types": without_matches(lambda match: match.condition is not None),
    "lists with a condition": without_matches(lambda match: match.condition is None),
    "lists that any column changes": without_matches(lambda match: match.columns is not None),
    "all columns": with_matches(lambda match: replace(match, columns=frozenset())),
    "any column": with_matches(lambda match: replace(match, columns=match.columns or frozenset())),
    "parents but the first": with_matches(lambda match: replace(match, condition=first_of(match.condition))),
    "one type": without_matches(lambda match: match.type != "Tag"),
}  # fmt: skip


@pytest.mark.parametrize("what", [None, *NARROWED], ids=["nothing", *NARROWED])
async def test_what_is_left_out_is_found_out(database: Database, what: str | None) -> None:
    """The same comparison that passes for the dependencies fails for each that leave something out."""
    narrow = NARROWED[what] if what else lambda found: found
    assert bool(await misses(database, narrow)) is (what is not None)


async def test_a_guard_that_is_not_followed_is_found_out(database: Database) -> None:
    """Where a policy hides entries by what they refer to, the rows that it reads are dependencies too."""
    policies = compile_policies(
        MODEL,
        [
            mh.policies(Post, mh.allow("read", to=mh.anyone, when=mh.this.tags.some(mh.this.name != "a"))),
            mh.policies(Tag, mh.allow("read", to=mh.anyone, when=mh.this.name != "b")),
            mh.policies(Author, mh.hide("bio")),
        ],
    )
    engine = Engine(MODEL, OneTransaction(), policies=policies)
    plain = Engine(MODEL, OneTransaction())
    for guarded in (True, False):
        found = await misses(database, lambda each: each, (engine, engine if guarded else plain))
        assert bool(found) is not guarded


async def misses(
    database: Database, narrow: Narrow, engines: tuple[Engine, Engine] | None = None
) -> list[str]:
    """The operations whose answers became other untold. The first engine answers, the second says what its
    answers depend on."""
    answering, telling = engines or (Engine(MODEL, OneTransaction(), limits=UNBOUNDED),) * 2
    chance = random.Random(7)
    world = make_world(MODEL, "live", COUNTS, chance)
    found = []

    async def tracked(name: str) -> Tracked:
        answer = await answering.execute(OPERATIONS[name])
        assert answer.status == 200, answer.body
        _, dependencies = await telling.execute_traced(OPERATIONS[name])
        assert dependencies is not None
        return Tracked(name, answer.body, narrow(dependencies))

    async with fill(database, world) as transaction:
        for engine in (answering, telling):
            engine._reader.transaction = transaction
        before = await read_live(transaction, MODEL)
        answers = {name: await tracked(name) for name in OPERATIONS}
        for _ in range(CHANGES):
            world = change(world, chance)
            await refill(transaction, world)
            after = await read_live(transaction, MODEL)
            touches = touches_between(before, after)
            for name, was in answers.items():
                answers[name] = now = await tracked(name)
                try:
                    track(was, now, touches, Tally())
                except AssertionError:
                    found.append(name)
            before = after
    return found
