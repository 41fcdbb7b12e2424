"""What must hold of every save, whoever saved meanwhile and through whichever door."""

from tests.store.content.editing.scene import Revision, Scene
from tests.store.content.editing.step import require
from tests.store.content.editing.words import is_in_order, merged_words, words_of

from masthead.content.commands import Changed, Save, SaveConflictError


def check_save(history: list[Revision], command: Save, changed: Changed, *, is_unchanged: bool) -> None:
    """No lost edit, and told as it was."""
    check_words(history, command, changed, is_unchanged=is_unchanged)
    if not is_unchanged:
        check_told(history, command, changed)


def check_words(history: list[Revision], command: Save, changed: Changed, *, is_unchanged: bool) -> None:
    """No lost edit: the new head has all of theirs and all of yours."""
    by_id = {each.id: each for each in history}
    head = by_id[changed.head]
    base = by_id[command.base]
    theirs = head if is_unchanged else history[head.number - 2]
    yours = {**base.fields, **command.fields}
    for name in {*head.fields, *theirs.fields, *yours}:
        if name == "slug" and yours.get(name) is None:
            continue  # it is made anew
        sides = [words_of(each.get(name)) for each in (base.fields, theirs.fields, yours)]
        found = words_of(head.fields.get(name))
        expected = merged_words(*sides)
        require(frozenset(found) == expected, "no edit is lost", name, *sides, found)
        require(len(found) == len(expected), "no word comes twice", name, *sides, found)
        if name in ("body", "labels"):
            is_kept = is_in_order(found, sides[1]) and is_in_order(found, sides[2])
            require(is_kept, "lines keep their order", name, *sides, found)


def check_told(history: list[Revision], command: Save, changed: Changed) -> None:
    """History and outcome say on what it was made, and whether it was merged."""
    by_id = {each.id: each for each in history}
    head, base = by_id[changed.head], by_id[command.base]
    theirs = history[head.number - 2]
    require(head.base == base.id, "history says on what", head)
    is_merged = theirs.id != base.id
    require(changed.is_merged == is_merged, "an outcome says what was merged", changed, theirs, base)


def check_conflict(scene: Scene, command: Save, error: SaveConflictError) -> None:
    """Both sides changed that field since the base, and both versions are told."""
    base = scene.revisions[command.base]
    require(bool(error.clashes), "a conflict says where", command)
    require(error.head in scene.revisions, "a conflict names the head", command)
    assert error.head is not None
    head = scene.revisions[error.head]
    for clash in error.clashes:
        name = clash.path.partition(".")[0]
        sides = [base.fields.get(name), head.fields.get(name), command.fields.get(name)]
        is_real = name in command.fields and sides[0] != sides[1] and sides[0] != sides[2]
        require(is_real, "only what both changed clashes", clash, sides)
        require(clash.theirs != clash.yours, "a clash tells both versions", clash)
