"""One turn: what a command, or several in one transaction, have found and decided. Nothing is written
before all of them are through, so that what is checked is what will be there in the end.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from masthead.access import Action, Policies
from masthead.content.commands.actor import Actor
from masthead.content.commands.authorising import Permissions, entry_unknown
from masthead.content.commands.entry_rows import load_entries, load_revisions
from masthead.content.commands.locks import ExclusiveLockNeededError
from masthead.content.commands.refusal import Fault
from masthead.content.commands.states import EntryState, Revision
from masthead.content.renderer import Renderer
from masthead.content.snapshot import Snapshot
from masthead.kernel import new_id
from masthead.model import ContentModel, DraftValidator, Validator
from masthead.store import Transaction


class Rules:
    """What is in force: the model, the policies, and the validators of the types, each built once."""

    def __init__(self, model: ContentModel, policies: Policies | None = None) -> None:
        self.model = model
        self.policies = policies or Policies(model)
        self._drafts: dict[str, DraftValidator] = {}
        self._whole: dict[str, Validator] = {}

    def draft(self, name: str) -> DraftValidator:
        """For what is saved."""
        if name not in self._drafts:
            self._drafts[name] = DraftValidator(self.model[name], self.model)
        return self._drafts[name]

    def whole(self, name: str) -> Validator:
        """For what is published."""
        if name not in self._whole:
            self._whole[name] = Validator(self.model[name], self.model)
        return self._whole[name]


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A revision to be appended."""

    entry: UUID
    revision: Revision
    base: UUID | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Deed:
    """What a command did to an entry, for the audit log and the outbox: "entry.save" and "saved" (None:
    nothing happened that others react to). `detail` goes to both."""

    entry: UUID
    action: str
    event: str | None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReleaseDeed:
    """What a command did to a release: "publish" and "published"."""

    release: UUID
    action: str
    event: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Turn:
    """The state of one turn. `before` is as the database has it, `after` as it will be."""

    transaction: Transaction
    rules: Rules
    renderer: Renderer
    actor: Actor
    now: datetime
    is_exclusive: bool
    command: int = 0
    """The number of the command that is at work, in a bulk."""
    before: dict[UUID, EntryState] = field(default_factory=dict)
    after: dict[UUID, EntryState] = field(default_factory=dict)
    revisions: list[NewRevision] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    release_deeds: list[ReleaseDeed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    missing: list[UUID] = field(default_factory=list)
    flipped: list[EntryState] = field(default_factory=list)
    """Derived entries that have become public, or are so no more, because of who refers to them."""
    merged: set[UUID] = field(default_factory=set)
    along: set[UUID] = field(default_factory=set)
    """Entries that are published along when something refers to them."""
    along_all: set[UUID] = field(default_factory=set)
    """Entries that take all along that they refer to."""
    permissions: list[tuple[Action, UUID, frozenset[str]]] = field(default_factory=list)
    """What the actor must be allowed of what is written, or all is undone: action, entry, fields."""
    named: dict[UUID, int] = field(default_factory=dict)
    """The entries that commands name or make, in their order, with the command's number."""
    detail: dict[str, Any] = field(default_factory=dict)
    schedule: UUID | None = None
    release: UUID | None = None

    @property
    def model(self) -> ContentModel:
        """The model in force."""
        return self.rules.model

    @property
    def may(self) -> Permissions:
        """What the actor may do."""
        return Permissions(self.transaction, self.model, self.rules.policies, self.actor.viewer)

    def need_exclusive(self) -> None:
        """Say that this cannot be done beside other commands."""
        if not self.is_exclusive:
            raise ExclusiveLockNeededError

    async def load(self, ids: Iterable[UUID]) -> None:
        """Lock and read the entries that are there and have not been read."""
        wanted = [each for each in ids if each not in self.before]
        for state in await load_entries(self.transaction, self.model, wanted):
            self.before[state.id] = self.after[state.id] = state

    async def entry(self, key: UUID, action: Action) -> EntryState:
        """An entry as it is now, for one who may do that with it. Raises NotFoundError and AccessError."""
        await self.load([key])
        state = self.after.get(key)
        if state is None or state.is_deleted:
            raise entry_unknown(key)
        await self.may.require(action, state)
        self.named.setdefault(key, self.command)
        return state

    async def revision(self, state: EntryState, key: UUID) -> Revision | None:
        """One of the entry's revisions; None where it has none of that id."""
        for each in (state.head, state.published):
            if each is not None and each.id == key:
                return each
        return (await load_revisions(self.transaction, [key], of=state.id)).get(key)

    def put(self, state: EntryState) -> None:
        """How an entry will be. What people do to a derived entry makes it one of its own."""
        self.after[state.id] = replace(state, is_derived=False)
        self.named.setdefault(state.id, self.command)

    def revise(
        self, state: EntryState, snapshot: Snapshot, base: UUID | None, note: str | None
    ) -> EntryState:
        """The entry with a new head, which is appended."""
        number = state.head.number + 1
        head = Revision(new_id(), number, snapshot, self.now)
        self.revisions.append(NewRevision(state.id, head, base, note))
        return replace(state, head=head)

    def fault(self, entry: UUID | None, path: str, code: str, message: str) -> None:
        """Note something that is wrong; the command is refused in the end, with all of them."""
        number = self.command if entry is None else self.named.get(entry, self.command)
        self.faults.append(Fault(entry, path, code, message, number))

    def did(self, entry: UUID, action: str, event: str | None, **detail: Any) -> None:
        """Note what a command did."""
        self.deeds.append(Deed(entry, action, event, detail))

    def did_release(self, release: UUID, action: str, event: str, **detail: Any) -> None:
        """Note what a command did to a release."""
        self.release_deeds.append(ReleaseDeed(release, action, event, detail))
