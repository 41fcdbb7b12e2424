"""The laws of the merge hold for any edits; a wrong merge breaks one of them."""

import pytest
from hypothesis import Phase, given, settings
from tests.unit.content.merging.laws import LAWS, Law
from tests.unit.content.merging.story import BASE, EDITS, Fields, Merge, edited, merged

from masthead.content.merging import Clash, Merged

Edits = list[tuple[str, int]]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@given(theirs=EDITS, yours=EDITS, shared=EDITS)
@settings(max_examples=200)
def test_law(law: Law, theirs: Edits, yours: Edits, shared: Edits) -> None:
    """It holds, also where both sides made some edits alike before their own."""
    law(merged, *_three(theirs, yours, shared))


def _three(theirs: Edits, yours: Edits, shared: Edits) -> tuple[Fields, Fields, Fields]:
    both = edited(shared, "s")
    return BASE, edited(theirs, "t", both), edited(yours, "y", both)


def _theirs_win(base: Fields, theirs: Fields, yours: Fields) -> Merged:
    return Merged({**yours, **theirs})


def _last_write_wins(base: Fields, theirs: Fields, yours: Fields) -> Merged:
    changed = {name: yours.get(name) for name in {*base, *yours} if base.get(name) != yours.get(name)}
    return Merged({name: value for name, value in {**theirs, **changed}.items() if value is not None})


def _all_clashes(base: Fields, theirs: Fields, yours: Fields) -> Merged:
    return Merged(theirs, (Clash("", base, theirs, yours),))


def _without_texts(base: Fields, theirs: Fields, yours: Fields) -> Merged:
    """The right one, but for a text that both changed: the longer one wins."""
    found = merged(base, theirs, yours)
    longer = max(theirs.get("body", ""), yours.get("body", ""), key=lambda text: (len(text), text))
    both = base.get("body") not in (theirs.get("body"), yours.get("body"))
    fields = {**found.fields, "body": longer} if both else found.fields
    return Merged(fields, tuple(each for each in found.clashes if each.path != "body"))


def _union(base: Fields, theirs: Fields, yours: Fields) -> Merged:
    """The right one, but for tags: what one side took out comes back."""
    found = merged(base, theirs, yours)
    tags = list(dict.fromkeys((*theirs.get("tags", ()), *yours.get("tags", ()))))
    return Merged({**found.fields, "tags": tags}, found.clashes)


def _silent(base: Fields, theirs: Fields, yours: Fields) -> Merged:
    """The right one, that says nothing of clashes."""
    return Merged(merged(base, theirs, yours).fields)


def _one_sided(base: Fields, theirs: Fields, yours: Fields) -> Merged:
    """The right one, that tells only of what they have."""
    found = merged(base, theirs, yours)
    clashes = (Clash(each.path, each.base, each.theirs, each.theirs) for each in found.clashes)
    return Merged(found.fields, tuple(clashes))


def _twice(base: Fields, theirs: Fields, yours: Fields) -> Merged:
    """The right one, but for lines that both added alike: they stand there twice."""
    found = merged(base, theirs, yours)
    extra = set(theirs["body"].split("\n")) & set(yours["body"].split("\n")) - set(base["body"].split("\n"))
    return Merged({**found.fields, "body": "\n".join([found.fields["body"], *sorted(extra)])}, found.clashes)


@pytest.mark.parametrize(
    "wrong",
    [_theirs_win, _last_write_wins, _all_clashes, _without_texts, _union, _silent, _one_sided, _twice],
    ids=lambda each: each.__name__,
)
def test_a_wrong_merge_is_found_out(wrong: Merge) -> None:
    """The laws are strong enough: each wrong merge breaks at least one."""

    @given(theirs=EDITS, yours=EDITS, shared=EDITS)
    @settings(max_examples=500, phases=[Phase.generate], database=None, derandomize=True)
    def check(theirs: Edits, yours: Edits, shared: Edits) -> None:
        for law in LAWS:
            law(wrong, *_three(theirs, yours, shared))

    with pytest.raises(AssertionError):
        check()
