"""Addresses: one spelling a page, whatever a client writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.roles.api.address import as_location, is_untidy, read_address, spellings, tidy


@pytest.mark.parametrize(
    ("path", "query", "target"),
    [
        ("/", b"", "/"),
        ("/posts/2015/09/17/Rust-1.3", b"", "/posts/2015/09/17/Rust-1.3"),
        ("/tags/c++", b"", "/tags/c++"),
        ("/posts/größe", b"", "/posts/gr%C3%B6%C3%9Fe"),
        ("/tags/c", b"after=WyIyMDI2", "/tags/c?after=WyIyMDI2"),
        ("/tags/c", b"utm_source=mail&after=Wy8_&x=1", "/tags/c?after=Wy8_"),
        ("/tags/c", b"after=", "/tags/c"),
        ("/tags/c", b"after=" + b"a" * 601, "/tags/c"),
        ("/tags/c", b"after=%3Cscript%3E", "/tags/c"),
        ("/tags/c", b"after=a&after=b", "/tags/c?after=b"),
    ],
)
def test_an_address_has_one_target(path: str, query: bytes, target: str) -> None:
    """Encoded once, and only the parameters that the site reads, when they look as they must."""
    address = read_address(path, query)
    assert address is not None
    assert address.target == target


@pytest.mark.parametrize("path", ["/a/../b", "/./a", "/a\\b", "/a\x00", "/a\nb", "/" + "a" * 3000, "a", "*"])
def test_what_nothing_can_have_is_no_address(path: str) -> None:
    """Dot segments, backslashes, control characters, endless paths."""
    assert read_address(path, b"") is None


@given(st.text(alphabet="abc=&?%;+", max_size=60))
def test_made_up_parameters_make_one_variant(query: str) -> None:
    """Nobody fills the cache, or gets around it, with a query string."""
    address = read_address("/", query.encode())
    assert address is not None
    assert address.target == "/"


@pytest.mark.parametrize(
    ("path", "clean"),
    [("/", "/"), ("/a/", "/a"), ("//a///b//", "/a/b"), ("///", "/"), ("/a.html", "/a.html")],
)
def test_tidy(path: str, clean: str) -> None:
    """No doubled and no trailing slashes."""
    assert tidy(path) == clean


@pytest.mark.parametrize(
    ("path", "is_other"),
    [
        ("/a", False),
        ("/", False),
        ("/a/", True),
        ("/a.html", True),
        ("/a/index.html", True),
        ("/index", True),
    ],
)
def test_another_spelling_is_noticed(path: str, *, is_other: bool) -> None:
    """A trailing slash, .html, /index.html."""
    assert is_untidy(path) is is_other


def test_spellings_begin_with_the_path_itself() -> None:
    """An exact match wins over every guess."""
    assert spellings("/2015/05/Rust-1.0.html") == [
        "/2015/05/Rust-1.0.html",
        "/2015/05/Rust-1.0.html/",
        "/2015/05/Rust-1.0",
        "/2015/05/Rust-1.0/",
    ]
    assert spellings("/a/index.html")[-2:] == ["/a", "/a/"]


@given(st.text(min_size=1))
def test_a_location_stays_on_this_host(path: str) -> None:
    """Never //host, never a new header line."""
    location = as_location(path)
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert location.isascii()
    assert "\n" not in location
