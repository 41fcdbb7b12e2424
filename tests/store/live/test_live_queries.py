"""Live queries: asked again when, and only when, a change touches them; sent only when other than before."""

import json

from tests.store.live.house import open_house
from tests.unit.graphql.live.patching import applied

from masthead.content.commands import Unpublish
from masthead.store import Database

TITLES = "query @live { pages(orderBy: {title: ASC}) { nodes { title } } }"


def titles(answer: object) -> list[str]:
    """Those of an answer to TITLES."""
    return [each["title"] for each in answer["data"]["pages"]["nodes"]]  # type: ignore[index]  # JSON


async def test_an_answer_comes_again_when_it_is_another(database: Database) -> None:
    """First as it is, then after each publish and unpublish that changes it."""
    async with open_house(database) as house:
        listener = await house.listen(TITLES)
        assert titles(await listener.next()) == []
        page = await house.desk.public(await house.desk.page("Alpha"))
        assert titles(await listener.next()) == ["Alpha"]
        await house.desk.one(Unpublish(page.entry, page.head))
        assert titles(await listener.next()) == []


async def test_what_is_not_touched_is_not_asked(database: Database) -> None:
    """A query of one page is not asked again when another page, or a draft, changes."""
    async with open_house(database) as house:
        page = await house.desk.public(await house.desk.page("Alpha"))
        other = await house.desk.public(await house.desk.page("Beta"))
        document = "query ($id: ID!) @live { page(id: $id) { title } }"
        listener = await house.listen(document, {"id": str(page.entry)})
        assert (await listener.next())["data"] == {"page": {"title": "Alpha"}}
        before, known = house.queries.evaluations, len(house.changes)
        other = await house.desk.public(await house.desk.save(other, title="Gamma"))
        await house.desk.save(other, title="A draft")
        await house.told(known + 1)
        assert house.queries.evaluations == before
        await house.desk.public(await house.desk.save(page, title="Delta"))
        assert (await listener.next())["data"] == {"page": {"title": "Delta"}}
        assert house.queries.evaluations == before + 1


async def test_the_same_answer_is_not_sent_again(database: Database) -> None:
    """A change that touches the list and leaves what is shown of it as it was."""
    async with open_house(database) as house:
        page = await house.desk.public(await house.desk.page("Alpha"))
        listener = await house.listen("query @live { pages(where: {title: {ne: null}}) { totalCount } }")
        await listener.next()
        known = len(house.changes)
        await house.desk.public(await house.desk.save(page, title="Beta"))
        await house.told(known + 1)
        assert listener.fetch() == []


async def test_queries_of_one_plan_take_one_statement(database: Database) -> None:
    """However many there are, and each gets its own answer; equal ones are one query."""
    async with open_house(database) as house:
        pages = [await house.desk.public(await house.desk.page(f"Page {n}")) for n in range(12)]
        document = "query ($t: String) @live { pages(where: {title: {startsWith: $t}}) { nodes { title } } }"
        asked = [f"Page {n}" for n in range(12)]
        listeners = [await house.listen(document, {"t": each}) for each in [*asked, *asked]]
        for listener, title in zip(listeners, [*asked, *asked], strict=True):
            assert titles(await listener.next())[0] == title
        await house.told(0)
        assert len(house.queries) == 12
        before, known = house.queries.statements, len(house.changes)
        await house.desk.public(await house.desk.save(pages[0], title="Page 1 and more"))
        await house.told(known + 1)
        assert sorted(titles(await listeners[1].next())) == [
            "Page 1",
            "Page 1 and more",
            "Page 10",
            "Page 11",
        ]
        # The answers, and what they depend on.
        assert house.queries.statements - before == 2


async def test_a_slow_client_gets_the_newest_alone(database: Database) -> None:
    """What was between is not kept for it."""
    async with open_house(database) as house:
        listener = await house.listen(TITLES)
        await listener.next()
        page = await house.desk.public(await house.desk.page("One"))
        for number, title in enumerate(("Two", "Three", "Four"), start=2):
            page = await house.desk.public(await house.desk.save(page, title=title))
            await house.told(number)
        (only,) = listener.fetch()
        assert titles(json.loads(only.body)) == ["Four"]


async def test_patches_lead_from_each_answer_to_the_next(database: Database) -> None:
    """`@live(patch: true)`: the first is whole; each patch makes of what the client has what an ordinary
    query answers now."""
    async with open_house(database) as house:
        plain = await house.listen(TITLES)
        patched = await house.listen(TITLES.replace("@live", "@live(patch: true)"))
        first = await patched.next()
        assert first["revision"] == 1
        data = first["data"]
        await plain.next()
        pages = [await house.desk.page(title) for title in ("Beta", "Alpha", "Gamma")]
        for number, page in enumerate(pages, start=1):
            await house.desk.public(page)
            await house.told(number)
            answer = await patched.next()
            data = answer["data"] if "data" in answer else applied(data, answer["patch"])
            assert data == (await plain.next())["data"]
            assert answer["revision"] == number + 1


async def test_a_client_that_has_the_answer_is_not_sent_it(database: Database) -> None:
    """It comes back with the id of the last one: the same bytes have the same id."""
    async with open_house(database) as house:
        page = await house.desk.public(await house.desk.page("Alpha"))
        listener = await house.listen(TITLES)
        await listener.next()
        last = listener.heard[-1].id
        listener.mailbox.close()
        again = await house.listen(TITLES, last=last)
        await house.told(0)
        assert again.fetch() == []
        await house.desk.public(await house.desk.save(page, title="Beta"))
        assert titles(await again.next()) == ["Beta"]


async def test_who_leaves_leaves_nothing_behind(database: Database) -> None:
    """With its last client a query is forgotten, and its plan."""
    async with open_house(database) as house:
        first, second = await house.listen(TITLES), await house.listen(TITLES)
        await first.next()
        await second.next()
        first.mailbox.close()
        assert len(house.queries) == 1
        second.mailbox.close()
        assert len(house.queries) == 0
        await house.desk.public(await house.desk.page("Alpha"))
        await house.told(1)
        assert second.fetch() == []


async def test_changes_while_it_is_asked_are_not_missed(database: Database) -> None:
    """Twenty publications, one after the other, with no look between them: the last answer has all."""
    async with open_house(database) as house:
        listener = await house.listen("query @live { pages(first: 1) { totalCount } }")
        for number in range(20):
            await house.desk.public(await house.desk.page(f"Page {number}"))
        found = await listener.until(lambda each: each["data"]["pages"]["totalCount"] == 20)
        assert found["data"]["pages"]["totalCount"] == 20


async def test_without_the_directive_there_is_one_answer(database: Database) -> None:
    """Nor with `@live(if: false)`."""
    async with open_house(database) as house:
        for document in ("{ pages { totalCount } }", "query @live(if: false) { pages { totalCount } }"):
            listener = await house.listen(document)
            assert (await listener.next())["data"] == {"pages": {"totalCount": 0}}
            assert listener.mailbox.is_over


async def test_what_is_refused_says_why(database: Database) -> None:
    """In the words of any other request."""
    async with open_house(database) as house:
        listener = await house.listen("query @live { nothing }")
        (error,) = (await listener.next())["errors"]
        assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
        assert listener.mailbox.is_over
