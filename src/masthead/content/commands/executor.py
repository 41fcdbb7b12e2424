"""The one door of every change of content: a command, one transaction, an outcome or one error."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from masthead.access import Policies
from masthead.content.commands.actor import Actor
from masthead.content.commands.authorising import require_signed_in
from masthead.content.commands.bulk import perform
from masthead.content.commands.command import Command, Outcome
from masthead.content.commands.concluding import Conclusion
from masthead.content.commands.foresight import needs_exclusive, published_by
from masthead.content.commands.idempotency import claim_key, keep_outcome
from masthead.content.commands.locks import (
    ExclusiveLockNeededError,
    hold_entries,
    hold_to_publish,
    holding_entries,
)
from masthead.content.commands.refusals import record_refusal
from masthead.content.commands.schedule_rows import wake_schedulers
from masthead.content.commands.stage_writing import StageRows
from masthead.content.commands.turn import Rules, Turn
from masthead.content.remembered_texts import RememberingRenderer
from masthead.content.renderer import LocalRenderer, Renderer
from masthead.events.coherence import settled
from masthead.kernel import MastheadError, utc_now
from masthead.model import ContentModel
from masthead.store import FAILURES, Database, Transaction, failure, is_taken


class Commands:
    """Runs commands on one publication."""

    def __init__(
        self,
        database: Database,
        model: ContentModel,
        policies: Policies | None = None,
        *,
        clock: Callable[[], datetime] = utc_now,
        renderer: Renderer | None = None,
    ) -> None:
        self._database = database
        self._model = model
        self._clock = clock
        self._renderer = renderer or RememberingRenderer(LocalRenderer())
        self._rules = Rules(model, policies)
        self._rows = StageRows(model)

    @property
    def model(self) -> ContentModel:
        """The model in force."""
        return self._model

    async def run(self, command: Command, actor: Actor, *, key: str | None = None) -> Outcome:
        """Do it, in one transaction. With a `key`, the same command again gives the same outcome.

        Raises CommandRefusedError, SaveConflictError, StaleBaseError, AccessError and NotFoundError;
        nothing is done then but a line in the audit log.
        """
        try:
            try:
                outcome, is_live_changed = await self._run(command, actor, key)
            except FAILURES as error:
                raise failure(error) from error
        except MastheadError as error:
            await record_refusal(self._database, command, actor, error, self._clock())
            raise
        if is_live_changed:
            await settled(self._database)
        if outcome.schedule is not None:
            await wake_schedulers(self._database)
        return outcome

    async def run_in(self, transaction: Transaction, command: Command, actor: Actor) -> tuple[Outcome, bool]:
        """Do it in a transaction of the caller's, with the exclusive lock, which that must not hold shared;
        tell too whether what is public has changed, to be announced after the commit. What is refused is
        for the caller to undo, and to record with `record_refusal`."""
        require_signed_in(actor.viewer)
        await hold_entries(transaction, is_exclusive=True)
        return await self._turn(transaction, command, actor, is_exclusive=True)

    async def _run(self, command: Command, actor: Actor, key: str | None) -> tuple[Outcome, bool]:
        require_signed_in(actor.viewer)
        if not needs_exclusive(command):
            with suppress(ExclusiveLockNeededError):
                return await self._beside_others(command, actor, key)
        return await self._once(command, actor, key, is_exclusive=True)

    async def _beside_others(self, command: Command, actor: Actor, key: str | None) -> tuple[Outcome, bool]:
        """In shared mode, while that will do. Raises ExclusiveLockNeededError."""
        try:
            return await self._once(command, actor, key, is_exclusive=False)
        except FAILURES as error:
            # Somebody has taken the slug or the address at this moment: alone, it finds out who.
            if is_taken(error):
                raise ExclusiveLockNeededError from error
            raise

    async def _once(
        self, command: Command, actor: Actor, key: str | None, *, is_exclusive: bool
    ) -> tuple[Outcome, bool]:
        published = [] if is_exclusive else published_by(command)
        is_open = key is None and not published
        opening = holding_entries(is_exclusive=is_exclusive) if is_open else ""
        async with self._database.transaction(opening) as transaction:
            # First the key, then the lock: who waits for the same key holds nothing that others need.
            if key is not None:
                known = await claim_key(transaction, actor.account, key, command, self._clock())
                if known is not None:
                    return known, False
            if published:
                is_exclusive = await hold_to_publish(transaction, published)
            elif not is_open:
                await hold_entries(transaction, is_exclusive=is_exclusive)
            outcome, is_live_changed = await self._turn(
                transaction, command, actor, is_exclusive=is_exclusive
            )
            if key is not None:
                await keep_outcome(transaction, actor.account, key, outcome)
        return outcome, is_live_changed

    async def _turn(
        self, transaction: Transaction, command: Command, actor: Actor, *, is_exclusive: bool
    ) -> tuple[Outcome, bool]:
        turn = Turn(transaction, self._rules, self._renderer, actor, self._clock(), is_exclusive)
        await perform(turn, command)
        is_live_changed = await Conclusion(turn, self._rows).conclude()
        return _outcome(turn), is_live_changed


def _outcome(turn: Turn) -> Outcome:
    """The entries that were named first, in their order."""
    entries = tuple(turn.after[each].changed(is_merged=each in turn.merged) for each in turn.named)
    return Outcome(entries, turn.schedule, turn.release, detail=turn.detail)
