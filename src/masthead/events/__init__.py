"""What happened: the outbox of events, and the audit log."""

from masthead.events.audit import AuditLine, Origin, Source, record_audit
from masthead.events.audit_log import AuditFilter, export_audit, read_audit
from masthead.events.outbox import Event, record_events
from masthead.events.recording import record

__all__ = [
    "AuditFilter",
    "AuditLine",
    "Event",
    "Origin",
    "Source",
    "export_audit",
    "read_audit",
    "record",
    "record_audit",
    "record_events",
]
