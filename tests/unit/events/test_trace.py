"""The trace that a request says it belongs to, or nothing."""

import pytest

from masthead.events import trace_parent

GOOD = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (GOOD, GOOD.decode()),
        (b"cc" + GOOD[2:] + b"-what-the-future-will-be-like", "cc" + GOOD[2:].decode()),
        (None, None),
        (b"", None),
        (GOOD.upper(), None),
        (GOOD + b"-more", None),
        (b"cc" + GOOD[2:] + b".more", None),
        (b"ff" + GOOD[2:], None),
        (b"00-" + b"0" * 32 + GOOD[35:], None),
        (GOOD[:36] + b"0" * 16 + GOOD[52:], None),
        (GOOD[:-1], None),
        (b"\xff" * 55, None),
    ],
)
def test_only_what_has_the_form_is_kept(header: bytes | None, expected: str | None) -> None:
    """W3C Trace Context, sections 3.2.2 and 4: later versions are read as far as they are known."""
    assert trace_parent(header) == expected
