"""Queries of editors: drafts as everywhere, and what the content room answers beside them."""

from collections.abc import Mapping
from typing import Any

import orjson
from graphql import GraphQLSchema

from masthead.access import Viewer
from masthead.content.spelling import Told
from masthead.graphql.answer import Answer
from masthead.graphql.computed import failed_fields
from masthead.graphql.editorial.asking import Asker, Desk, shown
from masthead.graphql.editorial.failing import command_error, graphql_code
from masthead.graphql.editorial.steps import Question, question_of, root_fields
from masthead.graphql.engine import Engine
from masthead.graphql.lower import Operation
from masthead.graphql.prepare import Prepared, parse_document, select_operation
from masthead.graphql.schema import editorial_schema
from masthead.graphql.variables import coerce_all
from masthead.kernel import MastheadError
from masthead.model import ContentModel
from masthead.query import Plan, Selection, fetch_observed, plan, viewer_values
from masthead.query import selection as select
from masthead.store import Stage


class EditorialReading(Engine):
    """An Engine over drafts, with the editorial schema; `desk` is where rooms are asked."""

    def __init__(self, model: ContentModel, reader: Any, desk: Desk | None, **parts: Any) -> None:
        super().__init__(model, reader, "draft", **parts)
        self._desk = desk
        self._told = Told(model, parts.get("policies"), graphql_code)

    def _schema_of(self, model: ContentModel, stage: Stage) -> GraphQLSchema:  # noqa: ARG002 - it has one
        return editorial_schema(model, self.limits.page_size)

    async def _query(self, prepared: Prepared, variables: Mapping[str, Any] | None, asker: Asker) -> Answer:
        """Raises RefusedError and MastheadError, where it does not answer itself."""
        viewer, roots = asker.actor.viewer, self._named_roots(prepared, variables)
        if roots & {"release", "releases"}:
            self._told.check_releases(viewer)
        if not roots & _ASKED:
            return await self.execute(prepared.source, variables, prepared.name, viewer)
        return await self._answered(prepared, variables, asker)

    def _named_roots(self, prepared: Prepared, variables: Mapping[str, Any] | None) -> set[str]:
        """The names of the fields at the root of a query, as far as more than a statement depends on them."""
        if not any(name in prepared.source for name in _MORE):
            return set()
        prepared.coercer.coerce(variables)
        roots = root_fields(self.schema, self._operation(prepared, variables))
        return {node.name.value for node in roots.values()}

    def _operation(self, prepared: Prepared, variables: Mapping[str, Any] | None) -> Operation:
        document = parse_document(prepared.source, self.limits)
        definition, fragments = select_operation(document, prepared.name)
        values = coerce_all(self.schema, definition.variable_definitions or (), variables or {})
        return Operation(definition, fragments, values)

    async def _answered(
        self, prepared: Prepared, variables: Mapping[str, Any] | None, asker: Asker
    ) -> Answer:
        """The answer of a query that asks rooms: their answers first, then all else in one statement."""
        operation, selection = self._operation(prepared, variables), self._selection(prepared, variables)
        roots, viewer = root_fields(self.schema, operation), asker.actor.viewer
        errors: list[dict[str, Any]] = []
        members = []
        for member in selection.members:
            question = question_of(self.schema, roots[member.key], member.value, operation)
            value = member.value
            if question is not None:
                try:
                    value = await self._ask(question, asker)
                except MastheadError as error:
                    refused = command_error(error, self._told, viewer, None, [question.node], [member.key])
                    errors.append(dict(refused.formatted))
                    value = select.Embedded(b"null")
            members.append(select.Member(member.key, value))
        plan_ = plan(self._model, Selection(tuple(members)), self._stage, self._views(viewer, None))
        values = {**operation.variables.coerced, **viewer_values(viewer)}
        data, failures = await self._data(plan_, prepared, values)
        return Answer(body_of(data, [*errors, *failures]), 200, is_planned=False)

    async def _ask(self, question: Question, asker: Asker) -> select.Value:
        if self._desk is None:
            raise AssertionError(f"{question.node.name.value} needs a desk")
        return shown(question.value, await question.ask(self._desk, question.given, asker))

    async def _data(
        self, plan_: Plan, prepared: Prepared, values: Mapping[str, Any]
    ) -> tuple[bytes, list[dict[str, Any]]]:
        data = plan_.constant
        if data is None:
            asked = (prepared.label, prepared.source)
            arguments = plan_.arguments(values)
            rows = await fetch_observed(self._editorial, plan_.sql, arguments, asked, self._observe)
            data = plan_.answer(rows)
        if not plan_.slots:
            return data, []
        data, failed = await self._computer.complete(plan_.slots, data)
        return data, failed_fields(failed)

    def _plan_of(self, key: str, payload: select.Value, viewer: Viewer) -> Plan:
        selection = Selection((select.Member(key, payload),))
        return plan(self._model, selection, self._stage, self._views(viewer, None))


_ASKED = frozenset({"revisionDiff", "previews"})
"""Fields of Query that rooms answer."""

_MORE = ("release", *_ASKED)


def body_of(data: bytes, errors: list[dict[str, Any]]) -> bytes:
    """The response of an operation that was executed."""
    if not errors:
        return b'{"data":%b}' % data
    return b'{"errors":%b,"data":%b}' % (orjson.dumps(errors), data)
