"""Which trace a request belongs to, as its sender says: W3C Trace Context, level 1, section 3.2."""

import re

_FORM = re.compile(rb"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


def trace_parent(header: bytes | None) -> str | None:
    """The value of a `traceparent` header; None where there is none, or it is not of that form. What a later
    version adds behind is left out."""
    if header is None:
        return None
    found = _FORM.fullmatch(header[:55])
    if found is None or (len(header) > 55 and (header.startswith(b"00") or header[55:56] != b"-")):
        return None
    return found[0].decode()
