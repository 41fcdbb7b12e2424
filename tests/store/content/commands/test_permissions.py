"""Who may give which command, and what they learn who may not."""

import pytest
from tests.store.content.commands.desk import MODEL, Desk, person

from masthead.access import (
    ANONYMOUS,
    AUTHOR,
    EDITOR,
    OWNER,
    allow,
    compile_policies,
    hide,
    is_own,
    policies,
    this,
)
from masthead.content.commands import (
    Actor,
    Archive,
    CommandRefusedError,
    Commands,
    Create,
    Delete,
    Duplicate,
    Publish,
    Save,
    SaveConflictError,
)
from masthead.kernel import AccessError, NotFoundError, new_id
from masthead.model.default import Page, Post

OPEN = this.description.starts_with("open")
POLICIES = compile_policies(
    MODEL,
    [
        policies(
            Page,
            allow("read", "create", "change", to=AUTHOR, when=OPEN),
            allow("read", "create", "change", "publish", "delete", to=EDITOR),
            hide("updated", but=EDITOR),
        ),
        policies(
            Post,
            allow("read", to=AUTHOR, when=is_own),
            allow("create", "change", to=AUTHOR, when=is_own, fields=("title", "body")),
            allow("read", "create", "change", "publish", "delete", to=EDITOR),
        ),
    ],
)
"""Authors work on pages that are open, and on titles and texts of posts."""


@pytest.fixture
def guarded(desk: Desk) -> Desk:
    """A desk where these policies hold."""
    return Desk(desk.database, Commands(desk.database, MODEL, POLICIES), desk.editor, desk.author)


async def test_a_change_may_not_move_an_entry_out_of_what_its_maker_may_change(guarded: Desk) -> None:
    """It is undone; and nobody may create what they could not change."""
    made = await guarded.one(Create("Page", {"title": "A", "description": "open"}), guarded.author)
    saved = await guarded.one(Save(made.entry, made.head, {"description": "open too"}), guarded.author)
    with pytest.raises(AccessError) as refused:
        await guarded.run(Save(saved.entry, saved.head, {"description": "mine"}), guarded.author)
    assert refused.value.message == "You may not change a Page such as this would be then."
    with pytest.raises(AccessError):
        await guarded.run(Create("Page", {"title": "B", "description": "mine"}), guarded.author)
    assert [row["description"] for row in await guarded.rows("SELECT description FROM draft.page")] == [
        "open too"
    ]


async def test_fields_that_the_actor_may_not_change_are_named(guarded: Desk) -> None:
    """Those alone; the others can be changed."""
    made = await guarded.one(Create("Post", {"title": "A"}), guarded.author)
    with pytest.raises(AccessError) as refused:
        await guarded.run(Save(made.entry, made.head, {"title": "B", "keywords": ["x"]}), guarded.author)
    assert refused.value.message == 'You may not change "keywords" of this Post.'
    assert (await guarded.one(Save(made.entry, made.head, {"title": "B"}), guarded.author)).number == 2


async def test_a_conflict_shows_no_field_that_is_hidden(guarded: Desk) -> None:
    """Neither among what clashes nor among what was merged."""
    values = {"title": "A", "description": "open", "updated": "2024-01-05T00:00:00Z"}
    made = await guarded.one(Create("Page", values))
    await guarded.run(Save(made.entry, made.head, {"title": "B"}))
    with pytest.raises(SaveConflictError) as refused:
        await guarded.run(Save(made.entry, made.head, {"title": "C"}), guarded.author)
    assert sorted(refused.value.merged) == ["description", "slug", "title"]


async def test_who_holds_an_entry_is_named_to_those_who_may_see_it(guarded: Desk) -> None:
    """Others learn that it is held, and no more."""
    token = person(EDITOR, scopes=frozenset({"delete", "read:Author", "delete:Author"}))
    author = await guarded.author_entry()
    post = await guarded.post("Secret", authors=[str(author.entry)])
    gone = await guarded.one(Archive(author.entry, author.head))
    for actor, said in (
        (guarded.editor, f'Post "Secret" ({post.entry}) refers'),
        (token, "An entry that you may not see refers"),
    ):
        with pytest.raises(CommandRefusedError) as refused:
            await guarded.run(Delete(gone.entry, gone.head), actor)
        assert refused.value.message.startswith(said)


