"""The floor of the house: errors, ids, time, settings, telemetry. Knows nothing above it."""

from masthead.kernel.clock import utc_now
from masthead.kernel.data_loader import DataLoader, operation
from masthead.kernel.errors import (
    AccessError,
    ConflictError,
    InputError,
    MastheadError,
    ModelError,
    NotFoundError,
    Place,
    UnavailableError,
)
from masthead.kernel.ids import new_id

__all__ = [
    "AccessError",
    "ConflictError",
    "DataLoader",
    "InputError",
    "MastheadError",
    "ModelError",
    "NotFoundError",
    "Place",
    "UnavailableError",
    "new_id",
    "operation",
    "utc_now",
]
