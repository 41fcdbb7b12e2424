"""Signatures as Standard Webhooks says (https://www.standardwebhooks.com): symmetric, version 1."""

import base64
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

PREFIX = "whsec_"

_BYTES = 32


def new_secret() -> str:
    """A secret that nobody can guess, as receivers are given it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signed_headers(event: UUID, now: datetime, body: bytes, keys: Sequence[str]) -> dict[str, str]:
    """The headers of a request: whose message it is, when it is sent, and a signature for each secret.

    The id is the event's, so it is the same in all attempts and in all replays: receivers know by it what
    they have seen. The time is the attempt's: receivers refuse what is older than some minutes.
    """
    name, moment = str(event), str(int(now.timestamp()))
    content = b".".join((name.encode(), moment.encode(), body))
    return {
        "webhook-id": name,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(_signature(key, content) for key in keys),
    }


def _signature(key: str, content: bytes) -> str:
    raw = base64.b64decode(key.removeprefix(PREFIX))
    digest = hmac.digest(raw, content, "sha256")
    return "v1," + base64.b64encode(digest).decode()
