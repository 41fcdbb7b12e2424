"""Nobody hears of what it may not see: drafts, entries that a policy hides, fields that it hides.

A secret word is in every text that must not be heard; what each listener heard is searched for it, and
for the ids of what is hidden.
"""

from tests.store.content.commands.desk import MODEL
from tests.store.live.house import House, Listener, open_house

import masthead as mh
from masthead.access import ANONYMOUS, EDITOR, Viewer, compile_policies
from masthead.content.commands import Archive, Changed, Delete, Unpublish
from masthead.kernel import new_id
from masthead.model import Page
from masthead.store import Database

SECRET = "Xylophone"

HIDING = compile_policies(
    MODEL,
    [
        mh.policies(
            Page,
            mh.allow("read", to=mh.anyone, when=mh.this.title != SECRET),
            mh.allow("read", to="editor"),
            mh.hide("description"),
        )
    ],
)

OPERATIONS = (
    "subscription { entryChanged { kind id type entry { id path ... on Page { title description } } } }",
    "subscription { entryChanged { kind id type } }",
    "subscription { entryChanged(since: 0) { id } }",
    "query @live { pages { totalCount nodes { id title description body { text } } } }",
    "query @live(patch: true) { pages(first: 5) { aggregate { max { title } } nodes { id } } }",
    f'query @live {{ pages(search: "{SECRET}") {{ totalCount nodes {{ id title }} }} }}',
)


async def all_listening(house: House, viewer: Viewer) -> list[Listener]:
    """Every operation, begun."""
    return [await house.listen(each, viewer=viewer) for each in OPERATIONS]


async def everything_heard(house: House, listeners: list[Listener]) -> bytes:
    """Whatever was told, when something that everybody may hear of has come behind it."""
    sentinel = await house.desk.public(await house.desk.page("Sentinel"))
    for listener in listeners:
        if b"entryChanged" in OPERATIONS[listeners.index(listener)].encode():
            await listener.until(lambda each: each["data"]["entryChanged"]["id"] == str(sentinel.entry))
    await house.told(len(house.changes))
    for listener in listeners:
        listener.fetch()
    return b"\n".join(payload.body for listener in listeners for payload in listener.heard)


async def a_secret_life(house: House) -> Changed:
    """A page with the secret title, from its draft to its end."""
    desk = house.desk
    page = await desk.page(SECRET, f"{SECRET}\n", description=SECRET)
    page = await desk.public(page)
    page = await desk.public(await desk.save(page, description=f"{SECRET} again"))
    await desk.one(Unpublish(page.entry, page.head))
    page = await desk.public(page)
    await desk.one(Archive(page.entry, page.head))
    await desk.one(Delete(page.entry, page.head))
    return page


async def test_drafts_are_heard_of_by_nobody(database: Database) -> None:
    """Nor that they are made, saved, archived or deleted."""
    async with open_house(database) as house:
        listeners = await all_listening(house, ANONYMOUS)
        draft = await house.desk.page(SECRET, f"{SECRET}\n")
        draft = await house.desk.save(draft, description=SECRET)
        await house.desk.one(Archive(draft.entry, draft.head))
        await house.desk.one(Delete(draft.entry, draft.head))
        public = await house.desk.public(await house.desk.page("Public"))
        await house.desk.save(public, title=SECRET)
        heard = await everything_heard(house, listeners)
        assert str(public.entry).encode() in heard
        assert str(draft.entry).encode() not in heard
        assert SECRET.encode() not in heard


async def test_what_a_policy_hides_is_not_heard_of(database: Database) -> None:
    """Neither while it is public nor when it goes, by any operation."""
    async with open_house(database, HIDING) as house:
        listeners = await all_listening(house, ANONYMOUS)
        page = await a_secret_life(house)
        heard = await everything_heard(house, listeners)
        assert str(page.entry).encode() not in heard
        assert SECRET.encode() not in heard


async def test_who_comes_later_is_not_told_of_it_either(database: Database) -> None:
    """The past is read with the same eyes."""
    async with open_house(database, HIDING) as house:
        page = await a_secret_life(house)
        heard = await everything_heard(house, await all_listening(house, ANONYMOUS))
        assert str(page.entry).encode() not in heard
        assert SECRET.encode() not in heard


async def test_who_may_see_it_hears_of_it(database: Database) -> None:
    """The same life, heard by an editor: so the tests above do not pass for being deaf."""
    async with open_house(database, HIDING) as house:
        editor = Viewer(new_id(), frozenset({EDITOR}))
        listeners = await all_listening(house, editor)
        page = await house.desk.public(await house.desk.page(SECRET, f"{SECRET}\n"))
        heard = await everything_heard(house, listeners)
        assert str(page.entry).encode() in heard
        assert SECRET.encode() in heard


async def test_equal_questions_of_different_viewers_are_answered_apart(database: Database) -> None:
    """An anonymous one and an editor ask the same at the same time."""
    async with open_house(database, HIDING) as house:
        document = "query @live { pages { nodes { title } } }"
        editor = Viewer(new_id(), frozenset({EDITOR}))
        nobody, somebody = await house.listen(document), await house.listen(document, viewer=editor)
        await nobody.next()
        await somebody.next()
        await house.desk.public(await house.desk.page(SECRET))
        assert (await somebody.next())["data"]["pages"]["nodes"] == [{"title": SECRET}]
        await house.told(len(house.changes))
        assert nobody.fetch() == []
