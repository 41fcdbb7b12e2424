"""What a preview shows, to whom it shows it, and what it changes for everybody else: nothing."""

from datetime import datetime

import orjson
import pytest
from tests.store.content.commands.desk import DATE, MODEL
from tests.store.content.previews.counter import Counter

import masthead as mh
from masthead.access import compile_policies
from masthead.content.commands import Create, PublishRelease, ReleaseItem, Unpublish
from masthead.graphql import Engine
from masthead.kernel import new_id
from masthead.model import Post

POSTS = "{ posts { totalCount nodes { title slug path publishedAt } } }"


async def test_only_who_has_the_link_sees_a_draft(counter: Counter) -> None:
    """In look-ups, lists and counts; the public sees none of it."""
    link = await counter.latest(await counter.desk.post("Not yet"))
    shown = await counter.ask('{ post(slug: "not-yet") { title body { html } } }', link)
    assert shown == {"post": {"title": "Not yet", "body": {"html": "<p>Text.</p>\n"}}}
    assert (await counter.ask(POSTS, link))["posts"]["totalCount"] == 1
    assert await counter.ask(POSTS) == {"posts": {"totalCount": 0, "nodes": []}}
    assert (await counter.opened(link)).address == "/posts/not-yet"
    assert (await counter.opened(link)).title == 'Post "Not yet"'


async def test_latest_follows_the_head_and_a_revision_stays(counter: Counter) -> None:
    """Also when the entry is published meanwhile."""
    made = await counter.desk.post("One")
    latest, revision = await counter.latest(made), await counter.revision(made)
    saved = await counter.desk.save(made, title="Two")

    async def titles() -> list[str]:
        asked = '{ post(slug: "one") { title } }'
        return [(await counter.ask(asked, each))["post"]["title"] for each in (latest, revision)]

    assert await titles() == ["Two", "One"]
    await counter.desk.public(saved)
    assert await titles() == ["Two", "One"]
    assert await counter.ask('{ post(slug: "one") { title } }') == {"post": {"title": "Two"}}


async def test_previewed_entries_link_to_each_other(counter: Counter) -> None:
    """Fields and texts lead to what comes along; what is public leads to it too; other drafts stay hidden."""
    desk = counter.desk
    ada, hidden = await desk.author_entry("Ada"), await desk.author_entry("Hidden")
    post = await desk.post("One", authors=[str(ada.entry), str(hidden.entry)])
    page = await desk.page("About", "See [one](/posts/one) and [Hidden](/authors/hidden).\n")
    old = await desk.public(await desk.page("Old", "Read [one](/posts/one#x).\n"))
    link, _ = await counter.release(*(ReleaseItem(each.entry) for each in (ada, post, page)))
    asked = """{
        post(slug: "one") { authors { name } }
        about: page(slug: "about") { body { html } }
        old: page(slug: "old") { body { html } }
        author(slug: "ada") { posts { nodes { title } } }
    }"""
    assert await counter.ask(asked, link) == {
        "post": {"authors": [{"name": "Ada"}]},
        "about": {"body": {"html": '<p>See <a href="/posts/one">one</a> and <a>Hidden</a>.</p>\n'}},
        "old": {"body": {"html": '<p>Read <a href="/posts/one#x">one</a>.</p>\n'}},
        "author": {"posts": {"nodes": [{"title": "One"}]}},
    }
    row = await desk.row("live", old)
    assert row is not None
    assert row["body_html"] == "<p>Read <a>one</a>.</p>\n"


async def test_a_release_takes_out_what_it_unpublishes(counter: Counter) -> None:
    """Lists, look-ups, and links of what stays."""
    desk = counter.desk
    going = await desk.public(await desk.post("Going"))
    await desk.public(await desk.page("Stays", "Read [it](/posts/going).\n"))
    link, _ = await counter.release(ReleaseItem(going.entry, "unpublish"))
    asked = '{ post(slug: "going") { title } posts { totalCount } page(slug: "stays") { body { html } } }'
    assert await counter.ask(asked, link) == {
        "post": None,
        "posts": {"totalCount": 0},
        "page": {"body": {"html": "<p>Read <a>it</a>.</p>\n"}},
    }
    assert (await counter.ask(asked))["posts"]["totalCount"] == 1
    assert (await counter.opened(link)).address == "/"


