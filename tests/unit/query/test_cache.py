"""The plan cache: bounded, and honest about how it fares."""

from masthead.query import Cache


def test_what_was_used_longest_ago_goes_first() -> None:
    """Reading keeps a value young."""
    cache: Cache[str, int] = Cache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert (cache.get("b"), cache.get("a"), cache.get("c"), len(cache)) == (None, 1, 3, 2)


def test_hits_and_misses_are_counted() -> None:
    """For the metrics."""
    cache: Cache[str, int] = Cache(1)
    cache.get("a")
    cache.put("a", 1)
    cache.get("a")
    cache.get("a")
    assert (cache.hits, cache.misses) == (2, 1)
