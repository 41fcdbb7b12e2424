"""What policies say of a viewer, without any entry: folded rules, hidden and changeable fields."""

from collections.abc import Iterable
from uuid import UUID

import masthead as mh
from masthead.access import (
    ALWAYS,
    ANONYMOUS,
    NEVER,
    PLATFORM,
    Viewer,
    compile_policies,
    fold,
    shown_model,
    without_fields,
)
from masthead.access.spelling import spell_rule
from masthead.model import Asset, Author, Post, default_model

MODEL = default_model()
NAMES = frozenset(field.name for field in MODEL["Post"].fields)
POLICIES = compile_policies(
    MODEL,
    [
        mh.policies(
            Post,
            mh.allow("read", to=mh.anyone, when=mh.is_live),
            mh.allow("read", "change", to="author", when=mh.is_own),
            mh.allow("read", "change", to="legal", fields=["description"]),
            mh.allow("change", to=mh.group("press"), when=mh.this.keywords.has_any(mh.my_groups)),
            mh.hide("description", but=["legal", "author"]),
        ),
        mh.policies(Asset, mh.allow("read", to=mh.signed_in)),
    ],
)


def viewer(*roles: str, groups: Iterable[str] = (), scopes: Iterable[str] | None = None) -> Viewer:
    """An account with these roles and groups."""
    limits = None if scopes is None else frozenset(scopes)
    return Viewer(UUID(int=1), frozenset(roles), frozenset(groups), limits)


def test_rules_add_up() -> None:
    """What one of them allows is allowed."""
    assert POLICIES.rule("read", "Post", viewer("author")) == fold(mh.is_live | mh.is_own)
    assert POLICIES.rule("read", "Post", viewer("legal", "author")) == ALWAYS


def test_nobody_owns_nothing_and_is_in_no_group() -> None:
    """So rules that ask for it hold for no entry."""
    mine = compile_policies(MODEL, [mh.policies(Post, mh.allow("read", to=mh.anyone, when=mh.is_own))])
    assert mine.rule("read", "Post", ANONYMOUS) == NEVER
    assert mine.rule("read", "Post", viewer()) == mh.is_own


def test_owners_and_the_platform_may_everything() -> None:
    """Whatever the rules say."""
    for who in (viewer("owner"), PLATFORM):
        assert POLICIES.rule("delete", "Post", who, NAMES) == ALWAYS
        assert not POLICIES.hidden_fields(who, "Post", NAMES)
        assert POLICIES.may_administer(who)
    assert not POLICIES.may_administer(viewer("editor"))


def test_a_token_limits_what_its_account_may() -> None:
    """But takes nothing from what anyone may read."""
    limited = viewer("owner", scopes=["read:Post"])
    assert POLICIES.rule("read", "Post", limited) == ALWAYS
    assert POLICIES.rule("change", "Post", limited) == NEVER
    assert POLICIES.rule("read", "Page", limited) == mh.is_live
    assert not POLICIES.may_administer(limited)


def test_hidden_fields_are_those_not_seen_in_every_entry() -> None:
    """Of `legal` these are all others: a rule for one field shows the entry with that field alone."""
    assert POLICIES.hidden_fields(ANONYMOUS, "Post", NAMES) == {"description"}
    assert POLICIES.hidden_fields(viewer("author"), "Post", NAMES) == frozenset()
    assert POLICIES.hidden_fields(viewer("legal"), "Post", NAMES) == NAMES - {"description"}
    assert POLICIES.hidden_fields(viewer("legal"), "Post", NAMES, "live") == frozenset()


def test_changeable_fields_are_those_of_some_rule() -> None:
    """Which entries they can be changed in is asked of the database."""
    assert POLICIES.changeable_fields(viewer("legal"), "Post", NAMES) == {"description"}
    assert POLICIES.changeable_fields(viewer(groups=["press"]), "Post", NAMES) == NAMES - {"description"}
    assert POLICIES.changeable_fields(ANONYMOUS, "Post", NAMES) == frozenset()


def test_a_shape_knows_only_what_policies_speak_of() -> None:
    """So that a plan is shared by all whom it serves."""
    known, also = viewer("author", "poet", groups=["press", "x"]), viewer("author", groups=["press"])
    assert POLICIES.shape(known) == POLICIES.shape(Viewer(UUID(int=2), also.roles, also.groups))
    assert POLICIES.shape(known) != POLICIES.shape(viewer("author"))


def test_what_may_be_hidden_can_be_null_where_it_is_shown() -> None:
    """Hidden fields, and references to entries of which not everybody sees all."""
    hiding = compile_policies(
        MODEL,
        [
            mh.policies(Post, mh.allow("read", to=mh.anyone), mh.hide("title")),
            mh.policies(Author, mh.allow("read", to="author")),
        ],
    )
    assert shown_model(MODEL, hiding, "live")["Post"]["title"].is_nullable
    assert not shown_model(MODEL, hiding, "live")["Post"]["slug"].is_nullable
    assert shown_model(MODEL, compile_policies(MODEL), "live") == MODEL


def test_what_is_certain_without_fields_holds_for_no_entry_more() -> None:
    """Also behind a negation."""
    open_ = mh.this.title == "open"
    assert without_fields(open_ | mh.is_own) == mh.is_own
    assert without_fields(~open_) == NEVER
    assert without_fields(~(open_ & mh.is_own)) == ~mh.is_own
    assert without_fields(~mh.is_own) == ~mh.is_own


def test_rules_are_spelled_as_they_are_written() -> None:
    """For people who ask which of them decides."""
    rule = mh.allow(
        "read", "change", to=["author", mh.group("press")],
        when=~mh.this.tags.some(mh.this.slug == "x") & (mh.this.title != mh.me) | (mh.this.cover.size > 3),
        fields=["title"],
    )  # fmt: skip
    assert spell_rule(rule) == (
        'allow("read", "change", to=["author", group("press")], '
        'when=(~this.tags.some(this.slug == "x") & (this.title != me)) | (this.cover.size > 3), '
        'fields=["title"])'
    )
    assert spell_rule(mh.hide("a", "b", but="legal")) == 'hide("a", "b", but="legal")'
