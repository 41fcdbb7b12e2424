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
from graphql import GraphQLError, GraphQLSchema

from masthead.access import Viewer
from masthead.content.commands import Actor, Command, Outcome
from masthead.content.spelling import Told
from masthead.graphql.answer import Answer
from masthead.graphql.collect import Collector
from masthead.graphql.computed import failed_fields
from masthead.graphql.document_limits import nested_too_deeply
from masthead.graphql.editorial.failing import command_error, graphql_code
from masthead.graphql.editorial.outcome import shown_outcome, stand_in
from masthead.graphql.editorial.steps import Step, steps_of
from masthead.graphql.engine import Engine
from masthead.graphql.errors import INTERNAL, RefusedError, mistake
from masthead.graphql.lower import Operation, lower
from masthead.graphql.prepare import Prepared, parse_document, select_operation
from masthead.graphql.request import BAD_REQUEST
from masthead.graphql.schema import editorial_schema
from masthead.graphql.selection_limits import check_cost, check_introspection
from masthead.graphql.variables import coerce_all
from masthead.kernel import AccessError, InputError, MastheadError
from masthead.model import ContentModel
from masthead.query import Plan, Selection, fetch_observed, plan, viewer_values
from masthead.query import selection as select
from masthead.store import Stage

log = structlog.get_logger("masthead.graphql")


class RunsCommands(Protocol):
    """What changes content."""

    async def run(self, command: Command, actor: Actor, *, key: str | None = None) -> Outcome:
        """Do it, or raise one error."""


@dataclass(frozen=True, slots=True)
class _Mutation:
    """A mutation that can be begun. `steps` are bytes where no command is needed."""

    prepared: Prepared
    steps: tuple[tuple[str, Step | bytes], ...]
    values: Mapping[str, Any]


