"""Policies are checked against the model, and every mistake names its place and what would be right."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

import masthead as mh
from masthead.access import ALWAYS, ANONYMOUS, NEVER, Policies, compile_policies
from masthead.access.rule import Rule
from masthead.kernel import ModelError
from masthead.model import Page, Post, Tag, default_model

MODEL = default_model()


def one(rule: Rule) -> Policies:
    """The policies that have this one rule, for posts."""
    return compile_policies(MODEL, [mh.policies(Post, rule)])


MISTAKES: list[tuple[str, Callable[[], object], str]] = [
    ("policy-path", lambda: one(mh.allow("read", to="a", when=mh.this.nope == 1)), 'no field "nope"'),
    ("policy-path", lambda: one(mh.allow("read", to="a", when=mh.this.tags.name == "x")), "one entry"),
    ("policy-path", lambda: one(mh.allow("read", to="a", when=mh.this == "x")), "`this` alone"),
    ("policy-path", lambda: one(mh.allow("read", to="a", when=mh.this.title.some(mh.is_own))), "no list"),
    ("policy-operator", lambda: one(mh.allow("read", to="a", when=mh.this.title < "x")), "by lt"),
    ("policy-operator", lambda: one(mh.allow("read", to="a", when=mh.this.cover == "x")), "by eq"),
    ("policy-operator", lambda: one(mh.allow("read", to="a", when=mh.this.body == "x")), "by eq"),
    ("policy-value", lambda: one(mh.allow("read", to="a", when=mh.this.title == 1)), "It is text"),
    ("policy-value", lambda: one(mh.allow("read", to="a", when=mh.this.title.is_in("x"))), "a list"),
    ("policy-value", lambda: one(mh.allow("read", to="a", when=mh.this.date > datetime(2026, 1, 1))), "offset"),  # noqa: DTZ001, E501 - what is wrong
    ("policy-value", lambda: one(mh.allow("read", to="a", when=mh.this.date > date(2026, 1, 1))), "offset"),
    ("policy-value", lambda: one(mh.allow("read", to="a", when=mh.this.title == mh.my_groups)), "my_groups"),
    ("policy-value", lambda: one(mh.allow("read", to="a", when=mh.this.date == mh.me)), "mh.me"),
    ("policy-inner", lambda: one(mh.allow("read", to="a", when=mh.this.tags.some(mh.is_own))), "outside"),
    ("policy-field", lambda: one(mh.hide("nope")), 'no field "nope"'),
    ("policy-field", lambda: one(mh.allow("read", to="a", fields=["path"])), 'no field "path"'),
    ("policy-fields", lambda: one(mh.allow("publish", to="a", fields=["title"])), "rule of its own"),
    ("policy-action", lambda: one(mh.allow("fly", to="a")), '"fly"'),  # type: ignore[arg-type]  # the mistake
    ("policy-action", lambda: one(mh.allow("administer", to="a")), "owner"),
    ("policy-action", lambda: mh.allow(to="a"), "nothing"),
    ("policy-to", lambda: one(mh.allow("read", to=[3])), "mh.signed_in"),  # type: ignore[list-item]  # the mistake
    ("policy-when", lambda: one(mh.allow("read", to="a", when=True)), "predicate"),  # type: ignore[arg-type]  # it is none
    ("policy-rule", lambda: one(mh.is_own), "mh.allow"),  # type: ignore[arg-type]  # it is none
    ("policy-truth", lambda: mh.is_own and mh.is_live, "`&`"),
    ("policy-type", lambda: compile_policies(MODEL, [mh.policies(type("Other", (mh.Entry,), {}))]), "Other"),
    ("policy-duplicate", lambda: compile_policies(MODEL, [mh.policies(Tag), mh.policies(Tag)]), "twice"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "mistake", "words"), MISTAKES, ids=[each[2] for each in MISTAKES])
def test_a_mistake_is_refused(code: str, mistake: Callable[[], object], words: str) -> None:
    """Its code is stable, and its text says what is wrong and what would be right."""
    with pytest.raises(ModelError) as refused:
        mistake()
    assert refused.value.code == code
    assert words in str(refused.value)
    assert refused.value.remedy


def test_the_place_is_the_line_of_the_policies() -> None:
    """In the file that says them."""
    with pytest.raises(ModelError) as refused:
        one(mh.hide("nope"))
    place = refused.value.place
    assert place is not None
    assert (place.file, place.path) == (__file__, "Post")
    assert place.line


def test_policies_survive_json() -> None:
    """As the database keeps them."""
    policies = one(
        mh.allow(
            "read", "change",
            to=["editor", mh.anyone, mh.signed_in, mh.group("press")],
            when=~(mh.this.cover.size.is_in([1, 2]) | mh.this.tags.none(mh.this.name == mh.me)) & mh.is_own,
            fields=["title"],
        )
    )  # fmt: skip
    again = Policies.from_json(MODEL, policies.to_json())
    assert again == policies
    assert again.rules("Post") == policies.rules("Post")


def test_no_stored_policies_are_the_default_ones() -> None:
    """A database that no policies were ever applied to."""
    assert Policies.from_json(MODEL, None) == compile_policies(MODEL)


def test_policies_of_a_type_take_the_place_of_its_defaults_only() -> None:
    """Pages have those that every type has by default."""
    policies = compile_policies(MODEL, [mh.policies(Post)])
    assert policies.rule("read", "Post", ANONYMOUS) == NEVER
    assert policies.rules("Page") == compile_policies(MODEL).rules("Page")
    assert policies.may_hide_entries("Post")
    assert not policies.may_hide_entries("Page")
    assert compile_policies(MODEL, [mh.policies(Page, mh.allow("read", to=mh.anyone))]).rule(
        "read", "Page", ANONYMOUS
    ) == ALWAYS  # fmt: skip
