"""Answers from memory that are never older than the last change that was acknowledged."""

from masthead.events.coherence.coherence import Coherence
from masthead.events.coherence.lease import Lease, boot_time
from masthead.events.coherence.settling import LENGTH, settled

__all__ = ["LENGTH", "Coherence", "Lease", "boot_time", "settled"]
