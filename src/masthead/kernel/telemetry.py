"""What a process says of itself: structured log lines, readable on a terminal, JSON everywhere else.

A secret is never in a line: passwords inside URLs and values under telling names are blanked here,
once, whoever wrote them.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any, TextIO

import orjson
import structlog
from structlog.types import Processor

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
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        _add("role", role),
        structlog.processors.TimeStamper("%H:%M:%S" if is_console else "iso", utc=not is_console),
        hide_secrets,
    ]
    structlog.configure(
        processors=[*shared, *_renderers(is_console, is_coloured=stream.isatty())],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
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


def _add(name: str, value: str) -> Processor:
    def add(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event.setdefault(name, value)
        return event

    return add


def _renderers(is_console: bool, *, is_coloured: bool) -> list[Processor]:
    if is_console:
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(colors=is_coloured, exception_formatter=plain, pad_event_to=22)]
    return [
        structlog.processors.format_exc_info,
        hide_secrets,  # once more: a traceback can spell a URL
        structlog.processors.JSONRenderer(serializer=_as_json),
    ]


def _as_json(event: Any, **_: Any) -> str:
    return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


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
