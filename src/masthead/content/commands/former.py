"""The addresses that an entry has had and has no more: they lead to it, wherever it is."""

from collections.abc import Mapping
from typing import Any

from masthead.content.addresses import public_path
from masthead.content.commands.states import EntryState, Revision


def former_of(state: EntryState, fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The old addresses of a new head with these fields.

    Of an entry that was public once and is not, it is not known under which address: that of its head
    counts, which may say one too many and loses none.
    """
    known = list(state.head.snapshot.former)
    if state.published is not None:
        known += _public(state, state.published)
    elif state.published_at is not None and (address := state.address("draft")) is not None:
        known.append(address)
    own = public_path(state.content_type, fields)
    return tuple(dict.fromkeys(each for each in known if each != own))


def lost_by(state: EntryState, revision: Revision) -> tuple[str, ...]:
    """The addresses that would lead nowhere any more if the revision became what is public."""
    if state.published is None:
        return ()
    own = public_path(state.content_type, revision.snapshot.fields)
    kept = {own, *revision.snapshot.former}
    return tuple(each for each in _public(state, state.published) if each not in kept)


def _public(state: EntryState, published: Revision) -> list[str]:
    address = public_path(state.content_type, published.snapshot.fields)
    return [*published.snapshot.former, *([address] if address is not None else [])]