async def test_nobody_is_told_to_sign_in_and_leaves_no_line(desk: Desk) -> None:
    """Whatever the command: nothing is looked up, and nobody can fill the audit log."""
    nobody = Actor.of(ANONYMOUS, "api")
    with pytest.raises(AccessError) as refused:
        await desk.run(Publish(new_id(), new_id()), nobody)
    assert (refused.value.code, await desk.audit()) == ("not-signed-in", [])


async def test_authors_change_their_own_and_publish_nothing(desk: Desk) -> None:
    """An entry of somebody else, which is not public, is not there for them."""
    own = await desk.one(Create("Page", {"title": "Mine", "body": "x"}), desk.author)
    saved = await desk.one(Save(own.entry, own.head, {"title": "Changed"}), desk.author)
    with pytest.raises(AccessError) as refused:
        await desk.run(Publish(saved.entry, saved.head), desk.author)
    assert refused.value.message == "You may not publish this Page."
    other = await desk.page("Other")
    with pytest.raises(NotFoundError) as hidden:
        await desk.run(Save(other.entry, other.head, {"title": "Mine"}), desk.author)
    assert hidden.value.message == f"There is no entry {other.entry}."
    await desk.public(other)
    with pytest.raises(AccessError):
        await desk.run(Save(other.entry, other.head, {"title": "Mine"}), desk.author)
    assert [line for line in await desk.audit() if line[1] == "refused"] == [
        ("entry.publish", "refused", "not-allowed"),
        ("entry.save", "refused", "entry-unknown"),
        ("entry.save", "refused", "not-allowed"),
    ]


async def test_what_does_not_exist_and_what_is_hidden_are_alike(desk: Desk) -> None:
    """Word for word, but for the id."""
    made, unknown = await desk.page(), new_id()
    messages = []
    for each in (made.entry, unknown):
        with pytest.raises(NotFoundError) as refused:
            await desk.run(Duplicate(each), desk.author)
        messages.append(str(refused.value).replace(str(each), "ID"))
    assert messages[0] == messages[1]


async def test_a_token_may_not_do_more_than_its_scopes(desk: Desk) -> None:
    """Though its account may."""
    token = person(OWNER, scopes=frozenset({"read", "create", "change:Page"}))
    made = await desk.one(Create("Page", {"title": "A", "body": "x"}), token)
    saved = await desk.one(Save(made.entry, made.head, {"title": "B"}), token)
    for command in (Publish(saved.entry, saved.head), Archive(saved.entry, saved.head)):
        with pytest.raises(AccessError):
            await desk.run(command, token)
    post = await desk.one(Create("Post", {"title": "A"}), token)
    with pytest.raises(AccessError):
        await desk.run(Save(post.entry, post.head, {"title": "B"}), token)


async def test_somebody_without_a_role_may_create_nothing(desk: Desk) -> None:
    """Also not try out which types there are values for."""
    with pytest.raises(AccessError) as refused:
        await desk.run(Create("Page", {"title": "A"}), person())
    assert refused.value.message == "You may not create a Page."
    assert (await desk.rows("SELECT count(*) AS n FROM masthead.entry"))[0]["n"] == 0


async def test_what_is_published_along_needs_permission_too(desk: Desk) -> None:
    """Of the same actor, for its own type."""
    editor_of_posts = person(EDITOR, scopes=frozenset({"read", "publish:Post"}))
    author = await desk.author_entry()
    post = await desk.post(authors=[str(author.entry)])
    with pytest.raises(AccessError) as refused:
        await desk.run(Publish(post.entry, post.head, is_along=True), editor_of_posts)
    assert refused.value.message == "You may not publish this Author."
    assert await desk.row("live", post) is None
