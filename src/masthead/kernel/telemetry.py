"""What a process says of itself: structured log lines, readable on a terminal, JSON everywhere else.

A secret is never in a line: passwords inside URLs and values under telling names are blanked here,
once, whoever wrote them.
"""

import io
import logging
import re
import sys
from collections.abc import MutableMapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TextIO

import orjson
import structlog
from structlog.types import ExcInfo, Processor

from masthead.kernel.log_lines import LogLinesFactory
from masthead.kernel.settings import LogFormat, LogLevel

_PASSWORD_IN_URL = re.compile(r"(?P<head>\w+://[^\s/:@]*):[^\s@/]*@")
_SECRET_NAME = re.compile(r"password|passwd|secret|token|authorization|cookie|api_?key", re.IGNORECASE)
_BLANK = "[hidden]"


def configure_logging(
    role: str, log_format: LogFormat = "auto", level: LogLevel = "info", stream: TextIO | None = None
) -> None:
    """Send every log line of this process, the libraries' too, to `stream` (standard error).

    `role` names the process in each line: up, api, site.
    """
    stream = stream or sys.stderr
    is_console = log_format == "console" or (log_format == "auto" and stream.isatty())
    structlog.configure(
        processors=_for_people(role, is_coloured=stream.isatty()) if is_console else [_as_json(role)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=LogLinesFactory(stream),
        cache_logger_on_first_use=True,
    )
    _adopt_standard_logging(level)


def hide_secrets(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank what must not be read in a log: a structlog processor."""
    for name, value in event.items():
        if _is_secret(name):
            event[name] = _BLANK
        elif isinstance(value, str) and "@" in value:
            event[name] = without_passwords(value)
    return event


@lru_cache(maxsize=1024)
def _is_secret(name: str) -> bool:
    """Names are few and come again with every line."""
    return _SECRET_NAME.search(name) is not None


def without_passwords(text: str) -> str:
    """`text` with the password of each URL in it blanked."""
    return _PASSWORD_IN_URL.sub(rf"\g<head>:{_BLANK}@", text)


def _for_people(role: str, *, is_coloured: bool) -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        _add_role(role),
        structlog.processors.TimeStamper("%H:%M:%S", utc=False),
        hide_secrets,
        _escape,
        structlog.dev.ConsoleRenderer(
            colors=is_coloured, exception_formatter=_escaped_traceback, pad_event_to=22
        ),
    ]


def _escape(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Spell out what would move the cursor, end the line or colour it (ASVS 16.4.1). What is no text is
    written as `repr` has it, which may be somebody else's."""
    for name in [*event]:
        value = event.pop(name)
        if name not in _OF_A_FAILURE and value is not None and not isinstance(value, bool | int | float):
            value = escaped(value if isinstance(value, str) else repr(value))
        event[escaped(name)] = value
    return event


_OF_A_FAILURE = frozenset({"exc_info", "exception", "stack"})


def escaped(text: str, *, but: str = "") -> str:
    """`text` with its control characters, and all that ends a line, as Python spells them; `but` are left."""
    return _CONTROL.sub(lambda found: found[0] if found[0] in but else _spelled(found[0]), text)


_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _spelled(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _escaped_traceback(stream: TextIO, failure: ExcInfo) -> None:
    """A traceback has lines; what its error says of somebody's input has no other control characters."""
    plain = io.StringIO()
    structlog.dev.plain_traceback(plain, failure)
    stream.write(escaped(plain.getvalue(), but="\n\t"))


def _add_role(role: str) -> Processor:
    def add(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event.setdefault("role", role)
        return event

    return add


def _as_json(role: str) -> Processor:
    """One processor instead of the seven that structlog would have: every request pays for it."""

    def render(logger: Any, level: str, event: MutableMapping[str, Any]) -> str:
        event = structlog.contextvars.merge_contextvars(logger, level, event)
        event["level"] = level
        event.setdefault("role", role)
        event["timestamp"] = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        if "exc_info" in event:
            event = structlog.processors.format_exc_info(logger, level, event)
        hide_secrets(logger, level, event)  # behind the traceback, which can spell a URL too
        return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()

    return render


class _Forward(logging.Handler):
    """Hands what libraries log to structlog, so that there is one format and one stream."""

    def emit(self, record: logging.LogRecord) -> None:
        log = structlog.get_logger(record.name)
        log.log(record.levelno, record.getMessage(), logger=record.name, exc_info=record.exc_info)


def _adopt_standard_logging(level: LogLevel) -> None:
    """Libraries may warn; what they tell at info is their own business, except when debugging."""
    root = logging.getLogger()
    root.handlers[:] = [_Forward()]
    root.setLevel(logging.DEBUG if level == "debug" else logging.WARNING)
