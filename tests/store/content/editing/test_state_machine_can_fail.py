"""Laws that nobody can break prove nothing: commands done wrongly in one way each are found out, and by the
law that is meant."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.store.content.editing.newsroom import Doing, Newsroom
from tests.store.content.editing.publication import MODEL
from tests.store.content.editing.shift import Shift

from masthead.access import EDITOR, Viewer
from masthead.content import needs
from masthead.content.commands import Actor, Command, Outcome, Publish, Save, Unpublish
from masthead.content.scheduling import Ran
from masthead.kernel import MastheadError
from masthead.query import RowReader
from masthead.store import Database, apply_model, open_database

SHIFTS, STEPS = 16, 60


pytestmark = pytest.mark.no_cover  # repeated so often that measuring would take most of the time


class Broken(Doing):
    """Does it right, and then spoils it."""

    async def write(self, statement: str, *values: Any) -> None:
        """Behind everybody's back."""
        async with self.database.transaction() as transaction:
            await transaction.execute(statement, *values)

    async def value(self, statement: str, *values: Any) -> Any:
        """What the database says."""
        async with self.database.transaction() as transaction:
            return await transaction.fetch_value(statement, *values)


class LosesAField(Broken):
    """A merge that forgets what the others changed."""

    async def run(self, command: Command, actor: Actor, key: str | None) -> Outcome:
        outcome = await super().run(command, actor, key)
        if isinstance(command, Save) and outcome.entries[0].is_merged and not outcome.is_repeated:
            old = json.loads(
                await self.value("SELECT snapshot FROM masthead.revision WHERE id = $1", command.base)
            )
            kept = {name: each for name, each in old["fields"].items() if name not in command.fields}
            await self.write(
                "UPDATE masthead.revision SET snapshot = "
                "jsonb_set(snapshot, '{fields}', snapshot->'fields' || $2) WHERE id = $1",
                outcome.entries[0].head,
                json.dumps(kept),
            )
        return outcome


class PublishesWithoutProjecting(Broken):
    """The live row stays as it was."""

    async def run(self, command: Command, actor: Actor, key: str | None) -> Outcome:
        outcome = await super().run(command, actor, key)
        if isinstance(command, Publish):
            await self.write("UPDATE live.story SET summary = 'old' WHERE id = $1", command.entry)
        return outcome


class ForgetsRedirects(Broken):
    """Old addresses lead nowhere."""

    async def run(self, command: Command, actor: Actor, key: str | None) -> Outcome:
        outcome = await super().run(command, actor, key)
        if isinstance(command, Publish):
            await self.write("DELETE FROM live._route WHERE NOT is_canonical")
        return outcome


class SchedulesTwice(Broken):
    """What is done is pending again."""

    async def run_due(self) -> Sequence[Ran]:
        ran = await super().run_due()
        ids = [each.schedule for each in ran]
        await self.write("UPDATE masthead.schedule SET state = 'pending' WHERE id = ANY($1::uuid[])", ids)
        return [*ran, *await super().run_due()]


class RefusesAndWrites(Broken):
    """A refused command leaves a trace."""

    async def run(self, command: Command, actor: Actor, key: str | None) -> Outcome:
        try:
            return await super().run(command, actor, key)
        except MastheadError:
            entry = getattr(command, "entry", None)
            await self.write("UPDATE masthead.entry SET updated_at = 'epoch' WHERE id = $1", entry)
            raise


class SkipsANumber(Broken):
    """History has a hole."""

    async def run(self, command: Command, actor: Actor, key: str | None) -> Outcome:
        outcome = await super().run(command, actor, key)
        if not isinstance(command, Save) or outcome.is_repeated:
            return outcome
        changed = outcome.entries[0]
        await self.write("UPDATE masthead.revision SET number = number + 1 WHERE id = $1", changed.head)
        number = await self.value("SELECT number FROM masthead.revision WHERE id = $1", changed.head)
        return replace(outcome, entries=[replace(changed, number=number)])


class AnswersFromDrafts(Broken):
    """The public endpoint reads the other stage."""

    @property
    def public(self) -> RowReader:
        return _Drafts(self.database)


class _Drafts:
    def __init__(self, database: Database) -> None:
        self._reader = database.drafts

    async def fetch_rows(self, sql: str, arguments: Sequence[Any] = ()) -> Sequence[Sequence[bytes | None]]:
        """What the public statement gives over drafts."""
        return await self._reader.fetch_rows(sql.replace('live."', 'draft."'), arguments)


