"""Documents prepared and planned, once for all that ask alike: what an engine knows before it reads.

A document that was seen before costs two look-ups and a glance at its variables.
"""

from collections.abc import Hashable, Mapping
from typing import Any

from graphql import GraphQLError, GraphQLSchema, Source

from masthead.access import ANONYMOUS, Policies, Viewer, shown_model
from masthead.graphql.errors import RefusedError, public
from masthead.graphql.limits import Limits
from masthead.graphql.lower import Operation, lower
from masthead.graphql.prepare import Prepared, parse_document, prepare, select_operation
from masthead.graphql.schema import schema_of
from masthead.graphql.selection_limits import check_cost, check_introspection
from masthead.graphql.structure import shape_of
from masthead.graphql.subscription_types import told
from masthead.graphql.variables import Values, coerce_all
from masthead.kernel import InputError
from masthead.model import ContentModel, kinds
from masthead.query import Cache, Guards, Overlay, Plan, Selection, View, plan, viewer_values
from masthead.query.dependencies import Trace, traced
from masthead.store import Stage

DOCUMENTS, PLANS = 8 * 2**20, 24 * 2**20
"""Characters of documents and of statements that are kept: a thousand large ones would fill the memory."""


PlanKey = tuple[Prepared, Hashable, tuple[View, ...]]
"""What a plan is kept under: the operation, which of its variables decide the SQL, and the views."""


class Planning:
    """Plans operations over one stage of a publication. With `policies` a viewer is planned for with what
    that may see."""

    def __init__(
        self,
        model: ContentModel,
        stage: Stage,
        limits: Limits,
        cache_size: int,
        policies: Policies | None,
    ) -> None:
        self.limits = limits
        shown = model if policies is None else shown_model(model, policies, stage)
        self.schema: GraphQLSchema = self._schema_of(shown, stage)
        # Both belong to this engine, and so to one model and one stage: neither is part of a key.
        self.documents: Cache[tuple[str, str | None], Prepared] = Cache(cache_size, DOCUMENTS)
        self.plans: Cache[PlanKey, Plan] = Cache(cache_size, PLANS)
        self._traces: Cache[PlanKey, tuple[Trace | None]] = Cache(cache_size)
        self._guards = Guards(model, policies, stage)
        self._model = model
        self._stage: Stage = stage
        self._unique = _unique_arguments(model)

    def prepared(self, document: str, operation_name: str | None = None) -> Prepared:
        """The valid operation. Raises RefusedError."""
        return self.documents.get((document, operation_name)) or self._prepared(document, operation_name)

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

    def _schema_of(self, model: ContentModel, stage: Stage) -> GraphQLSchema:
        return schema_of(model, stage, self.limits.page_size)

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
    ) -> tuple[Prepared, PlanKey, Values]:
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

    def _traced(
        self,
        prepared: Prepared,
        key: PlanKey,
        variables: Mapping[str, Any] | None,
    ) -> Trace | None:
        kept = self._traces.get(key)
        if kept is None:
            kept = (traced(self._model, self._selection(prepared, variables), self._stage, key[2]),)
            self._traces.put(key, kept)
        return kept[0]

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


def _unique_arguments(model: ContentModel) -> frozenset[str]:
    """The arguments that look entries up by a value."""
    slugs = {
        field.api_name
        for content_type in model
        for field in content_type.fields
        if isinstance(field.kind, kinds.Slug)
    }
    return frozenset({"id"} | slugs)
