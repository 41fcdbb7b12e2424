"""The index of kept answers says what asking each of them would."""

from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from masthead.query.dependencies import Dependencies, DependencyIndex, Match, Span, is_changed
from masthead.query.selection import AllOf, AnyOf, Compare, Given, Not
from masthead.store import ROUTE, Change, Touch

IDS = [UUID(int=number) for number in range(3)]
TYPES = ["Post", "Tag"]
TEXTS, NUMBERS = ["a", "b", str(IDS[0])], [0, 1, 2]
PATHS = ["/a", "/b"]

texts = st.sampled_from(TEXTS)
compares = st.one_of(
    st.builds(lambda value: Compare("title", "eq", Given(value)), texts),
    st.builds(lambda values: Compare("title", "in", Given(tuple(values))), st.lists(texts, max_size=2)),
    st.builds(lambda value: Compare("size", "eq", Given(value)), st.sampled_from(NUMBERS)),
    st.builds(lambda value: Compare("is_new", "eq", Given(value)), st.booleans()),
    st.builds(lambda value: Compare("cover", "eq", Given(value)), st.sampled_from(IDS)),
    st.builds(
        lambda values: Compare("tags", "has_some", Given(tuple(values))), st.lists(st.sampled_from(IDS))
    ),
    st.builds(lambda value: Compare("size", "gt", Given(value)), st.sampled_from(NUMBERS)),
)
conditions = st.recursive(
    compares | compares.map(Not),
    lambda inner: st.builds(
        lambda make, parts: make(tuple(parts)), st.sampled_from([AllOf, AnyOf]), st.lists(inner, max_size=3)
    ),
    max_leaves=4,
)
columns = st.frozensets(st.sampled_from(["title", "size", "cover", "tags"]), max_size=2)
ends = st.none() | st.sampled_from(NUMBERS)
spans = st.builds(Span, st.just("size"), ends, ends)
matches = st.builds(
    Match, st.sampled_from(TYPES), st.none() | conditions, st.none() | columns, st.none() | spans
)
answers = st.builds(
    Dependencies,
    st.frozensets(st.sampled_from(IDS), max_size=1),
    st.lists(matches, max_size=3, unique=True).map(tuple),
    st.frozensets(st.sampled_from(PATHS), max_size=1),
    st.frozensets(st.sampled_from(TYPES), max_size=1),
)
strange: st.SearchStrategy[Any] = st.sampled_from([None, 1.5, "zzz", [], {}])
"""Values of another kind than anyone compares with: what is not known, counts."""
rows = st.none() | st.fixed_dictionaries(
    {},
    optional={
        "title": texts | strange,
        "size": st.sampled_from(NUMBERS) | strange,
        "is_new": st.none() | st.booleans(),
        "cover": st.sampled_from([str(each) for each in IDS]) | strange,
        "tags": st.lists(st.sampled_from([str(each) for each in IDS]), max_size=2) | strange,
    },
)
routes = st.none() | st.builds(lambda path: {"path": path}, st.sampled_from(PATHS))
touches = st.builds(Touch, st.sampled_from(TYPES), st.sampled_from(IDS), rows, rows) | st.builds(
    Touch, st.just(ROUTE), st.sampled_from(IDS), routes, routes
)
changes = st.builds(
    Change,
    st.just(1),
    st.frozensets(st.sampled_from([*TYPES, ROUTE])),
    st.none() | st.lists(touches, max_size=3).map(tuple),
)


@given(
    kept=st.dictionaries(st.integers(0, 5), answers),
    again=st.dictionaries(st.integers(0, 5), answers),
    gone=st.sets(st.integers(0, 7)),
    change=changes,
)
def test_it_finds_what_asking_each_would(
    kept: dict[int, Dependencies], again: dict[int, Dependencies], gone: set[int], change: Change
) -> None:
    """Answers are added, added again with other dependencies, and discarded."""
    index = DependencyIndex[int]()
    for key, each in (*kept.items(), *again.items()):
        index.add(key, each)
    for key in gone:
        index.discard(key)
    known = {key: each for key, each in (kept | again).items() if key not in gone}
    assert {key for key in range(8) if key in index} == set(known)
    assert len(index) == len(known)
    assert index.touched_by(change) == {key for key, each in known.items() if is_changed(each, change)}


def test_nothing_is_left_of_what_was_discarded() -> None:
    """An index that forgets no match would grow with every answer that was ever kept."""
    index = DependencyIndex[str]()
    tags = Compare("tags", "has_some", Given(tuple(IDS)))
    found = Dependencies(
        frozenset(IDS), (Match("Post", tags), Match("Post", Not(tags))), frozenset(PATHS), frozenset(TYPES)
    )
    index.add("one", found)
    index.add("two", found)
    index.discard("one")
    index.discard("two")
    index.discard("never there")
    assert (index._entries, index._paths, index._matches) == ({}, {}, {})