class ForgetsKeys(Broken):
    """A program that sends a command twice gets it done twice."""

    async def run(self, command: Command, actor: Actor, key: str | None) -> Outcome:
        return await super().run(command, actor, None)


class ForgetsTheLog(Broken):
    """An author's commands are not in it."""

    async def run(self, command: Command, actor: Actor, key: str | None) -> Outcome:
        outcome = await super().run(command, actor, key)
        await self.write("ALTER TABLE masthead.audit DISABLE TRIGGER audit_append_only")
        await self.write("DELETE FROM masthead.audit WHERE account = $1 AND outcome = 'done'", actor.account)
        return outcome


class PublishesWhatIsStale(Broken):
    """Whatever the base, the head goes out."""

    async def run(self, command: Command, actor: Actor, key: str | None) -> Outcome:
        if isinstance(command, Publish) and key is None:
            head = await self.value("SELECT head FROM masthead.entry WHERE id = $1", command.entry)
            command = replace(command, base=UUID(int=head.int)) if head else command
        return await super().run(command, actor, key)


class AsksNobody(Broken):
    """Everybody is an editor."""

    async def run(self, command: Command, actor: Actor, key: str | None) -> Outcome:
        viewer = actor.viewer if actor.viewer.is_anonymous else Viewer(actor.account, frozenset({EDITOR}))
        return await super().run(command, Actor(viewer, actor.origin), key)


class ForgetsReferences(Broken):
    """What goes is not held by what refers to it."""

    async def run(self, command: Command, actor: Actor, key: str | None) -> Outcome:
        outcome = await super().run(command, actor, key)
        if isinstance(command, Publish | Unpublish):
            await self.write(
                "UPDATE masthead.entry SET published = NULL WHERE type IN ($1, $2) AND id <> ALL($3::uuid[])",
                MODEL["Author"].identity,
                MODEL["Tag"].identity,
                [each.entry for each in outcome.entries],
            )
        return outcome


class OverlooksATable(Broken):
    """A table whose rows nobody watches."""

    async def run(self, command: Command, actor: Actor, key: str | None) -> Outcome:
        await self.write("ALTER TABLE live.story DISABLE TRIGGER touch_update")
        return await super().run(command, actor, key)


class TellsOfEverything(Broken):
    """A change that names an entry that it has not touched."""

    async def run(self, command: Command, actor: Actor, key: str | None) -> Outcome:
        outcome = await super().run(command, actor, key)
        await self.write(
            "INSERT INTO masthead.touched (transaction, type, field, entry_id, old, new) "
            "SELECT transaction, 'Story', '', gen_random_uuid(), '{}', '{}' FROM masthead.change"
        )
        return outcome


class ImportsWhatIsWithheld(Doing):
    """An import that does not ask whether its files refer to what people have taken."""

    async def bring_in(self, folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(needs, "_withheld", lambda *_: ())
            await super().bring_in(folder)


BROKEN: dict[type[Doing], str] = {
    OverlooksATable: "a change tells of everything that it touches",
    TellsOfEverything: "a change tells of nothing else",
    LosesAField: "no edit is lost",
    PublishesWithoutProjecting: "what is live is what was published",
    ForgetsRedirects: "redirects stay",
    SchedulesTwice: "each schedule runs once",
    RefusesAndWrites: "a refused command changes nothing",
    SkipsANumber: "numbers have no gap",
    AnswersFromDrafts: "no draft is public",
    ForgetsKeys: "a key is done once",
    ForgetsTheLog: "every change is in the log",
    PublishesWhatIsStale: "stale is refused",
    AsksNobody: "who may not is refused",
    ImportsWhatIsWithheld: "no reference dangles",
    ForgetsReferences: "no reference dangles|what is live is what was published",
}


@pytest.mark.parametrize(("doing", "law"), BROKEN.items(), ids=lambda each: getattr(each, "__name__", ""))
async def test_what_is_done_wrongly_is_found_out(
    empty_database_url: str, tmp_path: Path, doing: type[Doing], law: str
) -> None:
    """By the law that it breaks."""
    async with open_database(empty_database_url, size=6) as database:
        await apply_model(database, MODEL)
        await database.open_public(size=2)
        with pytest.raises(AssertionError, match=law):
            await work(database, doing, tmp_path / "blog")


async def work(database: Database, doing: type[Doing], folder: Path) -> None:
    """Shift after shift."""
    for seed in range(SHIFTS):
        await Shift(await Newsroom.open(database, doing, folder), random.Random(seed)).work(STEPS)