class EditingEngine(Engine):
    """An Engine over drafts, with the editorial schema."""

    def __init__(self, model: ContentModel, reader: Any, commands: RunsCommands, **parts: Any) -> None:
        """`parts` are those of an Engine but for its stage."""
        super().__init__(model, reader, "draft", **parts)
        self._commands = commands
        self._told = Told(model, parts.get("policies"), graphql_code)

    def _schema_of(self, model: ContentModel, stage: Stage) -> GraphQLSchema:  # noqa: ARG002 - it has one
        return editorial_schema(model, self.limits.page_size)

    async def run(
        self,
        document: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        actor: Actor,
        *,
        is_safe: bool = False,
    ) -> Answer:
        """Run a query or a mutation for an actor; `is_safe`: by a request that may change nothing. Never
        raises for what a client sent or a database did."""
        try:
            prepared = self.documents.get((document, operation_name)) or self._prepared(
                document, operation_name
            )
            if not prepared.is_mutation:
                self._check_releases(prepared, variables, actor.viewer)
                return await self.execute(document, variables, operation_name, actor.viewer)
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
        except Exception:  # the boundary: a client gets an answer, the log gets the reason
            log.exception("graphql.crashed", operation=operation_name)
            failed = mistake(INTERNAL, "The server failed; nothing was done.", "Its log says why.")
            return Answer(RefusedError([failed]).body(), 500)
        return await self._perform(mutation, actor)

    def _check_releases(
        self, prepared: Prepared, variables: Mapping[str, Any] | None, viewer: Viewer
    ) -> None:
        """Raises AccessError where the operation reads releases, for who may publish nothing."""
        if "release" not in prepared.source or self.schema.query_type is None:
            return
        prepared.coercer.coerce(variables)
        document = parse_document(prepared.source, self.limits)
        definition, fragments = select_operation(document, prepared.name)
        values = coerce_all(self.schema, definition.variable_definitions or (), variables or {})
        collector = Collector(self.schema, fragments, values)
        grouped = collector.collect(self.schema.query_type, [definition.selection_set])
        if any(nodes[0].name.value in ("release", "releases") for nodes in grouped.values()):
            self._told.check_releases(viewer)

    def _mutation(self, prepared: Prepared, variables: Mapping[str, Any] | None, viewer: Viewer) -> _Mutation:
        """The steps, all that can be wrong with them found. Raises RefusedError and InputError."""
        prepared.coercer.coerce(variables)
        document = parse_document(prepared.source, self.limits)
        definition, fragments = select_operation(document, prepared.name)
        values = coerce_all(self.schema, definition.variable_definitions or (), variables or {})
        check_introspection(self.schema, definition, fragments, self.limits)
        operation = Operation(definition, fragments, values)
        try:
            selection = lower(self.schema, operation, self.limits)
            steps = tuple(steps_of(self.schema, operation, selection, self._told))
        except GraphQLError as error:
            raise RefusedError([error]) from error
        check_cost(selection, self.limits)
        mutation = _Mutation(prepared, steps, {**values.coerced, **viewer_values(viewer)})
        first = next(iter(self._model)).name
        for key, step in steps:
            if isinstance(step, Step):
                tried = self._payload_plan(key, step, stand_in(step.type_name or first), viewer)
                tried.arguments(mutation.values)
        return mutation

    async def _perform(self, mutation: _Mutation, actor: Actor) -> Answer:
        done: list[bytes] = []
        errors: list[dict[str, Any]] = []
        statuses: list[int] = []
        for key, step in mutation.steps:
            shown = b"null"
            if isinstance(step, bytes):
                shown = step
            else:
                try:
                    shown, failures = await self._one(key, step, mutation, actor)
                    errors += failures
                    statuses.append(200)
                except MastheadError as error:
                    found = command_error(error, self._told, actor.viewer, step.type_name, [step.node], [key])
                    errors.append(dict(found.formatted))
                    statuses.append(200 if _is_answer(error) else 503 if error.is_retryable else 500)
                except Exception:  # the boundary, as above
                    log.exception("graphql.crashed", operation=mutation.prepared.label)
                    failed = mistake(INTERNAL, "The server failed.", "Its log says why.", [step.node], [key])
                    errors.append(dict(failed.formatted))
                    statuses.append(500)
            done.append(b"%b:%b" % (orjson.dumps(key), shown))
        # What was done must be told, also where a later field failed.
        status = max(statuses) if statuses and min(statuses) >= 500 else 200
        data = b"{%b}" % b",".join(done)
        if not errors:
            return Answer(b'{"data":%b}' % data, status, is_planned=False)
        body = b'{"errors":%b,"data":%b}' % (orjson.dumps(errors), data)
        return Answer(body, status, is_planned=False)

    async def _one(
        self, key: str, step: Step, mutation: _Mutation, actor: Actor
    ) -> tuple[bytes, list[dict[str, Any]]]:
        """The payload, and what of it could not be computed."""
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
        plan_ = self._payload_plan(key, step, outcome, viewer)
        data = plan_.constant
        if data is None:
            asked = (mutation.prepared.label, mutation.prepared.source)
            arguments = plan_.arguments(mutation.values)
            rows = await fetch_observed(self._editorial, plan_.sql, arguments, asked, self._observe)
            data = plan_.answer(rows)
        failures: list[dict[str, Any]] = []
        if plan_.slots:
            data, failed = await self._computer.complete(plan_.slots, data)
            failures = failed_fields(failed)
        # The frame has one member: what stands behind its key is the payload.
        return data[len(orjson.dumps(key)) + 2 : -1], failures

    def _payload_plan(self, key: str, step: Step, outcome: Outcome, viewer: Viewer) -> Plan:
        payload = shown_outcome(step.members, outcome, self._told)
        selection = Selection((select.Member(key, payload),))
        return plan(self._model, selection, self._stage, self._views(viewer, None))


def _check_method(*, is_safe: bool) -> None:
    if is_safe:
        raise RefusedError([mistake(BAD_REQUEST, "A mutation came with GET.", "Use POST.")], 405)


def _is_answer(error: MastheadError) -> bool:
    """Whether it says what is wrong with the command, and not with the server."""
    return not error.is_retryable and error.code != "database-error"
