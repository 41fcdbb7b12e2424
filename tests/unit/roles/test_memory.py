"""The memory of answers: one render for many, bounded by bytes, and nothing from before a change."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.roles.api.caching import Filling, Memory, Outcome


def render(value: str, size: int = 10, shelf: str | None = "pages") -> Callable[[], Awaitable[Filling[str]]]:
    """A render that gives `value` at once."""

    async def rendering() -> Filling[str]:
        return Filling(value, size, shelf)

    return rendering


async def got(
    cache: Memory[str], key: str, make: Callable[[], Awaitable[Filling[str]]]
) -> tuple[str, Outcome]:
    """The value, and what the memory did for it."""
    filling, outcome = await cache.get(key, make)
    return filling.value, outcome


class SlowSite:
    """An upstream that answers when it is told to, with what was public when it was asked."""

    def __init__(self) -> None:
        self.content = "old"
        self.renders = 0
        self.may_answer = asyncio.Event()
        self.is_asked = asyncio.Event()

    async def render(self) -> Filling[str]:
        seen = self.content
        self.renders += 1
        self.is_asked.set()
        await self.may_answer.wait()
        return Filling(seen, 10, "pages")


async def test_a_page_is_rendered_once() -> None:
    """The second request is a hit."""
    cache = Memory[str]({"pages": 100})
    assert await got(cache, "/", render("one")) == ("one", "miss")
    assert await got(cache, "/", render("two")) == ("one", "hit")


async def test_a_hundred_askers_make_one_render() -> None:
    """Single flight: whoever comes meanwhile waits for the render that is under way."""
    site, cache = SlowSite(), Memory[str]({"pages": 100})
    askers = [asyncio.create_task(got(cache, "/", site.render)) for _ in range(100)]
    await site.is_asked.wait()
    site.may_answer.set()
    answers = await asyncio.gather(*askers)
    assert site.renders == 1
    assert [outcome for _, outcome in answers].count("joined") == 99


async def test_a_fill_from_before_a_purge_is_not_kept() -> None:
    """It may have read what was public before: its askers get it, later ones do not."""
    site, cache = SlowSite(), Memory[str]({"pages": 100})
    early = asyncio.create_task(got(cache, "/", site.render))
    await site.is_asked.wait()
    site.content = "new"
    cache.change(None)
    late = asyncio.create_task(got(cache, "/", site.render))
    await asyncio.sleep(0)
    site.may_answer.set()
    assert (await early)[0] == "old"
    assert (await late)[0] == "new"
    assert cache.peek("/") == "new"


async def test_a_purge_drops_everything() -> None:
    """Nothing is older than the last change."""
    cache = Memory[str]({"pages": 100})
    await cache.get("/", render("one"))
    cache.change(None)
    assert cache.used == 0
    assert await got(cache, "/", render("two")) == ("two", "miss")


async def test_what_is_not_to_be_kept_is_not() -> None:
    """Errors and no-store have no shelf."""
    cache = Memory[str]({"pages": 100})
    assert await got(cache, "/", render("oops", shelf=None)) == ("oops", "uncached")
    assert cache.peek("/") is None


async def test_an_error_reaches_every_asker_and_is_forgotten() -> None:
    """The next request tries again."""
    cache = Memory[str]({"pages": 100})

    async def failing() -> Filling[str]:
        raise OSError("site")

    answers = await asyncio.gather(*(cache.get("/", failing) for _ in range(3)), return_exceptions=True)
    assert all(isinstance(answer, OSError) for answer in answers)
    assert await got(cache, "/", render("fine")) == ("fine", "miss")


async def test_an_asker_who_leaves_does_not_stop_the_render() -> None:
    """The browser that began it may be gone; the others still get the page."""
    site, cache = SlowSite(), Memory[str]({"pages": 100})
    first = asyncio.create_task(got(cache, "/", site.render))
    await site.is_asked.wait()
    second = asyncio.create_task(got(cache, "/", site.render))
    await asyncio.sleep(0)
    first.cancel()
    site.may_answer.set()
    assert await second == ("old", "joined")
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_the_least_recently_asked_page_goes_first() -> None:
    """A shelf holds so many bytes and no more."""
    cache = Memory[str]({"pages": 25})
    for key in ("/a", "/b"):
        await cache.get(key, render(key))
    cache.peek("/a")
    await cache.get("/c", render("/c"))
    assert [cache.peek(key) for key in ("/a", "/b", "/c")] == ["/a", None, "/c"]


async def test_what_anyone_can_make_up_does_not_push_out_pages() -> None:
    """Each shelf has its own bound."""
    cache = Memory[str]({"pages": 20, "missing": 20})
    await cache.get("/", render("home"))
    for number in range(50):
        await cache.get(f"/{number}", render("404", shelf="missing"))
    assert cache.peek("/") == "home"
    assert cache.used <= 40


async def test_a_value_larger_than_its_shelf_is_not_kept() -> None:
    """It would push out all others for nothing."""
    cache = Memory[str]({"pages": 25})
    await cache.get("/a", render("small"))
    await cache.get("/b", render("big", size=26))
    assert (cache.peek("/a"), cache.peek("/b")) == ("small", None)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdefgh"), st.integers(1, 40), st.sampled_from(["pages", "missing", None])
        )
    )
)
async def test_no_sequence_of_requests_exceeds_the_bounds(
    requests: list[tuple[str, int, str | None]],
) -> None:
    """Whatever is asked, a shelf's use is what lies on it, and within its bound."""
    cache = Memory[str]({"pages": 64, "missing": 32})
    for key, size, shelf in requests:
        await cache.get((key, size), render(key, size, shelf))
        assert cache.used <= 96
