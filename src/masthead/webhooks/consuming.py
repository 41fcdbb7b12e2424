"""The consumer of events that makes deliveries of them."""

from collections.abc import Sequence

from masthead.events import StoredEvent, run_consumer
from masthead.kernel import utc_now
from masthead.store import Database, Transaction
from masthead.webhooks.expanding import SourceOf, expand
from masthead.webhooks.gaps import CONSUMER


async def keep_expanding(database: Database, source_of: SourceOf) -> None:
    """Until cancelled; of all processes one at a time. A delivery is written once, with its job."""

    async def handle(transaction: Transaction, events: Sequence[StoredEvent]) -> None:
        await expand(transaction, events, await source_of(), utc_now())

    # From the oldest that is kept: which events are too old for an endpoint, the endpoint knows.
    await run_consumer(database, CONSUMER, handle)
