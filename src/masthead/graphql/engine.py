"""The engine: a document and its variables in, the bytes of the response out.

A document that was seen before costs two look-ups, a glance at its variables and one statement: it is not
parsed, and neither the rows nor the answer become Python objects.
"""

from collections.abc import Hashable, Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

import structlog
from graphql import GraphQLError, GraphQLSchema, Source

from masthead.access import ANONYMOUS, Policies, Viewer, shown_model
from masthead.graphql.computed import completed
from masthead.graphql.document_limits import nested_too_deeply
from masthead.graphql.errors import (
    INTERNAL,
    RefusedError,
    mistake,
    public,
)
from masthead.graphql.limits import Limits, timed_out
from masthead.graphql.lower import Operation, lower
from masthead.graphql.prepare import Prepared, parse_document, prepare, select_operation
from masthead.graphql.schema import schema_of
from masthead.graphql.selection_limits import check_cost, check_introspection
from masthead.graphql.standing import Standing
from masthead.graphql.structure import shape_of
from masthead.graphql.subscription_types import no_stream, told
from masthead.graphql.variables import Values, coerce_all
from masthead.kernel import InputError, MastheadError, UnavailableError
from masthead.model import ContentModel, Functions, kinds
from masthead.query import (
    Cache,
    FieldComputer,
    Guards,
    Observe,
    Overlay,
    Plan,
    RowReader,
    Selection,
    View,
    fetch_observed,
    plan,
    viewer_values,
)
from masthead.query.dependencies import Dependencies, Trace, read_dependencies, traced
from masthead.store import Stage

log = structlog.get_logger("masthead.graphql")

DOCUMENTS, PLANS = 8 * 2**20, 24 * 2**20
"""Characters of documents and of statements that are kept: a thousand large ones would fill the memory."""


class Answer(NamedTuple):
    """A response: its JSON, and the status that HTTP gives it. 200: executed. 400: the operation is at
    fault and nothing was executed. 5xx: the server is."""

    body: bytes
    status: int = 200
    is_planned: bool = True
    """Whether the plan was kept from an earlier request."""


