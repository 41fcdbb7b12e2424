"""A receiver whose events come by the consumer, with its cursor, as in a worker."""

from collections.abc import Sequence

from tests.store.webhooks.post import happen
from tests.store.webhooks.test_sending import Post

from masthead.events import Relay, StoredEvent, consume
from masthead.events.consuming import begin
from masthead.events.frontier import Frontier
from masthead.jobs import RetryJob
from masthead.kernel import utc_now
from masthead.store import Transaction
from masthead.webhooks import CONSUMER, expand


class Consumed(Post):
    """Events have positions when they are written, and become deliveries when the consumer's turn comes."""

    async def tell(self, number: int, **data: object) -> list[str]:
        """Events happen and become deliveries."""
        found = await self.write(number, **data)
        await self.expand()
        return found

    async def write(self, number: int, **data: object) -> list[str]:
        """Events happen; the consumer has not seen them."""
        found = await happen(self.database, number, **data)
        head = (await self.database.drafts.fetch("SELECT position FROM masthead.event_head"))[0]["position"]
        async with self.database.sole("nothing") as session:
            await Relay(self.database).give(session, head, Frontier())
        return found

    async def expand(self, size: int = 500) -> int:
        """A batch of the consumer; how many events."""

        async def handle(transaction: Transaction, events: Sequence[StoredEvent]) -> None:
            await expand(transaction, events, "https://example.org", utc_now())

        await begin(self.database, CONSUMER, is_from_now=False)
        return await consume(self.database, CONSUMER, handle, size=size)

    async def send(self) -> None:
        """Whatever is due is sent, by lanes and one by one; what fails waits."""
        for each in sorted(await self.deliveries(), key=lambda delivery: delivery.position):
            try:
                await self.lane(each.lane)
                await self.one(each)
            except RetryJob:
                continue

    async def put_off_jobs(self) -> None:
        """As a worker does it with those of what has failed."""
        async with self.database.transaction() as transaction:
            await transaction.execute("UPDATE masthead.job SET execute_after = now() + interval '1 h'")

    async def jobs_due(self) -> int:
        """How many would run now."""
        rows = await self.database.drafts.fetch(
            "SELECT count(*) AS number FROM masthead.job WHERE execute_after <= now()"
        )
        return int(rows[0]["number"])
