"""What a turn changes, entry by entry: which stages show it otherwise, and whether others notice."""

from dataclasses import dataclass
from uuid import UUID

from masthead.content.blocks import value_of
from masthead.content.commands.states import EntryState
from masthead.content.projection import references
from masthead.model import ContentModel, Field
from masthead.store import STAGES, Stage


@dataclass(frozen=True, slots=True)
class Change:
    """An entry before (None: it is new) and after a turn."""

    before: EntryState | None
    after: EntryState

    @property
    def id(self) -> UUID:
        """The entry's id."""
        return self.after.id

    def is_shown_anew(self, stage: Stage) -> bool:
        """Whether the stage has another row of the entry now, or none any more."""
        if self.before is None:
            return self.after.shown(stage) is not None
        old, new = self.before.shown(stage), self.after.shown(stage)
        if old is None or new is None:
            return old is not new
        return old.id != new.id or self.before.published_at != self.after.published_at

    @property
    def is_only_stamped(self) -> bool:
        """Whether the draft differs in nothing but the moment of the first publication."""
        if self.before is None or not (self.before.is_there and self.after.is_there):
            return False
        is_same = self.before.head.id == self.after.head.id
        return is_same and self.before.published_at != self.after.published_at

    def keeps_links(self, stage: Stage, field: Field) -> bool:
        """Whether the stage has the rows of a list of references already, if no target comes or goes."""
        old = None if self.before is None else self.before.shown(stage)
        new = self.after.shown(stage)
        if old is None or new is None:
            return False
        order = self.after.content_type.order_field
        one, two = old.snapshot.fields, new.snapshot.fields
        return all(value_of(each, one) == value_of(each, two) for each in (field, order) if each is not None)

    @property
    def is_noticed(self) -> bool:
        """Whether those that refer to the entry show it otherwise: its presence or address is another."""
        if self.before is None:
            return self.after.published is not None
        return any(self.is_noticed_in(stage) for stage in STAGES)

    def is_noticed_in(self, stage: Stage) -> bool:
        """The same, of those that refer to it in one stage."""
        old, new = self.before, self.after
        if old is None:  # nobody refers to what is new
            return False
        before, after = old.shown(stage), new.shown(stage)
        if before is after:
            return False
        return before is None or after is None or old.address(stage) != new.address(stage)

    @property
    def is_coming_out(self) -> bool:
        """Whether it becomes public and takes an address, but no old ones."""
        before = None if self.before is None else self.before.claims
        after = self.after.claims
        return self.before is not None and before is None and after is not None and not after.old_addresses

    @property
    def is_claiming(self) -> bool:
        """Whether it takes or leaves addresses or slugs."""
        if self.before is not None and self.before.shown("live") is self.after.shown("live"):
            return False
        return (None if self.before is None else self.before.claims) != self.after.claims

    @property
    def is_going_out(self) -> bool:
        """Whether it was public and is not any more."""
        return (
            self.before is not None
            and self.before.shown("live") is not None
            and self.after.shown("live") is None
        )

    def references_before(self, model: ContentModel, stage: Stage) -> frozenset[str]:
        """The ids that the stage's revision referred to."""
        return frozenset() if self.before is None else _references(model, self.before, stage)

    def references_after(self, model: ContentModel, stage: Stage) -> frozenset[str]:
        """The ids that the stage's revision refers to."""
        return _references(model, self.after, stage)


def _references(model: ContentModel, state: EntryState, stage: Stage) -> frozenset[str]:
    revision = state.shown(stage)
    if revision is None:
        return frozenset()
    return references(model, state.content_type, revision.snapshot.fields)
