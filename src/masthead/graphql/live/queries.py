"""Live queries: each is asked again when a change touches what its answer depends on, and not before."""

import asyncio

import structlog

from masthead.graphql.live.live_query import LiveMailbox, LiveQuery
from masthead.graphql.live.mailbox import Wake
from masthead.graphql.live.query_group import Finish, QueryGroup, take
from masthead.graphql.standing import Standing
from masthead.kernel import UnavailableError
from masthead.query.dependencies import Dependencies, DependencyIndex, is_changed
from masthead.store import Change

log = structlog.get_logger("masthead.graphql")

MOST = 1_000
"""Answers of one statement."""

AT_ONCE = 4
"""Plans that are asked at a time: live queries leave connections to everybody else."""

RETRY = 1.0
"""Seconds before another try when the database does not answer."""

MOST_CHANGES = 10_000
"""Changes that are remembered while a statement runs; behind them everything is asked again."""


class LiveQueries:
    """Those of one process. Tell `on_change` of every change, after its commit and in order."""

    def __init__(self, finish: Finish) -> None:
        self._finish = finish
        self._groups: dict[tuple[int, int], QueryGroup] = {}
        self._index: DependencyIndex[LiveQuery] = DependencyIndex()
        self._unknown: set[LiveQuery] = set()
        self._running: dict[QueryGroup, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)
        self._changes: list[Change | None] = []
        self._by_query: dict[LiveQuery, QueryGroup] = {}
        self.evaluations = 0
        self._past_statements = 0

    def __len__(self) -> int:
        return len(self._by_query)

    @property
    def is_asking(self) -> bool:
        """Whether a statement runs, or will."""
        return bool(self._running)

    @property
    def statements(self) -> int:
        """How many were sent."""
        return self._past_statements + sum(each.statements for each in self._groups.values())

    def listen(
        self, standing: Standing, wake: Wake, known: str | None = None, *, is_patched: bool = False
    ) -> LiveMailbox:
        """The mailbox of a client; close it by `leave`. `known` is the digest of an answer that the client
        has. Raises InputError."""
        key = (id(standing.plan), id(standing.reader))
        group = self._groups.get(key) or QueryGroup(standing, self._finish)
        query = group.query(standing)
        self._groups[key] = group
        self._by_query[query] = group
        mailbox = _Leaving(self, wake, query, known, is_patched=is_patched)
        query.listeners.add(mailbox)
        if query.answer is not None:
            mailbox.notice()
        self._run(group)
        return mailbox

    def leave(self, query: LiveQuery, mailbox: LiveMailbox) -> None:
        """A client listens no more; with the last one the query is forgotten."""
        query.listeners.discard(mailbox)
        group = self._by_query.get(query)
        if query.listeners or group is None:
            return
        del self._by_query[query]
        del group.queries[query.key]
        group.dirty.discard(query)
        self._index.discard(query)
        self._unknown.discard(query)
        if not group.queries:
            self._groups = {key: each for key, each in self._groups.items() if each is not group}
            self._past_statements += group.statements

    def on_change(self, change: Change | None) -> None:
        """What a change touches is asked again; None: everything."""
        if self._running:
            self._changes.append(change if len(self._changes) < MOST_CHANGES else None)
        touched = [*self._by_query] if change is None else [*self._index.touched_by(change), *self._unknown]
        groups: set[QueryGroup] = set()
        for query in touched:
            group = self._by_query[query]
            group.dirty.add(query)
            groups.add(group)
        for group in groups:
            self._run(group)

    async def close(self) -> None:
        """Ask nothing any more."""
        tasks = [*self._running.values()]
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _run(self, group: QueryGroup) -> None:
        if group.dirty and group not in self._running:
            task = asyncio.create_task(self._ask(group))
            self._running[group] = task
            task.add_done_callback(lambda _: self._ended(group))

    def _ended(self, group: QueryGroup) -> None:
        self._running.pop(group, None)
        if not self._running:
            self._changes.clear()
        self._run(group)

    async def _ask(self, group: QueryGroup) -> None:
        async with self._places:
            while group.dirty:
                # What changes from here on is told behind this place, whether or not the answer has it.
                place = len(self._changes)
                queries = take(group.dirty, MOST)
                if not queries:
                    continue
                self.evaluations += len(queries)
                try:
                    told = await group.read(queries)
                except UnavailableError as error:
                    log.warning("live.waits", code=error.code, **error.context)
                    group.dirty.update(each for each in queries if each in self._by_query)
                    await asyncio.sleep(RETRY)
                    continue
                for query, dependencies in told:
                    if query in self._by_query:
                        self._note(group, query, dependencies, self._changes[place:])

    def _note(
        self,
        group: QueryGroup,
        query: LiveQuery,
        dependencies: Dependencies | None,
        since: list[Change | None],
    ) -> None:
        if dependencies is None:
            self._index.discard(query)
            self._unknown.add(query)
        else:
            self._index.add(query, dependencies)
        if any(
            change is None or dependencies is None or is_changed(dependencies, change) for change in since
        ):
            group.dirty.add(query)


class _Leaving(LiveMailbox):
    """A mailbox that takes its client off the query when it is closed."""

    __slots__ = ("_queries",)

    def __init__(
        self, queries: LiveQueries, wake: Wake, query: LiveQuery, known: str | None, *, is_patched: bool
    ) -> None:
        super().__init__(wake, query, known, is_patched=is_patched)
        self._queries = queries

    def close(self) -> None:
        """The client listens no more."""
        super().close()
        self._queries.leave(self._query, self)
