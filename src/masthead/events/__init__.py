"""What happened: the outbox of events, and the audit log."""

from masthead.events.audit import AuditLine, Origin, Source, record_audit
from masthead.events.audit_log import AuditFilter, export_audit, read_audit
from masthead.events.catalogue import EventType, event_types
from masthead.events.outbox import Event, record_events
from masthead.events.recording import record
from masthead.events.schemas import event_schemas, incompatible

__all__ = [
    "AuditFilter",
    "AuditLine",
    "Event",
    "EventType",
    "Origin",
    "Source",
    "event_schemas",
    "event_types",
    "export_audit",
    "incompatible",
    "read_audit",
    "record",
    "record_audit",
    "record_events",
]
