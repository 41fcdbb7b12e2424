"""The engine: a document and its variables in, the bytes of the response out.

A document that was seen before costs two look-ups, a glance at its variables and one statement: it is not
parsed, and neither the rows nor the answer become Python objects.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog

from masthead.access import ANONYMOUS, Policies, Viewer
from masthead.graphql.answer import Answer
from masthead.graphql.computed import completed
from masthead.graphql.document_limits import nested_too_deeply
from masthead.graphql.errors import INTERNAL, RefusedError, mistake, public
from masthead.graphql.limits import Limits, timed_out
from masthead.graphql.planning import Planning
from masthead.graphql.prepare import Prepared
from masthead.graphql.standing import Standing
from masthead.graphql.subscription_types import no_stream
from masthead.kernel import InputError, MastheadError, UnavailableError
from masthead.model import ContentModel, Functions
from masthead.query import FieldComputer, Observe, Overlay, Plan, RowReader, fetch_observed, viewer_values
from masthead.query.dependencies import Dependencies, read_dependencies
from masthead.store import Stage

log = structlog.get_logger("masthead.graphql")


class Engine(Planning):
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
        super().__init__(model, stage, limits or Limits(), cache_size, policies)
        self._reader = reader
        self._editorial = editorial or reader
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

    def _reader_of(self, viewer: Viewer) -> RowReader:
        return self._reader if viewer.is_anonymous else self._editorial

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
        return Standing(prepared, plan_, trace, values, self._reader_of(viewer), views, self._observe)

    async def finished(self, plan_: Plan, data: bytes) -> bytes:
        """The response that a plan's answer makes, with what Python computes in it."""
        return await completed(self._computer, plan_, data) if plan_.slots else b'{"data":%b}' % data

    def refusal(self, error: MastheadError, document: str, operation_name: str | None) -> RefusedError:
        """How an error of the house is told to a client."""
        if isinstance(error, InputError):
            return RefusedError([self._located(error, document, operation_name)])
        return RefusedError([public(error)], 503 if isinstance(error, UnavailableError) else 500)

    def over(self, overlay: Overlay) -> "Previewing":
        """This engine, seeing in the place of some entries what the overlay has of them."""
        return Previewing(self, overlay)

    def _failure(self, error: MastheadError, operation_name: str | None) -> Answer:
        log.warning("graphql.failed", operation=operation_name, code=error.code, **error.context)
        if error.code == "statement-timeout":
            return Answer(RefusedError([timed_out(self.limits)]).body(), 504)
        status = 503 if isinstance(error, UnavailableError) else 500
        return Answer(RefusedError([public(error)]).body(), status)


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