async def test_a_published_release_shows_what_is_public(counter: Counter) -> None:
    """Later changes are not turned back."""
    made = await counter.desk.post("One")
    link, release = await counter.release(ReleaseItem(made.entry))
    await counter.desk.run(PublishRelease(release))
    await counter.desk.public(await counter.desk.save(made, title="Two"))
    assert await counter.ask('{ post(slug: "one") { title } }', link) == {"post": {"title": "Two"}}


async def test_old_addresses_lead_to_the_previewed_one(counter: Counter) -> None:
    """The address that a renamed entry has in public too."""
    made = await counter.desk.public(await counter.desk.post("One"))
    opened = await counter.opened(await counter.latest(await counter.desk.save(made, slug="two")))
    assert opened.address == "/posts/two"
    assert opened.redirects == {"/posts/one": "/posts/two", "/posts/two": "/posts/two"}


async def test_what_a_draft_lacks_has_something_in_its_place(counter: Counter) -> None:
    """So that the promises of the public schema hold and a page can be made."""
    made = await counter.desk.one(Create("Post", {}))
    link = await counter.latest(made)
    slug = f"untitled-{made.entry.hex[-12:]}"
    asked = f'{{ post(slug: "{slug}") {{ title date tags {{ name }} body {{ html toc {{ id }} }} }} }}'
    post = (await counter.ask(asked, link))["post"]
    assert datetime.fromisoformat(post.pop("date")) == counter.clock.now  # PostgreSQL spells no last zeros
    assert post == {"title": "Untitled", "tags": [], "body": {"html": "", "toc": []}}
    assert (await counter.opened(link)).address == f"/posts/{slug}"


async def test_a_search_never_finds_what_is_previewed(counter: Counter) -> None:
    """Neither the draft's words nor those that are public of it."""
    made = await counter.desk.public(await counter.desk.post("Xylophone"))
    link = await counter.latest(await counter.desk.save(made, title="Zither", body="Zither.\n"))
    asked = """{
        old: posts(search: "xylophone") { totalCount }
        new: posts(search: "zither") { totalCount }
        search(query: "zither or xylophone") { totalCount }
    }"""
    nothing = {"totalCount": 0}
    assert await counter.ask(asked, link) == {"old": nothing, "new": nothing, "search": nothing}
    assert (await counter.ask(asked))["old"] == {"totalCount": 1}


async def test_a_previewed_entry_has_its_address_to_itself(counter: Counter) -> None:
    """Publishing it will be refused; looking at it is not."""
    taken = await counter.desk.public(await counter.desk.post("Same"))
    made = await counter.desk.post("Other", slug="same")
    link = await counter.latest(made)
    found = await counter.ask('{ post(slug: "same") { id title } posts { totalCount } }', link)
    assert found == {"post": {"id": str(made.entry), "title": "Other"}, "posts": {"totalCount": 1}}
    two, _ = await counter.release(ReleaseItem(taken.entry), ReleaseItem(made.entry))
    assert (await counter.ask('{ post(slug: "same") { title } }', two))["post"] == {"title": "Same"}


async def test_filters_orders_and_pages_know_what_is_previewed(counter: Counter) -> None:
    """It is a row like any other."""
    desk = counter.desk
    for title in ("A", "C", "E"):
        await desk.public(await desk.post(title))
    link, _ = await counter.release(
        *[ReleaseItem((await desk.post(title)).entry) for title in ("B", "D")],
    )
    asked = """{
        all: posts(orderBy: [{ title: ASC }], first: 2) {
            totalCount nodes { title } pageInfo { hasNextPage endCursor }
        }
        some: posts(where: { title: { in: ["B", "C"] } }, orderBy: [{ title: DESC }]) { nodes { title } }
    }"""
    found = await counter.ask(asked, link)
    assert found["all"]["totalCount"] == 5
    assert found["all"]["nodes"] == [{"title": "A"}, {"title": "B"}]
    assert found["some"]["nodes"] == [{"title": "C"}, {"title": "B"}]
    cursor = found["all"]["pageInfo"]["endCursor"]
    rest = f'{{ posts(orderBy: [{{ title: ASC }}], after: "{cursor}") {{ nodes {{ title }} }} }}'
    assert [each["title"] for each in (await counter.ask(rest, link))["posts"]["nodes"]] == ["C", "D", "E"]


