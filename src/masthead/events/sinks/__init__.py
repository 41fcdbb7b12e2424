"""Bridges from the events of a publication to other systems, for those who run one."""

from masthead.events.sinks.nats import NatsSink
from masthead.events.sinks.sink import Sink, run_sink

__all__ = ["NatsSink", "Sink", "run_sink"]
