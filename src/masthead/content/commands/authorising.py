"""Whether the actor may do that, asked before the change and, of what is written, after it: a change must
not move an entry out of what its maker may change."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from masthead.access import ALWAYS, NEVER, Action, Policies, Predicate, Viewer, is_own
from masthead.content.commands.states import EntryState
from masthead.kernel import AccessError, NotFoundError
from masthead.model import ContentModel, ContentType
from masthead.query import permitted
from masthead.store import Stage, Transaction


@dataclass(frozen=True, slots=True)
class Permissions:
    """What one viewer may do in one transaction."""

    transaction: Transaction
    model: ContentModel
    policies: Policies
    viewer: Viewer

    async def require(self, action: Action, state: EntryState, fields: Iterable[str] = ()) -> None:
        """Raises AccessError; NotFoundError where the viewer may not know that the entry exists."""
        names = frozenset(fields)
        if await self.has(action, state, names):
            return
        if not await self._may_know(state):
            raise entry_unknown(state.id)
        raise self._not_allowed(action, state.content_type, names)

    def require_some(self, action: Action, content_type: ContentType, fields: Collection[str]) -> None:
        """Raises AccessError where the viewer may do that to no entry of the type."""
        names = frozenset(fields)
        if self._rule(action, content_type, names) == NEVER:
            raise self._not_allowed(action, content_type, names)

    async def require_after(self, action: Action, state: EntryState, fields: Iterable[str]) -> None:
        """Raises AccessError where the viewer may not do that with what has been written."""
        if not await self.has(action, state, frozenset(fields)):
            raise AccessError(
                "not-allowed",
                f"You may not {action} a {state.content_type.name} such as this would be then.",
                "Leave what decides about it (its owner, its references) as it is.",
            )

    async def has(self, action: Action, state: EntryState, names: frozenset[str]) -> bool:
        """Whether the viewer may. Most rules ask nothing of the entry, and so nothing of the database."""
        rule = self._rule(action, state.content_type, names)
        if rule in (ALWAYS, NEVER):
            return rule == ALWAYS
        if rule == is_own:
            return state.owner is not None and state.owner == self.viewer.account
        return await self._asks(action, state, names, "draft")

    def hidden(self, content_type: ContentType, names: Iterable[str]) -> frozenset[str]:
        """Those of the fields that the viewer may not see in every entry."""
        return self.policies.hidden_fields(self.viewer, content_type.name, frozenset(names))

    async def readable(self, type_name: str, ids: Iterable[UUID], stage: Stage) -> frozenset[UUID]:
        """Those of a type's entries that the viewer may read in a stage."""
        if self.policies.rule("read", type_name, self.viewer) == ALWAYS:
            return frozenset(ids)
        return await permitted(
            self.transaction, self.model, self.policies, self.viewer, "read", type_name, ids, stage=stage
        )

    async def _may_know(self, state: EntryState) -> bool:
        """Whether the viewer may read the draft, or what is public of the entry."""
        if await self.has("read", state, frozenset()):
            return True
        return state.shown("live") is not None and await self._asks("read", state, frozenset(), "live")

    async def _asks(self, action: Action, state: EntryState, names: frozenset[str], stage: Stage) -> bool:
        found = await permitted(
            self.transaction,
            self.model,
            self.policies,
            self.viewer,
            action,
            state.content_type.name,
            [state.id],
            stage=stage,
            fields=names,
        )
        return bool(found)

    def _not_allowed(self, action: Action, content_type: ContentType, names: frozenset[str]) -> AccessError:
        """What somebody is told who may know of the entry: which fields it is, where only they are denied."""
        what = f"{'a' if action == 'create' else 'this'} {content_type.name}"
        if self._rule(action, content_type, frozenset()) != NEVER:
            denied = [each for each in sorted(names) if self._is_never(action, content_type, each)]
            what = ", ".join(f'"{each}"' for each in denied) + f" of {what}" if denied else what
        return AccessError(
            "not-allowed",
            f"You may not {action} {what}.",
            "Ask someone who may, or for a role or a token that allows it.",
        )

    def _is_never(self, action: Action, content_type: ContentType, name: str) -> bool:
        return self._rule(action, content_type, frozenset({name})) == NEVER

    def _rule(self, action: Action, content_type: ContentType, names: frozenset[str]) -> Predicate:
        return self.policies.rule(action, content_type.name, self.viewer, names)


def require_signed_in(viewer: Viewer) -> None:
    """Raises AccessError for nobody."""
    if viewer.is_anonymous:
        raise AccessError("not-signed-in", "Nobody is signed in.", "Sign in, or send an API token.")


def entry_unknown(entry: UUID) -> NotFoundError:
    """Also for what the actor may not know of."""
    return NotFoundError(
        "entry-unknown",
        f"There is no entry {entry}.",
        "Check the id; the entry may have been deleted.",
    )
