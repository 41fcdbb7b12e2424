"""Nobody writes a line of the log but us: what somebody sent stays within the line that tells of it."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from masthead.kernel.telemetry import configure_logging

FORGED = '{"event":"all is lost","level":"error"}'


@pytest.fixture(autouse=True)
def _restore() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1b[2K\r", "\0\n"])
def test_a_line_break_makes_no_line(end: str) -> None:
    """In a value, in the name of one, in an event, in an error, in what a library logs."""
    stream, sent = io.StringIO(), f"a{end}{FORGED}"
    configure_logging("api", "json", "info", stream)
    structlog.get_logger("a").info("request", path=sent, deep={"in": [sent]}, **{sent: "b"})
    structlog.get_logger("a").info(sent)
    structlog.get_logger("a").error("failed", exc_info=ValueError(sent))
    logging.getLogger("asyncpg").warning("said %s", sent)
    lines = stream.getvalue().removesuffix("\n").split("\n")
    assert [json.loads(line)["event"] for line in lines] == ["request", sent, "failed", f"said {sent}"]
    assert not {each for each in stream.getvalue() if each < " "} - {"\n"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x1b[2K\r", "\x9b2K", "\0", "\x7f", "\u2028"])
def test_on_a_terminal_what_was_sent_is_spelled_out(end: str) -> None:
    """No value ends its line, moves the cursor, or colours what stands around it."""
    stream, sent = io.StringIO(), f"a{end}{FORGED}"
    configure_logging("api", "console", "info", stream)
    structlog.get_logger("a").info("request", path=sent, deep={"in": [sent]}, raw=_Raw(), **{sent: "b"})
    structlog.get_logger("a").info(sent)
    logging.getLogger("asyncpg").warning("said %s", sent)
    lines = stream.getvalue().removesuffix("\n").split("\n")
    assert len(lines) == 3
    assert not {each for each in stream.getvalue() if not each.isprintable()} - {"\n"}


def test_on_a_terminal_a_traceback_keeps_its_lines_alone() -> None:
    """What the error says of somebody's input cannot clear the screen."""
    stream = io.StringIO()
    configure_logging("api", "console", "info", stream)
    structlog.get_logger("a").error("failed", exc_info=ValueError("a\x1b[2J\rb"))
    assert "ValueError: a\\x1b[2J\\rb" in stream.getvalue().split("\n")


class _Raw:
    def __repr__(self) -> str:
        return "\x1b[31mred\n"
