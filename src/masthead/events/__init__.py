"""What happened: the outbox of events, and the audit log."""

from masthead.events.audit import AuditLine, Origin, Source, record_audit
from masthead.events.audit_log import AuditFilter, export_audit, read_audit
from masthead.events.catalogue import EventType, event_types
from masthead.events.consuming import consume, run_consumer
from masthead.events.envelope import MEDIA_TYPE, cloud_event
from masthead.events.feed import EventFeed
from masthead.events.follower import EventsGoneError, LaggedError
from masthead.events.handing_over import run_handing_over
from masthead.events.keeping import keep_events
from masthead.events.listing import EventFilter, count_pending, find_event, list_events
from masthead.events.moments import first_position_since
from masthead.events.outbox import Event, record_events
from masthead.events.recording import record
from masthead.events.relay import Relay
from masthead.events.schemas import event_schemas, incompatible
from masthead.events.state import EventState, read_event_state
from masthead.events.stored import EVENTS, StoredEvent, head_position, read_events
from masthead.events.trace import trace_parent

__all__ = [
    "EVENTS",
    "MEDIA_TYPE",
    "AuditFilter",
    "AuditLine",
    "Event",
    "EventFeed",
    "EventFilter",
    "EventState",
    "EventType",
    "EventsGoneError",
    "LaggedError",
    "Origin",
    "Relay",
    "Source",
    "StoredEvent",
    "cloud_event",
    "consume",
    "count_pending",
    "event_schemas",
    "event_types",
    "export_audit",
    "find_event",
    "first_position_since",
    "head_position",
    "incompatible",
    "keep_events",
    "list_events",
    "read_audit",
    "read_event_state",
    "read_events",
    "record",
    "record_audit",
    "record_events",
    "run_consumer",
    "run_handing_over",
    "trace_parent",
]
