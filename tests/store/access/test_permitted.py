"""Commands ask which entries a viewer may change: the answer is what the policies say of each of them."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

import pytest

import masthead as mh
from masthead.access import ANONYMOUS, PLATFORM, Action, Policies, Viewer, compile_policies
from masthead.model import Post, default_model
from masthead.query import permits_create, permitted
from masthead.store import Database, Transaction

MODEL = default_model()
ADA, BOB = UUID(int=1), UUID(int=2)
LIVE, DRAFT, OTHERS, ARCHIVED = (UUID(int=number) for number in (11, 12, 13, 14))
NOW = datetime(2026, 1, 1, tzinfo=UTC)

DEFAULT = compile_policies(MODEL)
TRANSLATED = compile_policies(
    MODEL,
    [
        mh.policies(
            Post,
            mh.allow("read", to=mh.anyone, when=mh.is_live),
            mh.allow(
                "change",
                to="translator",
                when=mh.this.tags.some(mh.this.slug == "german") & (mh.this.description != "done"),
            ),
            mh.allow("change", to="author", when=mh.is_own),
            mh.allow("change", to="legal", fields=["description"]),
            mh.allow("delete", to="author", when=~(mh.this.title == "x") & mh.is_own),
            mh.allow("delete", to="archivist", when=mh.is_archived),
            mh.allow("create", to="reporter", when=mh.is_own & mh.this.keywords.has("news")),
            mh.hide("keywords", but="legal"),
        )
    ],
)


def viewer(account: UUID, *roles: str, scopes: Iterable[str] | None = None) -> Viewer:
    """An account with these roles."""
    return Viewer(account, frozenset(roles), scopes=None if scopes is None else frozenset(scopes))


async def fill(transaction: Transaction) -> None:
    """Four posts: one public, one a draft, one of somebody else with a tag, one in the archive."""
    for id_, owner, published, archived in (
        (LIVE, ADA, LIVE, None),
        (DRAFT, ADA, None, None),
        (OTHERS, BOB, None, None),
        (ARCHIVED, ADA, None, NOW),
    ):
        await transaction.execute(
            "INSERT INTO masthead.entry "
            "(id, type, head, published, created_at, updated_at, archived_at, owner) "
            "VALUES ($1, $2, $1, $3, $4, $4, $5, $6)",
            *(id_, MODEL["Post"].identity, published, NOW, archived, owner),
        )
        if archived is None:
            await transaction.execute(
                "INSERT INTO draft.post (id, created_at, updated_at, title, keywords) "
                "VALUES ($1, $2, $2, 'a', $3)",
                *(id_, NOW, ["news"] if id_ == DRAFT else []),
            )
    tag = UUID(int=20)
    await transaction.execute(
        "INSERT INTO masthead.entry (id, type, head, created_at, updated_at) VALUES ($1, $2, $1, $3, $3)",
        *(tag, MODEL["Tag"].identity, NOW),
    )
    await transaction.execute(
        "INSERT INTO draft.tag (id, created_at, updated_at, slug) VALUES ($1, $2, $2, 'german')", tag, NOW
    )
    await transaction.execute(
        "INSERT INTO draft.post__tags (owner, position, target) VALUES ($1, 0, $2)", OTHERS, tag
    )


EVERY = frozenset({LIVE, DRAFT, OTHERS, ARCHIVED})

CASES: list[tuple[str, Policies, Viewer, Action, list[str], frozenset[UUID]]] = [
    ("nobody changes anything", DEFAULT, ANONYMOUS, "change", [], frozenset()),
    ("nobody reads drafts", DEFAULT, ANONYMOUS, "read", [], frozenset({LIVE})),
    ("an author changes its own", DEFAULT, viewer(ADA, "author"), "change", [], EVERY - {OTHERS}),
    ("an author publishes nothing", DEFAULT, viewer(ADA, "author"), "publish", [], frozenset()),
    ("an editor publishes all", DEFAULT, viewer(BOB, "editor"), "publish", [], EVERY),
    ("an owner does all", TRANSLATED, viewer(BOB, "owner"), "delete", ["keywords"], EVERY),
    ("the platform does all", TRANSLATED, PLATFORM, "publish", [], EVERY),
    ("a token limits", DEFAULT, viewer(BOB, "editor", scopes=["read"]), "publish", [], frozenset()),
    ("to a type too", DEFAULT, viewer(BOB, "editor", scopes=["publish:Page"]), "publish", [], frozenset()),
    ("or lets", DEFAULT, viewer(BOB, "editor", scopes=["publish:Post"]), "publish", [], EVERY),
    ("even an owner", DEFAULT, viewer(BOB, "owner", scopes=["read"]), "publish", [], frozenset()),
    ("a path is followed", TRANSLATED, viewer(ADA, "translator"), "change", [], frozenset({OTHERS})),
    ("one field", TRANSLATED, viewer(BOB, "legal"), "change", ["description"], EVERY),
    ("and not another", TRANSLATED, viewer(BOB, "legal"), "change", ["description", "title"], frozenset()),
    ("a hidden field", TRANSLATED, viewer(ADA, "author"), "change", ["keywords"], frozenset()),
    (
        "rules add up, entry by entry",
        TRANSLATED,
        viewer(BOB, "legal", "author"),
        "change",
        ["description", "title"],
        frozenset({OTHERS}),
    ),
    ("what is not known does not hold", TRANSLATED, viewer(ADA, "author"), "delete", [], {LIVE, DRAFT}),
    ("states are known", TRANSLATED, viewer(BOB, "archivist"), "delete", [], frozenset({ARCHIVED})),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
async def test_what_a_viewer_may_do(
    database: Database, case: tuple[str, Policies, Viewer, Action, list[str], frozenset[UUID]]
) -> None:
    """Exactly the entries for which a rule holds."""
    _, policies, who, action, fields, expected = case
    async with database.transaction() as transaction:
        await fill(transaction)
        found = await permitted(
            transaction, MODEL, policies, who, action, "Post", [*EVERY, UUID(int=99)], fields=fields
        )
        assert found == expected


async def test_an_entry_of_another_type_is_in_none(database: Database) -> None:
    """Nobody may do to it what may be done to posts."""
    async with database.transaction() as transaction:
        await fill(transaction)
        assert not await permitted(transaction, MODEL, DEFAULT, PLATFORM, "change", "Post", [UUID(int=20)])


async def test_creating_is_asked_of_what_was_written(database: Database) -> None:
    """A rule may speak of what is in the entry, and of whose it is."""
    reporter = viewer(ADA, "reporter")
    async with database.transaction() as transaction:
        await fill(transaction)
        asked = [
            await permits_create(transaction, MODEL, TRANSLATED, reporter, "Post", each)
            for each in (DRAFT, LIVE, OTHERS)
        ]
    assert asked == [True, False, False]