async def test_what_was_computed_is_kept_until_something_changes(counter: Counter) -> None:
    """A change of the draft, of what is public, or of what it refers to."""
    desk = counter.desk
    made = await desk.post("One")
    link = await counter.latest(made)
    first = await counter.opened(link)
    assert await counter.opened(link) is first
    made = await desk.save(made, title="Two")
    second = await counter.opened(link)
    assert second is not first
    await desk.public(await desk.page("Other"))
    assert await counter.opened(link) is not second


async def test_a_preview_of_what_nobody_sees_writes_nothing(counter: Counter) -> None:
    """No table of the public changes, not even its generation."""
    made = await counter.desk.post("One")
    before = await counter.desk.rows("SELECT number FROM live._generation")
    await counter.opened(await counter.latest(made))
    assert await counter.desk.rows("SELECT number FROM live._generation") == before
    assert await counter.desk.row("live", made) is None


@pytest.mark.parametrize(
    "document", ["{ site { title } }", '{ page(slug: "x") { title } }', "{ __typename }"]
)
async def test_what_is_not_previewed_is_as_in_public(counter: Counter, document: str) -> None:
    """Other types are read as ever."""
    link = await counter.latest(await counter.desk.post("One"))
    assert await counter.ask(document, link) == await counter.ask(document)


async def test_a_derived_entry_comes_along_and_goes(counter: Counter) -> None:
    """As publishing would make it public, and unpublishing would not leave it."""
    desk = counter.desk
    tag = await desk.one(Create("Tag", {"name": "Birds"}))
    await desk.rows("UPDATE masthead.entry SET is_derived = true WHERE id = $1 RETURNING id", tag.entry)
    made = await desk.post("One", tags=[str(tag.entry)])
    asked = '{ tags { nodes { name } } post(slug: "one") { tags { name } } }'
    shown = await counter.ask(asked, await counter.latest(made))
    assert shown == {"tags": {"nodes": [{"name": "Birds"}]}, "post": {"tags": [{"name": "Birds"}]}}
    public = await desk.public(made)
    assert await counter.ask(asked) == shown
    link, _ = await counter.release(ReleaseItem(made.entry, "unpublish"))
    assert await counter.ask(asked, link) == {"tags": {"nodes": []}, "post": None}
    await desk.one(Unpublish(public.entry, public.head))
    assert await counter.ask(asked) == {"tags": {"nodes": []}, "post": None}


async def test_an_unknown_release_item_is_passed_over(counter: Counter) -> None:
    """What was archived since is not shown; the rest is."""
    made = await counter.desk.post("One", date=DATE, slug=f"one-{new_id().hex[-4:]}")
    gone = await counter.desk.post("Two")
    link, _ = await counter.release(ReleaseItem(made.entry), ReleaseItem(gone.entry))
    await counter.desk.rows(
        "UPDATE masthead.entry SET archived_at = now() WHERE id = $1 RETURNING id", gone.entry
    )
    assert (await counter.ask(POSTS, link))["posts"]["totalCount"] == 1
    await counter.desk.rows(
        "UPDATE masthead.entry SET archived_at = NULL WHERE id = $1 RETURNING id", gone.entry
    )


async def test_policies_hold_for_what_is_previewed(counter: Counter) -> None:
    """They would when it is published: a preview shows what the public will see."""
    rules = mh.policies(Post, mh.allow("read", to=mh.anyone, when=mh.this.title != "Hidden"), mh.hide("body"))
    engine = Engine(MODEL, counter.desk.database.public, policies=compile_policies(MODEL, [rules]))
    items = [ReleaseItem((await counter.desk.post(title)).entry) for title in ("Hidden", "Shown")]
    link, _ = await counter.release(*items)
    overlay = (await counter.opened(link)).overlay
    asked = "{ posts { totalCount nodes { title body { html } } } }"
    answer = orjson.loads((await engine.execute(asked, overlay=overlay)).body)
    shown = {"title": "Shown", "body": None}
    assert answer == {"data": {"posts": {"totalCount": 1, "nodes": [shown]}}}
