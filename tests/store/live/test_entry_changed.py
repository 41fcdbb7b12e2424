"""`subscription { entryChanged }`: what is told, to whom, and from where."""

from typing import Any

from tests.store.live.house import Listener, open_house

from masthead.content.commands import Archive, Unpublish
from masthead.events import head_position
from masthead.store import Database

CHANGED = """
subscription ($types: [String!], $ids: [ID!], $since: BigInt) {
  entryChanged(types: $types, ids: $ids, since: $since) {
    position kind id type at entry { id ... on Page { title } }
  }
}
"""


async def heard(listener: Listener) -> dict[str, Any]:
    """The next event."""
    found: dict[str, Any] = (await listener.next())["data"]["entryChanged"]
    return found


async def test_publishing_and_unpublishing_is_told(database: Database) -> None:
    """Each with the entry as it is then; a draft is told to nobody."""
    async with open_house(database) as house:
        listener = await house.listen(CHANGED)
        draft = await house.desk.page("Alpha")
        page = await house.desk.public(draft)
        event = await heard(listener)
        assert (event["kind"], event["id"], event["type"]) == ("PUBLISHED", str(page.entry), "Page")
        assert event["entry"] == {"id": str(page.entry), "title": "Alpha"}
        saved = await house.desk.save(page, title="Beta")
        await house.desk.public(saved)
        assert (await heard(listener))["entry"]["title"] == "Beta"
        await house.desk.one(Unpublish(page.entry, saved.head))
        event = await heard(listener)
        assert (event["kind"], event["id"], event["entry"]) == ("UNPUBLISHED", str(page.entry), None)


async def test_archiving_what_was_public_is_told(database: Database) -> None:
    """As that it is not public any more; of a draft it is not."""
    async with open_house(database) as house:
        listener = await house.listen(CHANGED)
        draft, page = await house.desk.page("Draft"), await house.desk.public(await house.desk.page("Alpha"))
        assert (await heard(listener))["kind"] == "PUBLISHED"
        await house.desk.one(Archive(draft.entry, draft.head))
        await house.desk.one(Archive(page.entry, page.head))
        event = await heard(listener)
        assert (event["kind"], event["id"]) == ("UNPUBLISHED", str(page.entry))


async def test_types_and_ids_choose(database: Database) -> None:
    """One hears of what one asked for alone."""
    async with open_house(database) as house:
        pages = [await house.desk.page(title) for title in ("Alpha", "Beta")]
        authors = await house.listen(CHANGED, {"types": ["Author"]})
        second = await house.listen(CHANGED, {"ids": [str(pages[1].entry)]})
        for page in pages:
            await house.desk.public(page)
        author = await house.desk.public(await house.desk.author_entry())
        assert (await heard(authors))["id"] == str(author.entry)
        assert (await heard(second))["id"] == str(pages[1].entry)
        assert [len(each.heard) for each in (authors, second)] == [1, 1]


async def test_a_client_resumes_where_it_was(database: Database) -> None:
    """By the position, or by the id of the last payload: it misses nothing, and hears nothing twice."""
    async with open_house(database) as house:
        listener = await house.listen(CHANGED)
        first = await house.desk.public(await house.desk.page("First"))
        event = await heard(listener)
        assert event["id"] == str(first.entry)
        assert listener.heard[-1].id == event["position"]
        listener.mailbox.close()
        missed = await house.desk.public(await house.desk.page("Missed"))
        witness = await house.listen(CHANGED, {"since": "0"})
        await witness.until(lambda each: each["data"]["entryChanged"]["id"] == str(missed.entry))
        for again in (
            await house.listen(CHANGED, {"since": event["position"]}),
            await house.listen(CHANGED, last=event["position"]),
        ):
            assert (await heard(again))["id"] == str(missed.entry)
            new = str((await house.desk.public(await house.desk.page("New"))).entry)
            await again.until(lambda each, new=new: each["data"]["entryChanged"]["id"] == new)
            positions = [int(each.id or 0) for each in again.heard]
            assert positions == sorted({*positions})


async def test_one_statement_for_all_who_ask_alike(database: Database) -> None:
    """Thirty clients, one event, one statement."""
    async with open_house(database) as house:
        page = await house.desk.page("Alpha")
        listeners = [await house.listen(CHANGED, {"types": ["Page"]}) for _ in range(30)]
        before = house.events.statements
        await house.desk.public(page)
        for listener in listeners:
            assert (await heard(listener))["id"] == str(page.entry)
        assert house.events.statements - before == 1


async def test_who_is_too_far_behind_is_let_go(database: Database) -> None:
    """With the reason, and what waited is not kept."""
    async with open_house(database, longest=3) as house:
        listener = await house.listen(CHANGED)
        for number in range(5):
            await house.desk.public(await house.desk.page(f"Page {number}"))
        witness = await house.listen(CHANGED, {"since": str(await head_position(database.drafts) - 2)})
        await heard(witness)
        refused = await listener.until(lambda each: "errors" in each)
        assert refused["errors"][0]["extensions"]["code"] == "LIVE_LAGGED"
        assert listener.mailbox.is_over


async def test_what_cannot_be_subscribed_to_is_refused(database: Database) -> None:
    """An unknown type, a wrong id; and a subscription where one answer is expected."""
    async with open_house(database) as house:
        for variables in ({"types": ["Nothing"]}, {"ids": ["x"]}):
            refused = await (await house.listen(CHANGED, variables)).next()
            assert refused["errors"][0]["extensions"]["code"] in ("BAD_USER_INPUT", "ID_INVALID")
        answer = await house.engine.execute(CHANGED)
        assert answer.status == 400
        assert b"SUBSCRIPTION_NEEDS_STREAM" in answer.body
