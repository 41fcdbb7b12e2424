"""The API without HTTP: a path and a query string in, the bytes of the answer out.

A request whose shape was seen before costs the reading of its query string, one look-up and one statement:
neither the rows nor the answer become Python objects.
"""

from typing import Any, NamedTuple

import structlog

from masthead.access import ANONYMOUS, Policies, Viewer, shown_model
from masthead.kernel import MastheadError
from masthead.model import ContentModel
from masthead.query import (
    Cache,
    FieldComputer,
    Guard,
    Guards,
    Observe,
    Plan,
    RowReader,
    Selection,
    fetch_observed,
    plan_first,
    viewer_values,
)
from masthead.query import selection as select
from masthead.query.dependencies import Dependencies, Trace, read_dependencies, traced
from masthead.rest.address import KEY, Address, read_address
from masthead.rest.limits import Limits
from masthead.rest.lower import lower
from masthead.rest.operand import Read
from masthead.rest.problem import not_found
from masthead.rest.query_string import Parameters, read_query_string
from masthead.rest.representation import RECORD
from masthead.rest.resource import Resources
from masthead.rest.shape import Shape, shape_of
from masthead.store import Stage

log = structlog.get_logger("masthead.rest")


class Prepared(NamedTuple):
    """A plan, and how the parameters whose text is no value are read."""

    plan: Plan
    readers: tuple[tuple[str, Read], ...]
    alternatives: tuple[select.Value, ...]


class Answer(NamedTuple):
    """The JSON of a list, or of an entry. One that `is_incomplete` has null where a value failed."""

    body: bytes
    is_list: bool
    is_incomplete: bool = False


_Key = tuple[str, bool, bool, Shape, Guard | None]


class Rest:
    """Answers requests over one stage of a publication. `policies` and `editorial` are as an Engine's;
    `has_record`: entries say what is registered of them, as editors need it."""

    def __init__(  # noqa: PLR0913 - the parts that a service is made of
        self,
        model: ContentModel,
        reader: RowReader,
        stage: Stage = "live",
        limits: Limits | None = None,
        cache_size: int = 1000,
        observe: Observe | None = None,
        computer: FieldComputer | None = None,
        *,
        policies: Policies | None = None,
        editorial: RowReader | None = None,
        has_record: bool = False,
    ) -> None:
        self._has_record = has_record
        self.limits = limits or Limits()
        self.resources = Resources(model if policies is None else shown_model(model, policies, stage))
        # It belongs to this service, and so to one model and one stage: neither is part of a key.
        self.plans: Cache[_Key, Prepared] = Cache(cache_size)
        self._traces: Cache[_Key, tuple[Trace | None]] = Cache(cache_size)
        self._model = model
        self._guards = Guards(model, policies, stage)
        self._reader = reader
        self._editorial = editorial or reader
        self._observe = observe
        self._computer = computer or FieldComputer(model, {}, seconds=0)
        self._stage: Stage = stage

    async def get(self, path: str, query: bytes = b"", viewer: Viewer = ANONYMOUS) -> Answer:
        """What a viewer may see of what is at `path`, which begins with `/api/` and is decoded.

        Raises InputError for a request at fault, NotFoundError where there is no such entry, and what the
        database raises.
        """
        address = read_address(self.resources, path)
        parameters = read_query_string(query, self.limits.query_bytes)
        plan, values = self.plan(address, parameters, viewer)
        name = f"GET /api/{address.resource.name}" + ("/…" if address.key else "")
        asked = (name, f"{path}?{query.decode('latin-1')}")
        reader = self._reader if viewer.is_anonymous else self._editorial
        rows = await fetch_observed(reader, plan.sql, plan.arguments(values), asked, self._observe)
        body = plan.answer(rows)
        if body == b"null":
            raise not_found(address.resource.type.name, address.key)
        if not plan.slots:
            return Answer(body, address.is_list)
        body, failures = await self._computer.complete(plan.slots, body)
        return Answer(body, address.is_list, bool(failures))

    async def get_traced(
        self, path: str, query: bytes = b"", viewer: Viewer = ANONYMOUS
    ) -> tuple[Answer, Dependencies | None]:
        """The same, and what the answer depends on; None for one that must not be kept. Raises as `get`."""
        answer = await self.get(path, query, viewer)
        if self._stage != "live":
            return answer, None
        address = read_address(self.resources, path)
        prepared, values, key = self._known(
            address, read_query_string(query, self.limits.query_bytes), viewer
        )
        kept = self._traces.get(key)
        if kept is None:
            guard = self._guards.of(viewer)
            # As if it asked for all that may be meant: which of them is there may change.
            members = tuple(
                select.Member(str(number), each) for number, each in enumerate(prepared.alternatives)
            )
            views = () if guard is None else (guard,)
            kept = (traced(self._model, Selection(members), self._stage, views),)
            self._traces.put(key, kept)
        reader = self._reader if viewer.is_anonymous else self._editorial
        try:
            return answer, await read_dependencies(reader, kept[0], values)
        except MastheadError as error:  # there is an answer; it is only not kept
            log.warning("rest.untraced", path=path, code=error.code, **error.context)
            return answer, None

    async def fetch(self, value: select.Value, viewer: Viewer) -> bytes:
        """The JSON of a value at the root, such as releases, as a viewer may see it."""
        guard = self._guards.of(viewer)
        plan = plan_first(self._model, [value], self._stage, () if guard is None else (guard,))
        asked = ("GET /api/…", "")
        rows = await fetch_observed(
            self._editorial, plan.sql, plan.arguments(viewer_values(viewer)), asked, self._observe
        )
        return plan.answer(rows)

    def plan(
        self, address: Address, parameters: Parameters, viewer: Viewer = ANONYMOUS
    ) -> tuple[Plan, dict[str, Any]]:
        """The plan of a request, and the values of its parameters and of its viewer. Raises InputError."""
        prepared, values, _ = self._known(address, parameters, viewer)
        return prepared.plan, values

    def _known(
        self, address: Address, parameters: Parameters, viewer: Viewer
    ) -> tuple[Prepared, dict[str, Any], _Key]:
        """What is known of requests alike, the values of this one, and what they are kept under."""
        guard = self._guards.of(viewer)
        key = (address.resource.name, bool(address.key), address.may_be_id, shape_of(parameters), guard)
        prepared = self.plans.get(key)
        if prepared is None:
            prepared = self._prepare(address, parameters, guard)
            self.plans.put(key, prepared)
        values: dict[str, Any] = dict(parameters)
        for name, read in prepared.readers:
            values[name] = read(parameters[name])
        if address.key:
            values[KEY] = address.key
        if guard is not None:
            values |= viewer_values(viewer)
        return prepared, values, key

    def _prepare(self, address: Address, parameters: Parameters, guard: Guard | None) -> Prepared:
        besides = (RECORD,) if self._has_record else ()
        has_archived = self._has_record
        wish = lower(self.resources, address, parameters, self.limits, besides, has_archived=has_archived)
        views = () if guard is None else (guard,)
        plan = plan_first(self._model, wish.alternatives, self._stage, views)
        return Prepared(plan, wish.readers, wish.alternatives)
