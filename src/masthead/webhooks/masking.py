"""What a receiver has answered, as it is kept: short, printable, without secrets."""

import re

KEPT = 2048
"""Characters of an answer that are kept."""

_SECRET = re.compile(r"whsec_[A-Za-z0-9+/=_-]+|v1,[A-Za-z0-9+/=]{20,}|mh_[A-Za-z0-9_-]{10,}")


def kept_response(body: bytes) -> str:
    """The beginning as text. Receivers that echo what they got echo signatures, too: those are taken out."""
    text = _SECRET.sub("•••", body.decode(errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}"))
    return text if len(text) <= KEPT else text[: KEPT - 1] + "…"
