"""The addresses that an entry has had and has no more: they lead to it, wherever it is."""

from collections.abc import Mapping
from typing import Any

from masthead.content.addresses import public_path
from masthead.content.commands.states import EntryState, Revision


def former_of(state: EntryState, fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The old addresses of a new head with these fields."""
    own = public_path(state.content_type, fields)
    return tuple(dict.fromkeys(each for each in [*state.head.snapshot.former, *_known(state)] if each != own))


def lost_by(state: EntryState, revision: Revision) -> tuple[str, ...]:
    """The addresses that would lead nowhere any more if the revision became what is public."""
    own = public_path(state.content_type, revision.snapshot.fields)
    kept = {own, *revision.snapshot.former}
    return tuple(each for each in _known(state) if each not in kept)


def _known(state: EntryState) -> list[str]:
    """Where the entry is public, or was. Of one that was public once and is not, it is not known under
    which address: that of its head counts, which may say one too many and loses none."""
    if state.published is not None:
        address = public_path(state.content_type, state.published.snapshot.fields)
        return [*state.published.snapshot.former, *([address] if address is not None else [])]
    if state.published_at is None:
        return []
    address = state.address("draft")
    return [*state.head.snapshot.former, *([address] if address is not None else [])]
