"""The live queries of one plan: asked together, in one statement, as often as something touches them."""

from collections.abc import Awaitable, Callable, Collection, Hashable, Sequence
from typing import Any

import structlog

from masthead.graphql.errors import INTERNAL, RefusedError, mistake, public
from masthead.graphql.live.live_query import LiveQuery
from masthead.graphql.standing import Standing
from masthead.kernel import MastheadError, UnavailableError
from masthead.query import Plan, read_all, together
from masthead.query.dependencies import Dependencies

log = structlog.get_logger("masthead.graphql")

Finish = Callable[[Plan, bytes], Awaitable[bytes]]
"""Makes a response of a plan's answer."""

Told = Sequence[tuple[LiveQuery, Dependencies | None]]


class QueryGroup:
    """Of one plan and one reader. `dirty` are those whose answer may be another."""

    def __init__(self, standing: Standing, finish: Finish) -> None:
        self.plan = standing.plan
        self._trace = standing.trace
        self._trace_plan = standing.trace.plan if standing.trace else None
        self._reader = standing.observed
        self._finish = finish
        self._many = together(self.plan)
        self._many_traced = together(self._trace_plan) if self._trace_plan else None
        self.queries: dict[Hashable, LiveQuery] = {}
        self.dirty: set[LiveQuery] = set()
        self.statements = 0

    def query(self, standing: Standing) -> LiveQuery:
        """The one of a standing operation of this plan. Raises InputError."""
        arguments = self.plan.arguments(standing.values)
        key = (id(self), _frozen(arguments))
        found = self.queries.get(key)
        if found is None:
            plan = self._trace_plan
            traced = [] if plan is None or plan.constant is not None else plan.arguments(standing.values)
            found = self.queries[key] = LiveQuery(key, arguments, traced, standing.values)
            self.dirty.add(found)
        return found

    async def read(self, queries: Sequence[LiveQuery]) -> Told:
        """Have the queries answered, and say what each answer depends on. One that fails is over. Raises
        UnavailableError while the database does not answer."""
        try:
            return await self._read(queries)
        except MastheadError as error:
            if isinstance(error, UnavailableError) and error.code != "statement-timeout":
                raise
            if len(queries) > 1:  # it may be the fault of one of them, or of their number
                return [told for each in queries for told in await self.read([each])]
            log.warning("live.failed", code=error.code, **error.context)
            return self._failed(queries, RefusedError([public(error)]))
        except Exception:  # the boundary: clients get an answer, the log gets the reason
            log.exception("live.crashed")
            return self._failed(
                queries, RefusedError([mistake(INTERNAL, "The server failed.", "Its log says why.")])
            )

    def _failed(self, queries: Sequence[LiveQuery], reason: RefusedError) -> Told:
        for each in queries:
            each.fail(reason.body())
        return []

    async def _read(self, queries: Sequence[LiveQuery]) -> Told:
        data = await read_all(self._reader, self.plan, self._many, [each.arguments for each in queries])
        self.statements += 1
        depends = await self._dependencies(queries)
        for query, answer in zip(queries, data, strict=True):
            query.put(await self._finish(self.plan, answer))
        return [*zip(queries, depends, strict=True)]

    async def _dependencies(self, queries: Sequence[LiveQuery]) -> Sequence[Dependencies | None]:
        trace, plan = self._trace, self._trace_plan
        if trace is None:
            return [None] * len(queries)
        named: Sequence[bytes | None] = [None] * len(queries)
        if plan is not None and plan.constant is None:
            named = await read_all(self._reader, plan, self._many_traced, [each.traced for each in queries])
            self.statements += 1
        return [trace.dependencies(each, query.values) for each, query in zip(named, queries, strict=True)]


def take(dirty: set[LiveQuery], most: int) -> list[LiveQuery]:
    """At most so many of them, which are in it no more."""
    found = [dirty.pop() for _ in range(min(most, len(dirty)))]
    return [each for each in found if each.listeners]


def _frozen(value: Any) -> Hashable:
    if isinstance(value, Collection) and not isinstance(value, str | bytes):
        return tuple(_frozen(each) for each in value)
    return (type(value), value)
