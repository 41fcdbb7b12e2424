"""The text of a preview link: the preview's id, when it ends, and a signature over both.

So a link that is forged or over is refused without a look at the database. Whether it was turned off, only
its row says.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

_PURPOSE = b"masthead preview 1\0"
"""What a signature is for is part of what is signed: none of another purpose fits."""

_ID, _MOMENT, _DIGEST = 16, 8, 32
LENGTH = 4 * ((_ID + _MOMENT + _DIGEST + 2) // 3) - 1
"""Characters of a token: 56 bytes in base64 without its one padding character."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a token says, and whoever signed it meant."""

    id: UUID
    expires_at: datetime


def whole_seconds(moment: datetime) -> datetime:
    """A moment as a token can hold it."""
    return moment.astimezone(UTC).replace(microsecond=0)


def write_token(key: bytes, claim: Claim) -> str:
    """The token of a claim, whose moment is of whole seconds."""
    said = claim.id.bytes + int(claim.expires_at.timestamp()).to_bytes(_MOMENT, "big")
    return base64.urlsafe_b64encode(said + _signature(key, said)).rstrip(b"=").decode()


def read_token(key: bytes, token: str, now: datetime) -> Claim | None:
    """What the token claims; None for one that this key did not sign, and for one that is over."""
    raw = _decoded(token)
    if raw is None:
        return None
    said, signature = raw[: _ID + _MOMENT], raw[_ID + _MOMENT :]
    if not hmac.compare_digest(signature, _signature(key, said)):
        return None
    expires_at = datetime.fromtimestamp(int.from_bytes(said[_ID:], "big"), UTC)
    return Claim(UUID(bytes=said[:_ID]), expires_at) if now < expires_at else None


def _decoded(token: str) -> bytes | None:
    if len(token) != LENGTH or not token.isascii():
        return None
    try:
        raw = base64.b64decode(token + "=", altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    # The last character has two bits of nothing: of four spellings one is ours.
    return raw if base64.urlsafe_b64encode(raw).rstrip(b"=") == token.encode() else None


def _signature(key: bytes, said: bytes) -> bytes:
    return hmac.digest(key, _PURPOSE + said, "sha256")
