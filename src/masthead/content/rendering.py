"""Markdown as it is stored and as it is shown: the heavy work of a projection, and a process that does it.

As a program it answers lists of texts on its standard input, until that ends: so it never outlives who
started it, however that one died. It imports nothing of this room, to start quickly.

Stored text names entries and assets by id (`entry:<uuid>#part`, `asset:<uuid>`). Shown text has their
addresses; where a target has none (it is not public), a link keeps its text and loses its href. The Markdown
of a draft keeps the id there: an editor who saves what was read must not lose where it leads.
"""

import re
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from masthead.markdown import Heading, Link, LinkKind, Rendered, render, rewrite_links

_TARGET = re.compile(r"(?:entry|asset):([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")

Addresses = Mapping[str, str]
"""Address by id."""


@dataclass(frozen=True, slots=True)
class Text:
    """One Markdown text: `rewrites` gives what replaces a URL of the source; the addresses of all that
    it refers to are given for each stage that it is wanted in."""

    source: str
    rewrites: Mapping[str, str]
    live: Addresses | None
    draft: Addresses | None


@dataclass(frozen=True, slots=True)
class View:
    """A text as one stage shows it: its Markdown with addresses in place of ids (None: it has no ids and
    is as stored), and what is rendered."""

    source: str | None
    rendered: Rendered


@dataclass(frozen=True, slots=True)
class Shown:
    """The text as it is stored (None: as it was given), and how it is shown in each stage that was asked
    for. With `is_same` the draft looks like the live one, which is not said twice."""

    stored: str | None
    live: View | None
    draft: View | None
    is_same: bool = False


def targets_in(stored: str) -> tuple[str, ...]:
    """The ids that a stored text refers to, each once."""
    if "entry:" not in stored and "asset:" not in stored:
        return ()
    return tuple(dict.fromkeys(_TARGET.findall(stored)))


def show(text: Text) -> Shown:
    """Store and render; once where both stages look the same."""
    stored = text.source
    if text.rewrites:
        stored = rewrite_links(stored, lambda link: _rewritten(link, text.rewrites), _is_candidate)
    changed = None if stored == text.source else stored
    live = None if text.live is None else _view(stored, text.live)
    if text.draft is None:
        return Shown(changed, live, None)
    draft = text.draft
    if text.live is not None and is_alike(stored, text.live, draft):
        return Shown(changed, live, None, is_same=True)
    return Shown(changed, live, _view(stored, draft, is_draft=True))


def is_alike(stored: str, live: Addresses, draft: Addresses) -> bool:
    """Whether a stored text looks the same in both stages."""
    return all(each in live and live[each] == draft.get(each) for each in targets_in(stored))


def _rewritten(link: Link, rewrites: Mapping[str, str]) -> str | None:
    return rewrites.get(link.url)


def _is_candidate(url: str) -> bool:
    return not url.startswith(("http:", "https:", "#", "mailto:"))


def _view(stored: str, addresses: Addresses, *, is_draft: bool = False) -> View:
    def address(_: LinkKind, url: str) -> str | None:
        found = _TARGET.match(url)
        if found is None:
            return url
        path = addresses.get(found[1])
        return None if path is None else path + url[found.end() :]

    if not targets_in(stored):
        return View(None, render(stored))

    # Markdown cannot say "a link without a target": `#` leads nowhere else.
    def written(link: Link) -> str:
        return address(link.kind, link.url) or (link.url if is_draft else "#")

    source = rewrite_links(stored, written, _is_target)
    return View(source, render(stored, address))


def _is_target(url: str) -> bool:
    return url.startswith(("entry:", "asset:"))


LENGTH = struct.Struct("!I")
"""In front of every message: its length in bytes. A message is a list, in JSON."""


def texts_from_json(message: bytes) -> list[Text]:
    """The texts of a question."""
    return [Text(**each) for each in orjson.loads(message)]


def shown_from_json(message: bytes) -> list[Shown]:
    """The answers."""
    return [
        Shown(each["stored"], _read_view(each["live"]), _read_view(each["draft"]), each["is_same"])
        for each in orjson.loads(message)
    ]


def _read_view(value: Any) -> View | None:
    if value is None:
        return None
    rendered = value["rendered"]
    toc = tuple(Heading(**heading) for heading in rendered["toc"])
    return View(value["source"], Rendered(**{**rendered, "toc": toc}))


def _serve() -> None:
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(LENGTH.size)) == LENGTH.size:
        question = source.read(LENGTH.unpack(head)[0])
        answer = orjson.dumps([show(text) for text in texts_from_json(question)])
        sink.write(LENGTH.pack(len(answer)) + answer)
        sink.flush()


if __name__ == "__main__":
    _serve()
