"""Connections to PostgreSQL: a pool that writes, and a pool that reads what is public and no more."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import asyncpg
import structlog

from masthead.kernel import UnavailableError
from masthead.store.failure import CONNECTING
from masthead.store.held_connections import HeldConnections
from masthead.store.reader import Reader
from masthead.store.sole import Sole, open_sole
from masthead.store.transaction import Transaction, begin
from masthead.store.wakes import Wakes, open_wakes
from masthead.store.waking import Waking

READER_ROLE = "masthead_reader"
"""The role of anonymous reads: it has grants on `live` and on nothing else."""

CHANGES = "masthead_changes"
"""The channel that is notified, after the commit, when what is public has changed."""

log = structlog.get_logger("masthead.store")


class Database:
    """One PostgreSQL database. `public` reads as the anonymous role; `drafts` reads everything, as
    `editorial` does for those who are signed in: without writing, and not for long."""

    def __init__(self, url: str, owner: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._url = url
        self._owner = owner
        self._public: asyncpg.Pool[asyncpg.Record] | None = None
        self._held: HeldConnections | None = None
        self._signed_in: asyncpg.Pool[asyncpg.Record] | None = None
        self._editorial: HeldConnections | None = None
        self._waking = Waking(self.notify)
        self.drafts = Reader(owner)

    @property
    def public(self) -> Reader:
        """Reads of what is live; open only after `open_public`."""
        if self._held is None:
            raise AssertionError("open_public comes first")
        return Reader(self._held)

    @property
    def editorial(self) -> Reader:
        """Reads of everything, for plans that guard it; open only after `open_editorial`."""
        if self._editorial is None:
            raise AssertionError("open_editorial comes first")
        return Reader(self._editorial)

    async def open_editorial(self, size: int = 8, longest: float = 10.0) -> None:
        """Open the pool of signed-in readers, of `size` connections as the owner, which write nothing; a
        statement may take `longest` seconds. Once is enough."""
        if self._editorial is not None:
            return
        self._signed_in = await _pool(self._url, size, _reading(longest))
        self._editorial = HeldConnections(self._signed_in, size)

    async def open_public(self, size: int = 16, longest: float = 10.0) -> None:
        """Open the anonymous pool of `size` connections; a statement may take `longest` seconds.

        Where the server does not have the anonymous role, says so in the log and reads as the owner.
        """
        has_role = await self._owner.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", READER_ROLE)
        settings = _reading(longest)
        if has_role and await self._may_become_reader():
            settings["role"] = READER_ROLE
        else:
            log.warning("store.no_reader_role", role=READER_ROLE, consequence="reads run as the owner")
        self._public = await _pool(self._url, size, settings)
        self._held = HeldConnections(self._public, size)

    async def _may_become_reader(self) -> bool:
        return bool(await self._owner.fetchval("SELECT pg_has_role($1, 'MEMBER')", READER_ROLE))

    @asynccontextmanager
    async def transaction(self, opening: str = "") -> AsyncIterator[Transaction]:
        """One transaction: committed when the block ends, undone when it raises. `opening` is a statement
        without parameters that comes first, and costs no round trip."""
        async with (
            self._owner.acquire() as connection,
            begin(connection, opening) as transaction,  # type: ignore[arg-type]  # a proxy with the same methods
        ):
            yield transaction
        for channel in transaction.channels:
            self._waking.wake(channel)

    def wake(self, channel: str) -> None:
        """Notify a channel in the background. Call it after the commit."""
        self._waking.wake(channel)

    def listening_to(
        self, channel: str, hear: Callable[[str], None] | None = None
    ) -> AbstractAsyncContextManager[Wakes]:
        """Notifications on a channel, while the block lasts; `hear` gets what they say.
        Raises UnavailableError."""
        return open_wakes(self._url, channel, hear)

    def sole(self, channel: str) -> AbstractAsyncContextManager[Sole]:
        """A session that can be the only one of its kind, while the block lasts. Raises UnavailableError."""
        return open_sole(self._url, channel)

    async def notify(self, channel: str) -> None:
        """Wake whoever listens to a channel. Call it after the commit; not to be relied on alone."""
        await self._owner.execute(_NOTIFY, channel)

    async def is_alive(self) -> bool:
        """Whether a statement runs now."""
        try:
            return bool(await self._owner.fetchval("SELECT true", timeout=2))
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
            return False

    async def close(self) -> None:
        """Close all pools; waits for what is running."""
        await self._waking.close()
        for held in (self._held, self._editorial):
            if held is not None:
                await held.close()
        for pool in (self._public, self._signed_in, self._owner):
            if pool is not None:
                await pool.close()


@asynccontextmanager
async def open_database(url: str, size: int = 4, connecting: float = CONNECTING) -> AsyncIterator[Database]:
    """The database at `url`, with `size` connections that may write, each made within `connecting` seconds.

    Raises UnavailableError when nothing answers there.
    """
    database = Database(url, await _pool(url, size, _WRITING, connecting))
    try:
        yield database
    finally:
        await database.close()


def _reading(longest: float) -> dict[str, str]:
    return {"default_transaction_read_only": "on", "statement_timeout": str(int(longest * 1000))}


_NOTIFY = "SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, '')"
"""Without waiting for the disk: it is not lost to those who listen now, and means nothing to others."""

_SESSION = {
    "jit": "off",
    "search_path": "",
    "timezone": "UTC",
    # Pages are in memory or on an SSD. The default of 4 makes PostgreSQL read 200 authors for each of
    # 20 posts rather than look two of them up: 0.48 ms against 0.28.
    "random_page_cost": "1.1",
}


_WRITING = {
    # A transaction whose process was stopped or cut off holds its locks, and everybody up, for so long.
    "idle_in_transaction_session_timeout": "60s",
}


async def _pool(
    url: str, size: int, settings: Mapping[str, str], connecting: float = CONNECTING
) -> "asyncpg.Pool[asyncpg.Record]":
    try:
        return await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=size,
            init=_set_codecs,
            reset=_keep,
            # The driver forgets statements after five minutes and never keeps those above 15 KB.
            statement_cache_size=200,
            max_cached_statement_lifetime=0,
            max_cacheable_statement_size=0,
            server_settings={**_SESSION, **settings},
            timeout=connecting,
        )
    except (OSError, asyncpg.PostgresError, ValueError) as error:
        raise UnavailableError(
            "database-unavailable",
            f"PostgreSQL does not answer: {str(error) or 'no word within the time'}.",
            "Start it, or mend DATABASE_URL.",
            context={"url": _without_password(url)},
        ) from error


async def _set_codecs(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """`json` values pass through as the bytes PostgreSQL sent: decoding 18 KB costs 362 µs, passing 65."""
    await connection.set_type_codec(
        "json", schema="pg_catalog", encoder=_same, decoder=_same, format="binary"
    )


async def _keep(_: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Instead of asyncpg's reset, which sends four statements a request: nothing here changes a session."""


def _same(value: bytes) -> bytes:
    return value


def _without_password(url: str) -> str:
    scheme, _, rest = url.partition("?")[0].partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
