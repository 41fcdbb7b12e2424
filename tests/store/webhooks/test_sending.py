"""What the jobs do with deliveries, by a receiver in this process that answers as it is told."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.store.webhooks.post import ORIGIN, happen, states

from masthead.events import Relay, read_events
from masthead.events.frontier import Frontier
from masthead.jobs import JobRun, RetryJob, read_jobs
from masthead.kernel import InputError, utc_now
from masthead.store import Database
from masthead.webhooks import (
    Again,
    Attempts,
    Delivery,
    Endpoint,
    Endpoints,
    Message,
    Reply,
    Schedule,
    Sending,
    Wanted,
    expand,
    list_deliveries,
)

OK, BAD = Reply(204), Reply(500, b"no")
URL = "https://example.org/in"


class Post:
    """A receiver, and the jobs that send to it."""

    def __init__(self, database: Database, *answers: Reply) -> None:
        self.database = database
        self.sent: list[str] = []
        self._answers = list(answers)
        schedule = Schedule((timedelta(hours=1),))
        self.sending = Sending(database, Attempts(database, self._send, schedule))
        self.again = Again(database, self._source)

    async def _send(self, message: Message) -> Reply:
        self.sent.append(message.headers["webhook-id"])
        return self._answers.pop(0) if self._answers else OK

    async def _source(self) -> str:
        return "https://example.org"

    async def endpoint(self, **wanted: object) -> Endpoint:
        """An endpoint."""
        return (await Endpoints(self.database).create(Wanted(URL, **wanted), ORIGIN))[0]  # type: ignore[arg-type]  # a test says them right

    async def tell(self, number: int, **data: object) -> list[str]:
        """Events happen and become deliveries."""
        found = await happen(self.database, number, **data)
        async with self.database.sole("nothing") as session:
            head = await self.database.drafts.fetch("SELECT position FROM masthead.event_head")
            await Relay(self.database).give(session, head[0]["position"], Frontier())
        async with self.database.transaction() as transaction:
            events = await read_events(transaction, head[0]["position"])
            await expand(transaction, events, "https://example.org", utc_now())
        return found

    async def deliveries(self) -> list[Delivery]:
        """All, the oldest first."""
        return (await list_deliveries(self.database.drafts))[::-1]

    async def lane(self, lane: UUID) -> None:
        """The job of a lane runs."""
        await self.sending.deliver_lane(JobRun(1, "webhook.lane", {"lane": str(lane)}))

    async def one(self, delivery: Delivery) -> None:
        """The job of a delivery runs."""
        await self.sending.deliver(JobRun(1, "webhook.delivery", {"delivery": str(delivery.id)}))

    async def jobs(self) -> list[str]:
        """Which jobs there are."""
        found = await read_jobs(self.database.drafts)
        return sorted(each.kind for each in found if each.kind.startswith("webhook."))

    async def pass_time(self) -> None:
        """What is to be sent later is to be sent now."""
        async with self.database.transaction() as transaction:
            await transaction.execute("UPDATE masthead.webhook_delivery SET due_at = now() - interval '1 h'")


async def test_an_event_becomes_one_delivery_for_each_that_wants_it(database: Database) -> None:
    """By type and by condition; from its making on; none while it is disabled."""
    post = Post(database)
    await post.tell(1)
    wants = await post.endpoint(types=["content.entry.*"], condition={"type": "post"})
    await post.endpoint(types=["content.release.*"])
    await post.endpoint(condition={"type": "page"})
    off = await post.endpoint()
    await Endpoints(database).change(off.id, Wanted(is_enabled=False), ORIGIN)
    (event,) = await post.tell(1)
    (delivery,) = await post.deliveries()
    assert (delivery.endpoint, str(delivery.event), delivery.position) == (wants.id, event, 2)
    assert await post.jobs() == ["webhook.delivery"]


async def test_in_an_ordered_lane_what_fails_holds_what_comes_later(database: Database) -> None:
    """Until it has arrived; then they come in order."""
    post = Post(database, BAD)
    endpoint = await post.endpoint(is_ordered=True)
    events = await post.tell(3)
    assert await post.jobs() == ["webhook.lane"]
    for _ in range(2):
        with pytest.raises(RetryJob):
            await post.lane(endpoint.id)
    assert post.sent == events[:1]
    await post.pass_time()
    await post.lane(endpoint.id)
    assert post.sent == [events[0], *events]


async def test_a_dead_letter_lets_its_lane_go_on_and_can_be_redriven(database: Database) -> None:
    """With all its attempts, in a lane of its own, once."""
    post = Post(database, BAD, BAD)
    endpoint = await post.endpoint(is_ordered=True)
    events = await post.tell(2)
    with pytest.raises(RetryJob):
        await post.lane(endpoint.id)
    await post.pass_time()
    await post.lane(endpoint.id)
    dead, done = await post.deliveries()
    assert (dead.state, dead.reason, done.state) == ("dead", "2 attempts have failed.", "done")
    assert await post.again.redrive(endpoint.id, ORIGIN) == 1
    assert await post.again.redrive(endpoint.id, ORIGIN) == 0
    revived = (await post.deliveries())[0]
    assert (revived.state, revived.attempts) == ("pending", 0)
    assert revived.lane != endpoint.id
    await post.lane(revived.lane)
    assert post.sent == [events[0], events[0], events[1], events[0]]
    assert await states(database) == {"done": 2}


async def test_what_a_relaxed_endpoint_refuses_holds_nothing(database: Database) -> None:
    """Each by itself."""
    post = Post(database, BAD)
    await post.endpoint()
    events = await post.tell(2)
    first, second = await post.deliveries()
    with pytest.raises(RetryJob) as caught:
        await post.one(first)
    assert timedelta(minutes=53) < caught.value.at - utc_now() < timedelta(minutes=67)
    await post.one(second)
    await post.one(second)  # a run too many sends nothing
    assert post.sent == events


async def test_a_delivery_is_sent_again_with_the_same_id(database: Database) -> None:
    """Also one that has arrived; not where the endpoint is disabled."""
    post = Post(database)
    endpoint = await post.endpoint()
    (event,) = await post.tell(1)
    (delivery,) = await post.deliveries()
    await post.one(delivery)
    await post.one(await post.again.resend(delivery.id, ORIGIN))
    assert post.sent == [event, event]
    await Endpoints(database).change(endpoint.id, Wanted(is_enabled=False), ORIGIN)
    with pytest.raises(InputError, match="webhook-disabled"):
        await post.again.resend(delivery.id, ORIGIN)


async def test_a_replay_does_not_wait_for_the_lane_of_live_events(database: Database) -> None:
    """Nor does that for it."""
    post = Post(database, BAD)
    endpoint = await post.endpoint(is_ordered=True)
    events = await post.tell(3)
    with pytest.raises(RetryJob):
        await post.lane(endpoint.id)
    lane, number = await post.again.replay(endpoint.id, 2, 3, ORIGIN)
    await post.lane(lane)
    assert number == 2
    assert post.sent == [events[0], *events[1:]]
    with pytest.raises(InputError, match="webhook-range"):
        await post.again.replay(endpoint.id, 3, 2, ORIGIN)


async def test_what_lost_its_job_gets_another(database: Database) -> None:
    """By the sweep, once it should have been sent for a minute."""
    post = Post(database)
    await post.endpoint()
    await post.endpoint(is_ordered=True)
    await post.tell(2)
    async with database.transaction() as transaction:
        await transaction.execute("DELETE FROM masthead.job")
    await post.sending.sweep(JobRun(1, "webhook.sweep"))
    assert await post.jobs() == []
    await post.pass_time()
    await post.sending.sweep(JobRun(1, "webhook.sweep"))
    assert await post.jobs() == ["webhook.delivery", "webhook.delivery", "webhook.lane"]


@pytest.mark.parametrize("is_ordered", [True, False])
async def test_an_endpoint_may_take_the_other_order(database: Database, is_ordered: bool) -> None:
    """The jobs that it has hand over to the others: nothing is sent by both."""
    post = Post(database)
    endpoint = await post.endpoint(is_ordered=not is_ordered)
    await post.tell(2)
    await Endpoints(database).change(endpoint.id, Wanted(is_ordered=is_ordered), ORIGIN)
    if is_ordered:
        for each in await post.deliveries():
            await post.one(each)
    else:
        await post.lane(endpoint.id)
    assert post.sent == []
    assert {"webhook.delivery", "webhook.lane"} == set(await post.jobs())


async def test_disabling_makes_dead_letters(database: Database) -> None:
    """Of what waits; nothing more is sent."""
    post = Post(database)
    endpoint = await post.endpoint()
    await post.tell(2)
    await Endpoints(database).change(endpoint.id, Wanted(is_enabled=False), ORIGIN)
    for each in await post.deliveries():
        await post.one(each)
    assert post.sent == []
    assert await states(database) == {"dead": 2}
