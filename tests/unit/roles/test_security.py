"""The script policy of a page: its own inline scripts by hash, no others."""

import base64
import hashlib

from masthead.roles.api.security import page_policy


def hashed(code: str) -> str:
    """As a Content-Security-Policy spells it."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() + "'"


def test_inline_scripts_are_named_by_hash() -> None:
    """In the order in which they are, each once."""
    html = "<script>a()</script><script defer>b()</script><script>a()</script>"
    assert f"script-src 'self' {hashed('a()')} {hashed('b()')};" in page_policy(html.encode()).decode()


def test_files_and_data_blocks_need_no_hash() -> None:
    """A script with src is 'self'; JSON-LD does not run."""
    html = '<script src="/_next/static/a.js"></script><script type="application/ld+json">{"a":1}</script>'
    assert "sha256" not in page_policy(html.encode()).decode()


def test_code_with_line_breaks_is_hashed_byte_for_byte() -> None:
    """A browser hashes what lies between the tags, white space included."""
    assert hashed("\n  x = '<b>'\n") in page_policy(b"<SCRIPT>\n  x = '<b>'\n</SCRIPT >").decode()


def test_a_page_without_scripts_runs_none_inline() -> None:
    """No unsafe-inline for scripts, no plug-ins, no frames, no base."""
    policy = page_policy(b"<p>Hi</p>").decode()
    assert "script-src 'self';" in policy
    for refused in ("object-src", "base-uri", "frame-ancestors"):
        assert f"; {refused} 'none'" in policy