class Engine:
    """Executes operations over one stage of a publication.

    With `policies` it shows a viewer what that may see. What must be guarded for who is signed in is read
    by `editorial`, because their rules ask who owns an entry. Without policies nothing is hidden.
    """

    def __init__(  # noqa: PLR0913 - the parts that an engine is made of
        self,
        model: ContentModel,
        reader: RowReader,
        stage: Stage = "live",
        limits: Limits | None = None,
        cache_size: int = 1000,
        functions: Functions | None = None,
        observe: Observe | None = None,
        *,
        policies: Policies | None = None,
        editorial: RowReader | None = None,
    ) -> None:
        self.limits = limits or Limits()
        shown = model if policies is None else shown_model(model, policies, stage)
        self.schema: GraphQLSchema = self._schema_of(shown, stage)
        # Both belong to this engine, and so to one model and one stage: neither is part of a key.
        self.documents: Cache[tuple[str, str | None], Prepared] = Cache(cache_size, DOCUMENTS)
        self.plans: Cache[tuple[Prepared, Hashable, tuple[View, ...]], Plan] = Cache(cache_size, PLANS)
        self._traces: Cache[tuple[Prepared, Hashable, tuple[View, ...]], tuple[Trace | None]] = Cache(
            cache_size
        )
        self._guards = Guards(model, policies, stage)
        self._model = model
        self._reader = reader
        self._editorial = editorial or reader
        self._stage: Stage = stage
        self._unique = _unique_arguments(model)
        self._observe = observe
        self._computer = FieldComputer(model, functions or {}, self.limits.execution_seconds)

    async def execute(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        viewer: Viewer = ANONYMOUS,
        overlay: Overlay | None = None,
    ) -> Answer:
        """Run the operation for a viewer, who sees in the place of some entries what an `overlay` has of
        them. Never raises for what a client sent or a database did."""
        misses = self.plans.misses
        try:
            views = self._views(viewer, overlay)
            prepared, plan_, values = self._planned(document, variables, operation_name, views)
            _check_has_answer(prepared)
            if views:
                values = {**values, **viewer_values(viewer), **(overlay.values if overlay else {})}
            is_planned = misses == self.plans.misses
            arguments = plan_.arguments(values)
            data = plan_.constant
            if data is None:
                data = plan_.answer(
                    await fetch_observed(
                        self._reader if viewer.is_anonymous else self._editorial,
                        plan_.sql,
                        arguments,
                        (prepared.label, prepared.source),
                        self._observe,
                    )
                )
            if plan_.slots:
                return Answer(await completed(self._computer, plan_, data), 200, is_planned)
        except RefusedError as error:
            return Answer(error.body(), error.status)
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
            failed = mistake(INTERNAL, "The server failed.", "Its log says why.")
            return Answer(RefusedError([failed]).body(), 500)
        return Answer(b'{"data":%b}' % data, 200, is_planned)

    async def execute_traced(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        viewer: Viewer = ANONYMOUS,
    ) -> tuple[Answer, Dependencies | None]:
        """Run the operation, and say what its answer depends on; None for one that must not be kept."""
        answer = await self.execute(document, variables, operation_name, viewer)
        if answer.status != HTTPStatus.OK or self._stage != "live":
            return answer, None
        views = self._views(viewer, None)
        prepared, key, values = self._known(document, variables, operation_name, views)
        trace = self._traced(prepared, key, variables)
        if views:
            values = {**values, **viewer_values(viewer)}
        try:
            return answer, await read_dependencies(self._reader_of(viewer), trace, values)
        except MastheadError as error:  # there is an answer; it is only not kept
            log.warning("graphql.untraced", operation=operation_name, code=error.code, **error.context)
            return answer, None

    def _traced(
        self,
        prepared: Prepared,
        key: tuple[Prepared, Hashable, tuple[View, ...]],
        variables: Mapping[str, Any] | None,
    ) -> Trace | None:
        kept = self._traces.get(key)
        if kept is None:
            kept = (traced(self._model, self._selection(prepared, variables), self._stage, key[2]),)
            self._traces.put(key, kept)
        return kept[0]

    def _reader_of(self, viewer: Viewer) -> RowReader:
        return self._reader if viewer.is_anonymous else self._editorial

    def prepared(self, document: str, operation_name: str | None = None) -> Prepared:
        """The valid operation. Raises RefusedError."""
        return self.documents.get((document, operation_name)) or self._prepared(document, operation_name)

    def standing(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        viewer: Viewer = ANONYMOUS,
    ) -> Standing:
        """What the operation needs to be answered again and again, for a viewer. Raises RefusedError and
        InputError."""
        views = self._views(viewer, None)
        prepared, plan_, values = self._planned(document, variables, operation_name, views)
        trace = None
        if not prepared.is_subscription:
            key = self._known(document, variables, operation_name, views)[1]
            trace = self._traced(prepared, key, variables)
        if views:
            values = {**values, **viewer_values(viewer)}
        return Standing(prepared, plan_, trace, values, self._reader_of(viewer), views)

    async def finished(self, plan_: Plan, data: bytes) -> bytes:
        """The response that a plan's answer makes, with what Python computes in it."""
        return await completed(self._computer, plan_, data) if plan_.slots else b'{"data":%b}' % data

    def refusal(self, error: MastheadError, document: str, operation_name: str | None) -> RefusedError:
        """How an error of the house is told to a client."""
        if isinstance(error, InputError):
            return RefusedError([self._located(error, document, operation_name)])
        return RefusedError([public(error)], 503 if isinstance(error, UnavailableError) else 500)

    def _schema_of(self, model: ContentModel, stage: Stage) -> GraphQLSchema:
        return schema_of(model, stage, self.limits.page_size)

    def over(self, overlay: Overlay) -> "Previewing":
        """This engine, seeing in the place of some entries what the overlay has of them."""
        return Previewing(self, overlay)

    def check(self, document: str, operation_name: str | None = None) -> None:
        """Find the operation good, or raise RefusedError or InputError: prepare it, and plan it unless it
        needs values of variables."""
        prepared = self._prepared(document, operation_name)
        if not prepared.coercer.is_required and not prepared.is_subscription:
            self.plan(document, None, operation_name)

    def plan(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        viewer: Viewer = ANONYMOUS,
    ) -> tuple[Plan, Values]:
        """The plan of the operation for a viewer, and the values of its variables: the coerced ones, and the
        viewer's own. Raises RefusedError or InputError."""
        views = self._views(viewer, None)
        _, plan_, values = self._planned(document, variables, operation_name, views)
        return plan_, {**values, **viewer_values(viewer)} if views else values

    def _views(self, viewer: Viewer, overlay: Overlay | None) -> tuple[View, ...]:
        """What stands between the plan and the tables: a preview lies beneath what the viewer may see."""
        guard = self._guards.of(viewer)
        return (*((overlay.view,) if overlay else ()), *((guard,) if guard else ()))

    def _planned(
        self,
        document: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        views: tuple[View, ...],
    ) -> tuple[Prepared, Plan, Values]:
        prepared, key, values = self._known(document, variables, operation_name, views)
        plan_ = self.plans.get(key)
        if plan_ is None:
            plan_ = self._make_plan(prepared, variables, views)
            # The key holds on to the document, also when that is no longer kept for itself.
            self.plans.put(key, plan_, len(prepared.source) + len(plan_.sql) + len(plan_.constant or b""))
        return prepared, plan_, values

    def _known(
        self,
        document: str,
        variables: Mapping[str, Any] | None,
        operation_name: str | None,
        views: tuple[View, ...],
    ) -> tuple[Prepared, tuple[Prepared, Hashable, tuple[View, ...]], Values]:
        """The operation, what its plan is kept under, and the values of its variables."""
        prepared = self.documents.get((document, operation_name)) or self._prepared(document, operation_name)
        values = prepared.coercer.coerce(variables)
        return prepared, (prepared, shape_of(prepared.structure, values), views), values

    def _prepared(self, document: str, operation_name: str | None) -> Prepared:
        prepared = prepare(self.schema, document, operation_name, self._unique, self.limits)
        self.documents.put((document, operation_name), prepared, len(document))
        return prepared

    def _make_plan(
        self, prepared: Prepared, variables: Mapping[str, Any] | None, views: tuple[View, ...]
    ) -> Plan:
        selection = self._selection(prepared, variables)
        return plan(
            self._model,
            told(self._model, selection) if prepared.is_subscription else selection,
            self._stage,
            views,
        )

    def _selection(self, prepared: Prepared, variables: Mapping[str, Any] | None) -> Selection:
        document = parse_document(prepared.source, self.limits)
        definition, fragments = select_operation(document, prepared.name)
        values = coerce_all(self.schema, definition.variable_definitions or (), variables or {})
        check_introspection(self.schema, definition, fragments, self.limits)
        try:
            selection = lower(self.schema, Operation(definition, fragments, values), self.limits)
        except GraphQLError as error:
            raise RefusedError([error]) from error
        check_cost(selection, self.limits)
        return selection

    def _failure(self, error: MastheadError, operation_name: str | None) -> Answer:
        log.warning("graphql.failed", operation=operation_name, code=error.code, **error.context)
        if error.code == "statement-timeout":
            return Answer(RefusedError([timed_out(self.limits)]).body(), 504)
        status = 503 if isinstance(error, UnavailableError) else 500
        return Answer(RefusedError([public(error)]).body(), status)

    def _located(self, error: InputError, document: str, operation_name: str | None) -> GraphQLError:
        """The error at the definition of the variable whose value is at fault."""
        found = public(error)
        prepared = self.documents.get((document, operation_name))
        offset = prepared.places.get(str(error.context.get("variable"))) if prepared else None
        if offset is None:
            return found
        return GraphQLError(
            found.message, None, Source(document), [offset], found.path, extensions=found.extensions
        )


class Previewing:
    """An engine over an overlay; it shares all plans with others of the same view."""

    def __init__(self, engine: Engine, overlay: Overlay) -> None:
        self.limits = engine.limits
        self._engine = engine
        self._overlay = overlay

    async def execute(
        self,
        document: str,
        variables: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        viewer: Viewer = ANONYMOUS,
    ) -> Answer:
        """Run the operation. Never raises for what a client sent or a database did."""
        return await self._engine.execute(document, variables, operation_name, viewer, self._overlay)


def _check_has_answer(prepared: Prepared) -> None:
    """Raises RefusedError for an operation that has no single answer."""
    if prepared.is_subscription:
        raise RefusedError([no_stream()])


def _unique_arguments(model: ContentModel) -> frozenset[str]:
    """The arguments that look entries up by a value."""
    slugs = {
        field.api_name
        for content_type in model
        for field in content_type.fields
        if isinstance(field.kind, kinds.Slug)
    }
    return frozenset({"id"} | slugs)
