"""A request becomes a mailbox: of a subscription, of a live query, or with the one answer of any other."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import structlog
from graphql import FieldNode, get_argument_values

from masthead.access import Viewer
from masthead.graphql.collect import Collector
from masthead.graphql.documents import Documents
from masthead.graphql.engine import Engine
from masthead.graphql.errors import BAD_USER_INPUT, INTERNAL, RefusedError, mistake
from masthead.graphql.live.entry_events import EntryEvents
from masthead.graphql.live.entry_watch import Wanted
from masthead.graphql.live.mailbox import Mailbox, Payload, Wake
from masthead.graphql.live.queries import LiveQueries
from masthead.graphql.prepare import Prepared, parse_document, select_operation
from masthead.graphql.request import Parameters
from masthead.graphql.variables import coerce_all
from masthead.kernel import MastheadError
from masthead.model import ContentModel

log = structlog.get_logger("masthead.graphql")


class Streams:
    """Opens what clients ask for. `has_one` says whether operations with one answer are taken."""

    def __init__(
        self,
        engine: Engine,
        documents: Documents,
        queries: LiveQueries,
        events: EntryEvents,
        model: ContentModel,
    ) -> None:
        self.limits = engine.limits
        self._engine = engine
        self._documents = documents
        self._queries = queries
        self._events = events
        self._types = frozenset(each.name for each in model)

    async def open(self, asked: Parameters, viewer: Viewer, wake: Wake, last: str | None = None) -> Mailbox:
        """The mailbox of an operation; `last` is the id of the last payload that the client has of it. Never
        raises for what a client sent or a database did: the mailbox says so."""
        document, name = asked.query, asked.operation_name
        try:
            document, name, _ = self._documents.find(asked)
            prepared = self._engine.prepared(document, name)
            if prepared.is_subscription:
                return await self._subscribed(prepared, asked, viewer, wake, last)
            if prepared.live is not None and prepared.live.is_live(prepared.coercer.coerce(asked.variables)):
                is_patched = prepared.live.is_patched(prepared.coercer.coerce(asked.variables))
                standing = self._engine.standing(document, asked.variables, name, viewer)
                return self._queries.listen(standing, wake, last, is_patched=is_patched)
        except RefusedError as error:
            return _ended(wake, error)
        except MastheadError as error:
            return _ended(wake, self._engine.refusal(error, document, name))
        except Exception:  # the boundary: a client gets an answer, the log gets the reason
            log.exception("live.crashed")
            failed = mistake(INTERNAL, "The server failed.", "Its log says why.")
            return _ended(wake, RefusedError([failed]))
        answer = await self._engine.execute(document, asked.variables, name, viewer)
        mailbox = Mailbox(wake)
        mailbox.end(Payload(answer.body, is_refusal=answer.status != 200))
        return mailbox

    async def _subscribed(
        self, prepared: Prepared, asked: Parameters, viewer: Viewer, wake: Wake, last: str | None
    ) -> Mailbox:
        given = self._arguments(prepared, asked.variables)
        standing = self._engine.standing(prepared.source, asked.variables, prepared.name, viewer)
        wanted = Wanted(self._known_types(given.get("types")), _ids(given.get("ids")))
        return await self._events.listen(standing, wanted, wake, _since(given.get("since"), last))

    def _arguments(self, prepared: Prepared, variables: Mapping[str, Any] | None) -> dict[str, Any]:
        """Of the one field that a subscription has."""
        schema = self._engine.schema
        root = schema.subscription_type
        document = parse_document(prepared.source, self.limits)
        definition, fragments = select_operation(document, prepared.name)
        values = coerce_all(schema, definition.variable_definitions or (), variables or {})
        if root is None:
            raise AssertionError("validation has said that there are subscriptions")
        grouped = Collector(schema, fragments, values).collect(root, [definition.selection_set])
        nodes: list[FieldNode] = next(iter(grouped.values()), [])
        if not nodes:
            raise RefusedError(
                [mistake(BAD_USER_INPUT, "The subscription subscribes to nothing.", "Include a field.")]
            )
        return get_argument_values(root.fields[nodes[0].name.value], nodes[0], values)

    def _known_types(self, given: list[str] | None) -> frozenset[str] | None:
        if given is None:
            return None
        for each in given:
            if each not in self._types:
                known = ", ".join(sorted(self._types))
                raise RefusedError(
                    [mistake(BAD_USER_INPUT, f"{each[:80]!r} is no content type.", f"There are {known}.")]
                )
        return frozenset(given)


def _ids(given: list[str] | None) -> frozenset[UUID] | None:
    try:
        return None if given is None else frozenset(map(UUID, given))
    except ValueError as error:
        raise RefusedError(
            [mistake("ID_INVALID", "`ids` holds what is no id.", "Pass ids that this API gave.")]
        ) from error


def _since(given: Any, last: str | None) -> int | None:
    """The position behind which to begin: what the client has had last, else what it asks for."""
    if last is not None and last.isascii() and last.isdigit() and len(last) < 19:
        return int(last)
    return None if given is None else max(0, int(given))


def _ended(wake: Wake, error: RefusedError) -> Mailbox:
    mailbox = Mailbox(wake)
    mailbox.end(Payload(error.body(), is_refusal=True))
    return mailbox
