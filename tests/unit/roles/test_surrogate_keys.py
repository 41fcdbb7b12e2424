"""Tags: whatever a change may have changed is called by one of the tags that it drops, and no tag is dropped
that no answer has."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from masthead.query.dependencies import Dependencies, Match, is_changed
from masthead.query.selection import Compare, Given
from masthead.roles import surrogate_keys
from masthead.roles.surrogate_keys import EVERYTHING, ROUTES, UNKNOWN, tags_of_answer, tags_of_change
from masthead.store import ROUTE, Change, Touch

IDS = st.integers(0, 5).map(lambda number: UUID(int=number))
TYPES = st.sampled_from(["Post", "Tag", "Author"])
ROWS = st.none() | st.fixed_dictionaries({"slug": st.sampled_from("ab")})
MATCHES = st.builds(
    Match,
    TYPES,
    st.none() | st.builds(lambda slug: Compare("slug", "eq", Given(slug)), st.sampled_from("ab")),
    st.none() | st.just(frozenset(["slug"])),
)
PATHS = st.sampled_from(["/a", "/b"])
DEPENDENCIES = st.none() | st.builds(
    Dependencies,
    st.frozensets(IDS),
    st.lists(MATCHES, max_size=3).map(tuple),
    st.frozensets(PATHS),
    st.frozensets(TYPES),
)
TOUCHES = st.builds(Touch, TYPES, IDS, ROWS, ROWS) | st.builds(
    lambda path: Touch(ROUTE, UUID(int=0), None, {"path": path}), PATHS
)
CHANGES = st.lists(TOUCHES, min_size=1, max_size=4).map(
    lambda touches: Change(1, frozenset(each.type for each in touches), tuple(touches))
) | st.frozensets(TYPES, min_size=1).map(lambda types: Change(1, types, None))


@given(DEPENDENCIES, CHANGES)
def test_whatever_a_change_touches_is_called_by_what_it_drops(
    dependencies: Dependencies | None, change: Change
) -> None:
    """The oracle is what this process itself drops."""
    is_touched = dependencies is None or is_changed(dependencies, change)
    assert not is_touched or set(tags_of_answer(dependencies)) & set(tags_of_change(change))


@given(st.lists(DEPENDENCIES, max_size=4), CHANGES)
def test_each_tag_that_is_dropped_has_a_producer(answers: list[Dependencies | None], change: Change) -> None:
    """There is an answer that has it: one that shows the entry, a list of the type, a look-up of an address,
    one that nobody knows anything of."""
    produced = {tag for each in answers for tag in tags_of_answer(each)} | {UNKNOWN, EVERYTHING}
    for touch in change.touches or ():
        if touch.type == ROUTE:
            produced |= set(tags_of_answer(Dependencies(paths=frozenset(["/a"]))))
        else:
            shown = Dependencies(entries=frozenset([touch.entry]), types=frozenset([touch.type]))
            produced |= set(tags_of_answer(shown)) | set(
                tags_of_answer(Dependencies((), (Match(touch.type),)))
            )
    assert set(tags_of_change(change)) <= produced


def test_an_answer_of_many_entries_is_called_by_their_types() -> None:
    """A head has room for so many tags."""
    many = frozenset(UUID(int=number) for number in range(1000))
    assert tags_of_answer(Dependencies(many, types=frozenset(["Post", "Tag"]))) == (
        EVERYTHING,
        "type-Post",
        "type-Tag",
    )
    assert tags_of_answer(Dependencies(many)) == (EVERYTHING, UNKNOWN)


def test_too_many_touches_drop_everything() -> None:
    """So does a change that nobody knows."""
    touches = tuple(Touch("Post", UUID(int=number), None, None) for number in range(2000))
    assert tags_of_change(Change(1, frozenset(["Post"]), touches)) == (EVERYTHING,)
    assert tags_of_change(None) == (EVERYTHING,)


def test_tags_fit_in_headers() -> None:
    """Fastly splits them at spaces, Cloudflare at commas."""
    for tag in (*tags_of_answer(Dependencies(frozenset([UUID(int=1)]), (Match("Post"),))), ROUTES, UNKNOWN):
        assert tag.isascii()
        assert not set(tag) & set(" ,")
        assert len(tag) <= 64
    assert surrogate_keys.MOST * 65 <= 8192
