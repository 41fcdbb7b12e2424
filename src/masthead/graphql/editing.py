"""The engine of editors: queries over drafts as everywhere, and mutations, which are commands.

The fields of a mutation are done one after the other, each in a transaction of its own; then its payload is
read by one statement, through the planner, as the viewer may see it. Whatever can be refused without running
a command is refused before the first of them runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import orjson
import structlog
from graphql import GraphQLError

from masthead.access import Viewer
from masthead.content.commands import Actor, Command, Outcome
from masthead.graphql.answer import Answer
from masthead.graphql.document_limits import nested_too_deeply
from masthead.graphql.editorial.asking import Asker, Desk
from masthead.graphql.editorial.failing import command_error
from masthead.graphql.editorial.outcome import shown_outcome, stand_in
from masthead.graphql.editorial.steps import Question, Step, steps_of
from masthead.graphql.editorial_reading import EditorialReading, body_of
from masthead.graphql.errors import INTERNAL, RefusedError, mistake
from masthead.graphql.lower import lower
from masthead.graphql.prepare import Prepared
from masthead.graphql.request import BAD_REQUEST
from masthead.graphql.selection_limits import check_cost, check_introspection
from masthead.kernel import AccessError, InputError, MastheadError
from masthead.model import ContentModel
from masthead.query import Plan, viewer_values

log = structlog.get_logger("masthead.graphql")


class RunsCommands(Protocol):
    """What changes content."""

    async def run(self, command: Command, actor: Actor, *, key: str | None = None) -> Outcome:
        """Do it, or raise one error."""


@dataclass(frozen=True, slots=True)
class _Mutation:
    """A mutation that can be begun. `steps` are bytes where no command is needed."""

    prepared: Prepared
    steps: tuple[tuple[str, Step | Question | bytes], ...]
    values: Mapping[str, Any]


class EditingEngine(EditorialReading):
    """An Engine over drafts, with the editorial schema, queries and mutations."""

    def __init__(
        self,
        model: ContentModel,
        reader: Any,
        commands: RunsCommands,
        *,
        desk: Desk | None = None,
        **parts: Any,
    ) -> None:
        """`parts` are those of an Engine but for its stage. Without a `desk` nothing is asked of rooms."""
        super().__init__(model, reader, desk, **parts)
        self._commands = commands

    async def run(
        self,
        document: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor,
        *,
        is_safe: bool = False,
        origin: str = "",
    ) -> Answer:
        """Run a query or a mutation for an actor; `is_safe`: by a request that may change nothing; `origin`
        is that of the site. Never raises for what a client sent or a database did."""
        asker = Asker(actor, origin)
        try:
            prepared = self.documents.get((document, operation_name)) or self._prepared(
                document, operation_name
            )
            if not prepared.is_mutation:
                return await self._query(prepared, variables, asker)
            _check_method(is_safe=is_safe)
            mutation = self._mutation(prepared, variables, actor.viewer)
        except RefusedError as error:
            return Answer(error.body(), error.status)
        except AccessError as error:
            denied = command_error(error, self._told, actor.viewer, None, (), ())
            return Answer(RefusedError([denied]).body(), 403)
        except InputError as error:
            refused = RefusedError([self._located(error, document, operation_name)])
            return Answer(refused.body(), refused.status)
        except RecursionError:
            refused = RefusedError([nested_too_deeply()])
            return Answer(refused.body(), refused.status)
        except MastheadError as error:
            return self._failure(error, operation_name)
        except Exception:  # the boundary: a client gets an answer, the log gets the reason
            log.exception("graphql.crashed", operation=operation_name)
            failed = mistake(INTERNAL, "The server failed; nothing was done.", "Its log says why.")
            return Answer(RefusedError([failed]).body(), 500)
        return await self._perform(mutation, asker)

    def _mutation(self, prepared: Prepared, variables: Mapping[str, Any] | None, viewer: Viewer) -> _Mutation:
        """The steps, all that can be wrong with them found. Raises RefusedError and InputError."""
        prepared.coercer.coerce(variables)
        operation = self._operation(prepared, variables)
        check_introspection(self.schema, operation.definition, operation.fragments, self.limits)
        try:
            selection = lower(self.schema, operation, self.limits)
            steps = tuple(steps_of(self.schema, operation, selection, self._told))
        except GraphQLError as error:
            raise RefusedError([error]) from error
        check_cost(selection, self.limits)
        values = {**operation.variables.coerced, **viewer_values(viewer)}
        mutation = _Mutation(prepared, steps, values)
        first = next(iter(self._model)).name
        for key, step in steps:
            if isinstance(step, Step):
                tried = self._payload_plan(key, step, stand_in(step.type_name or first), viewer)
                tried.arguments(mutation.values)
        return mutation

    async def _perform(self, mutation: _Mutation, asker: Asker) -> Answer:
        actor = asker.actor
        done: list[bytes] = []
        errors: list[dict[str, Any]] = []
        statuses: list[int] = []
        for key, step in mutation.steps:
            told = b"null"
            if isinstance(step, bytes):
                told = step
            else:
                try:
                    told, failures = await self._one(key, step, mutation, asker)
                    errors += failures
                    statuses.append(200)
                except MastheadError as error:
                    type_name = step.type_name if isinstance(step, Step) else None
                    found = command_error(error, self._told, actor.viewer, type_name, [step.node], [key])
                    errors.append(dict(found.formatted))
                    statuses.append(200 if _is_answer(error) else 503 if error.is_retryable else 500)
                except Exception:  # the boundary, as above
                    log.exception("graphql.crashed", operation=mutation.prepared.label)
                    failed = mistake(INTERNAL, "The server failed.", "Its log says why.", [step.node], [key])
                    errors.append(dict(failed.formatted))
                    statuses.append(500)
            done.append(b"%b:%b" % (orjson.dumps(key), told))
        # What was done must be told, also where a later field failed.
        status = max(statuses) if statuses and min(statuses) >= 500 else 200
        return Answer(body_of(b"{%b}" % b",".join(done), errors), status, is_planned=False)

    async def _one(
        self, key: str, step: Step | Question, mutation: _Mutation, asker: Asker
    ) -> tuple[bytes, list[dict[str, Any]]]:
        """The payload, and what of it could not be computed."""
        actor = asker.actor
        if isinstance(step, Question):
            payload = await self._ask(step, asker)
            return await self._payload(key, self._plan_of(key, payload, actor.viewer), mutation)
        outcome = await self._commands.run(step.command, actor, key=step.idempotency)
        try:
            return await self._read(key, step, mutation, outcome, actor.viewer)
        except MastheadError as error:
            log.warning("graphql.unread", operation=mutation.prepared.label, code=error.code, **error.context)
            found = mistake(
                "RESULT_UNREADABLE",
                f"It was done, but could not be read: {error.message}",
                "Ask for the entry again; do not send the command again.",
                [step.node],
                [key],
            )
            return b"null", [dict(found.formatted)]

    async def _read(
        self, key: str, step: Step, mutation: _Mutation, outcome: Outcome, viewer: Viewer
    ) -> tuple[bytes, list[dict[str, Any]]]:
        return await self._payload(key, self._payload_plan(key, step, outcome, viewer), mutation)

    async def _payload(
        self, key: str, plan_: Plan, mutation: _Mutation
    ) -> tuple[bytes, list[dict[str, Any]]]:
        data, failures = await self._data(plan_, mutation.prepared, mutation.values)
        # The frame has one member: what stands behind its key is the payload.
        return data[len(orjson.dumps(key)) + 2 : -1], failures

    def _payload_plan(self, key: str, step: Step, outcome: Outcome, viewer: Viewer) -> Plan:
        return self._plan_of(key, shown_outcome(step.members, outcome, self._told), viewer)


def _check_method(*, is_safe: bool) -> None:
    if is_safe:
        raise RefusedError([mistake(BAD_REQUEST, "A mutation came with GET.", "Use POST.")], 405)


def _is_answer(error: MastheadError) -> bool:
    """Whether it says what is wrong with the command, and not with the server."""
    return not error.is_retryable and error.code != "database-error"
