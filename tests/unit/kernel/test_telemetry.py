"""Log lines: JSON for machines, text for a terminal, and a secret in neither."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from masthead.kernel.telemetry import configure_logging, hide_secrets, without_passwords


@pytest.fixture(autouse=True)
def _restore() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_a_line_is_a_json_object_with_role_level_and_time() -> None:
    """What is not a terminal gets one JSON object a line."""
    stream = io.StringIO()
    configure_logging("api", "auto", "info", stream)
    structlog.get_logger("a").info("request", path="/", status=200)
    line = json.loads(stream.getvalue())
    assert {
        "event": "request",
        "role": "api",
        "level": "info",
        "path": "/",
        "status": 200,
    }.items() <= line.items()
    assert line["timestamp"].endswith("Z")


def test_a_terminal_gets_text() -> None:
    """console is for eyes."""
    stream = io.StringIO()
    configure_logging("api", "console", "info", stream)
    structlog.get_logger("b").info("api.started", port=8000)
    assert "api.started" in stream.getvalue()
    assert "port=8000" in stream.getvalue()


def test_libraries_log_in_the_same_stream() -> None:
    """What the standard library's logging is told is a line like all others, from warning on."""
    stream = io.StringIO()
    configure_logging("api", "json", "info", stream)
    logging.getLogger("asyncpg").warning("slow %s", "start")
    logging.getLogger("asyncpg").info("chatter")
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(line["event"], line["logger"], line["level"]) for line in lines] == [
        ("slow start", "asyncpg", "warning")
    ]


def test_a_level_hides_what_is_below_it() -> None:
    """MASTHEAD_LOG_LEVEL=warning drops info."""
    stream = io.StringIO()
    configure_logging("api", "json", "warning", stream)
    structlog.get_logger("c").info("quiet")
    assert stream.getvalue() == ""


def test_passwords_in_urls_are_blanked() -> None:
    """Wherever in a line they are."""
    assert (
        without_passwords("to postgresql://me:hush@host/db now") == "to postgresql://me:[hidden]@host/db now"
    )
    assert without_passwords("mail me@example.org") == "mail me@example.org"


def test_values_under_telling_names_are_blanked() -> None:
    """password, token, cookie, authorization …"""
    hidden = hide_secrets(None, "", {"db_password": "x", "Authorization": "y", "path": "/"})
    assert hidden == {"db_password": "[hidden]", "Authorization": "[hidden]", "path": "/"}


def test_a_traceback_does_not_spell_a_password() -> None:
    """Also an error's own text goes through the sieve."""
    stream = io.StringIO()
    configure_logging("api", "json", "info", stream)
    error = OSError("no answer from postgresql://me:hush@host/db")
    structlog.get_logger("d").error("failed", exc_info=error)
    assert "hush" not in stream.getvalue()
    assert "OSError" in stream.getvalue()
