"""A save on a base: what changes, what merges, what clashes."""

import pytest
from tests.store.content.commands.desk import Desk

from masthead.content.commands import CommandRefusedError, Restore, Save, SaveConflictError, StaleBaseError
from masthead.kernel import new_id


async def test_changes_of_different_fields_on_one_base_are_merged(desk: Desk) -> None:
    """Neither editor loses a word."""
    made = await desk.page("Hello", "Text.\n")
    await desk.save(made, title="Theirs")
    merged = await desk.save(made, description="Yours")
    row = await desk.row("draft", merged)
    assert row is not None
    assert (row["title"], row["description"], merged.number, merged.is_merged) == ("Theirs", "Yours", 3, True)


async def test_changes_of_the_same_place_clash_and_nothing_is_saved(desk: Desk) -> None:
    """Both versions are in the error."""
    made = await desk.page("Hello")
    theirs = await desk.save(made, title="Theirs")
    with pytest.raises(SaveConflictError) as refused:
        await desk.save(made, title="Yours", description="More")
    error = refused.value
    assert [(each.path, each.base, each.theirs, each.yours) for each in error.clashes] == [
        ("title", "Hello", "Theirs", "Yours")
    ]
    assert (error.code, error.head, error.merged["description"]) == ("conflict", theirs.head, "More")
    assert 'Page "Theirs" was changed meanwhile, and so was the same place: "title".' in error.message
    assert (await desk.audit())[-1] == ("entry.save", "refused", "conflict")


async def test_a_base_of_another_entry_is_refused(desk: Desk) -> None:
    """By its id."""
    made, other = await desk.page("A"), await desk.page("B")
    with pytest.raises(CommandRefusedError) as refused:
        await desk.run(Save(made.entry, other.head, {"title": "C"}))
    assert refused.value.code == "base-unknown"
    assert str(other.head) in refused.value.message


async def test_a_save_that_changes_nothing_makes_no_revision(desk: Desk) -> None:
    """An editor that saves by itself every few seconds leaves no trace."""
    made = await desk.page("Hello")
    outcome = await desk.run(Save(made.entry, made.head, {"title": "Hello"}))
    assert (outcome.entries[0], outcome.detail) == (made, {"unchanged": True})
    assert await desk.events() == ["created"]


async def test_null_takes_a_value_away(desk: Desk) -> None:
    """And the slug, which a page needs, is made anew of its title."""
    made = await desk.page("Hello", description="x")
    saved = await desk.save(made, description=None, title="Other", slug=None)
    row = await desk.row("draft", saved)
    assert row is not None
    assert (row["description"], row["slug"]) == (None, "other")


async def test_every_wrong_value_is_named_at_once(desk: Desk) -> None:
    """Kinds, unknown fields and references alike, each with its path."""
    made = await desk.post()
    stranger = new_id()
    with pytest.raises(CommandRefusedError) as refused:
        await desk.save(made, title=5, headline="x", authors=[str(stranger)], tags=[str(made.entry)])
    faults = {each.path: each.code for each in refused.value.faults}
    assert faults == {
        "title": "field-invalid",
        "headline": "field-unknown",
        "authors.0": "reference-unknown",
        "tags.0": "reference-type",
    }
    assert refused.value.code == "refused"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("a\0b", "holds a NUL character"),
        ("\ud800", "holds half of a surrogate pair"),
        (2**70, "holds a number beyond 64 bits"),
        (float("nan"), "holds a number that is not finite"),
        ({1, 2}, "holds a set, which is no JSON"),
    ],
)
async def test_what_no_column_holds_is_refused(desk: Desk, value: object, why: str) -> None:
    """With the field's name; the database never sees it."""
    made = await desk.page()
    with pytest.raises(CommandRefusedError) as refused:
        await desk.save(made, title=value)
    assert refused.value.message == f'"title" of this Page {why}.'


async def test_restore_makes_a_new_revision_of_an_old_one(desk: Desk) -> None:
    """History only grows."""
    made = await desk.page("Hello")
    saved = await desk.save(made, title="Changed", description="x")
    outcome = await desk.run(Restore(saved.entry, saved.head, made.head, "Back."))
    row = await desk.row("draft", saved)
    assert row is not None
    assert (row["title"], row["description"], outcome.entries[0].number) == ("Hello", None, 3)
    assert outcome.detail == {"restored": str(made.head), "restoredNumber": 1, "ignored": []}
    with pytest.raises(StaleBaseError) as refused:
        await desk.run(Restore(saved.entry, saved.head, made.head))
    assert (refused.value.code, refused.value.head) == ("stale", outcome.entries[0].head)


async def test_history_names_author_token_source_note_and_base(desk: Desk) -> None:
    """For every revision that a command makes."""
    made = await desk.page()
    await desk.run(Save(made.entry, made.head, {"title": "B"}, "Shorter."))
    rows = await desk.rows("SELECT author, token, source, note, base FROM masthead.revision ORDER BY number")
    editor = desk.editor.account
    assert [tuple(row.values()) for row in rows] == [
        (editor, None, "api", None, None),
        (editor, None, "api", "Shorter.", made.head),
    ]
