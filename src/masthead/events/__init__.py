"""What happened: the outbox of events, and the audit log."""

from masthead.events.audit import AuditLine, Origin, Source, record_audit
from masthead.events.outbox import Event, record_events

__all__ = ["AuditLine", "Event", "Origin", "Source", "record_audit", "record_events"]
