"""Links: made by who may read the draft, worth something until they end, listed, turned off."""

import asyncio
from datetime import timedelta

import pytest
from tests.store.content.commands.desk import DATE, MODEL, person
from tests.store.content.previews.counter import Counter, forged

from masthead.access import ANONYMOUS, AUTHOR, EDITOR, OWNER
from masthead.content.commands import Actor, Archive, Create, DropRelease, ReleaseItem
from masthead.content.previews import OfLatest, OfRelease, OfRevision, Previews
from masthead.kernel import AccessError, InputError, NotFoundError, new_id


async def test_a_link_lasts_a_week_unless_it_says_otherwise(counter: Counter) -> None:
    """It works until the very second, and not then."""
    link = await counter.latest(await counter.desk.post())
    assert timedelta(days=7) - timedelta(seconds=1) < link.preview.expires_at - counter.clock.now
    counter.clock.now = link.preview.expires_at - timedelta(microseconds=1)
    assert await counter.previews.open(link.token) is not None
    counter.clock.now = link.preview.expires_at
    assert await counter.previews.open(link.token) is None


async def test_no_link_lasts_longer_than_a_month(counter: Counter) -> None:
    """The refusal says how long one may last, and is in the audit log."""
    made = await counter.desk.post()
    for lasts in (timedelta(days=30, seconds=1), timedelta(seconds=59), timedelta(days=-1)):
        with pytest.raises(InputError, match="30 days at most"):
            await counter.previews.create(OfLatest(made.entry), counter.desk.editor, lasts)
    assert (await counter.desk.audit())[-1] == ("preview.create", "refused", "preview-lasting")


async def test_a_forged_link_is_refused(counter: Counter) -> None:
    """Whatever bit of id, moment or signature is another."""
    link = await counter.latest(await counter.desk.post())
    assert len(link.token) == 75
    for place in range(56):
        assert await counter.previews.open(forged(link.token, place)) is None
    for token in ("", "a", link.token[:-1], link.token + "A", "ü" * 75, "\0" * 75, link.token.upper()):
        assert await counter.previews.open(token) is None


async def test_a_link_of_another_publication_is_refused(counter: Counter) -> None:
    """Its key is another: each makes its own when it is first needed."""
    link = await counter.latest(await counter.desk.post())
    await counter.desk.rows("DELETE FROM masthead.secret RETURNING name")
    assert await Previews(counter.desk.database, MODEL).open(link.token) is None


async def test_two_processes_that_make_the_key_at_once_have_the_same(counter: Counter) -> None:
    """So the links of one are good for the other."""
    made = await counter.desk.post()
    others = [Previews(counter.desk.database, MODEL) for _ in range(4)]
    links = await asyncio.gather(*(each.create(OfLatest(made.entry), counter.desk.editor) for each in others))
    for link in links:
        for each in others:
            assert await each.open(link.token) is not None


async def test_a_link_that_is_turned_off_shows_nothing(counter: Counter) -> None:
    """At once, and turning it off again is no mistake."""
    link = await counter.latest(await counter.desk.post())
    assert await counter.previews.open(link.token) is not None
    await counter.previews.revoke(link.preview.id, counter.desk.editor)
    await counter.previews.revoke(link.preview.id, counter.desk.editor)
    assert await counter.previews.open(link.token) is None
    assert await counter.previews.list(counter.desk.editor) == []
    told = [line for line in await counter.desk.audit() if line[0].startswith("preview.")]
    assert told == [("preview.create", "done", None), ("preview.revoke", "done", None)]


async def test_a_link_needs_the_right_to_read_the_draft(counter: Counter) -> None:
    """Of an entry that somebody may not know of there is none; what is public of it is something else."""
    made = await counter.desk.save(await counter.desk.public(await counter.desk.post()), title="Secret")
    stranger = person(AUTHOR)
    for subject in (OfLatest(made.entry), OfRevision(made.entry, made.head), OfLatest(new_id())):
        with pytest.raises(NotFoundError, match="There is no entry"):
            await counter.previews.create(subject, stranger)
    with pytest.raises(AccessError, match="Nobody is signed in"):
        await counter.previews.create(OfLatest(made.entry), Actor.of(ANONYMOUS, "api"))
    own = await counter.desk.commands.run(_create("Mine"), stranger)
    assert await counter.previews.create(OfLatest(own.entries[0].entry), stranger)


async def test_a_link_needs_a_revision_of_its_entry(counter: Counter) -> None:
    """Another entry's would show what one may not read."""
    one, other = await counter.desk.post("One"), await counter.desk.post("Other")
    with pytest.raises(NotFoundError, match="is no revision of entry"):
        await counter.previews.create(OfRevision(one.entry, other.head), counter.desk.editor)
    with pytest.raises(NotFoundError, match="There is no open release"):
        await counter.previews.create(OfRelease(new_id()), counter.desk.editor)


async def test_a_link_to_a_release_needs_the_right_to_read_all_of_it(counter: Counter) -> None:
    """One draft that is hidden is enough to refuse it."""
    author = person(AUTHOR)
    own = (await counter.desk.commands.run(_create("Mine"), author)).entries[0]
    hers = await counter.desk.post("Hers")
    _, release = await counter.release(ReleaseItem(own.entry), ReleaseItem(hers.entry))
    with pytest.raises(NotFoundError):
        await counter.previews.create(OfRelease(release), author)


async def test_people_see_and_end_their_own_links_and_editors_all(counter: Counter) -> None:
    """A stranger is told that there is none."""
    author = person(AUTHOR)
    own = (await counter.desk.commands.run(_create("Mine"), author)).entries[0]
    link = await counter.previews.create(OfLatest(own.entry), author)
    other = await counter.latest(await counter.desk.post())
    assert [each.token for each in await counter.previews.list(author)] == [link.token]
    for role in (EDITOR, OWNER):
        listed = await counter.previews.list(person(role))
        assert [each.preview.id for each in listed] == [other.preview.id, link.preview.id]
    with pytest.raises(NotFoundError, match="There is no preview"):
        await counter.previews.revoke(other.preview.id, author)
    await counter.previews.revoke(link.preview.id, person(EDITOR))
    assert await counter.previews.list(author) == []


async def test_a_link_to_what_is_gone_shows_nothing(counter: Counter) -> None:
    """An entry that was archived, a release that was given up."""
    made = await counter.desk.post()
    link = await counter.latest(made)
    release_link, release = await counter.release(ReleaseItem(made.entry))
    await counter.desk.run(DropRelease(release))
    assert await counter.previews.open(release_link.token) is None
    await counter.desk.one(Archive(made.entry, made.head))
    assert await counter.previews.open(link.token) is None


def _create(title: str) -> Create:
    return Create("Post", {"title": title, "date": DATE, "body": "Text.\n"})
