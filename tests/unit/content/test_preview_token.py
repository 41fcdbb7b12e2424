"""The token of a preview link: one algorithm, one purpose, and no other fits.

A token names neither: there is nothing in it to choose them by.
"""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from masthead.content.previews.token import Claim, read_token, write_token

KEY, NOW = bytes(range(32)), datetime(2026, 3, 4, 12, tzinfo=UTC)
CLAIM = Claim(UUID(int=7), NOW + timedelta(hours=1))
SAID = CLAIM.id.bytes + int(CLAIM.expires_at.timestamp()).to_bytes(8, "big")
PURPOSE = b"masthead preview 1\0"


def token_of(signature: bytes) -> str:
    """A token with this signature."""
    return base64.urlsafe_b64encode(SAID + signature).rstrip(b"=").decode()


def test_the_signature_is_hmac_sha256_over_purpose_and_claim() -> None:
    """Spelled out here, so that what follows differs from it by one thing each."""
    token = token_of(hmac.digest(KEY, PURPOSE + SAID, "sha256"))
    assert token == write_token(KEY, CLAIM)
    assert read_token(KEY, token, NOW) == CLAIM


@pytest.mark.parametrize("name", ["sha512_256", "sha3_256", "blake2s", "sm3"])
def test_another_algorithm_of_the_same_length_is_refused(name: str) -> None:
    """Though it was signed with the right key."""
    if name not in hashlib.algorithms_available:
        pytest.skip(f"OpenSSL of this machine has no {name}")
    assert read_token(KEY, token_of(hmac.new(KEY, PURPOSE + SAID, name).digest()), NOW) is None


@pytest.mark.parametrize("name", ["md5", "sha1", "sha224", "sha384", "sha512"])
def test_another_algorithm_is_refused_whether_cut_or_filled(name: str) -> None:
    """To the length that is asked for, and as it is."""
    signature = hmac.new(KEY, PURPOSE + SAID, name).digest()
    assert read_token(KEY, token_of(signature), NOW) is None
    assert read_token(KEY, token_of(signature[:32].ljust(32, b"\0")), NOW) is None


@pytest.mark.parametrize(
    "signature",
    [b"", bytes(32), hashlib.sha256(PURPOSE + SAID).digest(), hashlib.sha256(KEY + PURPOSE + SAID).digest()],
)
def test_no_signature_is_none(signature: bytes) -> None:
    """Nothing, zeros, a digest without a key, and one that is no HMAC."""
    assert read_token(KEY, token_of(signature), NOW) is None


@pytest.mark.parametrize(
    "purpose", [b"", b"device ", b"masthead preview 2\0", b"masthead preview 1", b"masthead session 1\0"]
)
def test_what_was_signed_for_another_purpose_is_refused(purpose: bytes) -> None:
    """Though the key, the algorithm and the claim are right."""
    assert read_token(KEY, token_of(hmac.digest(KEY, purpose + SAID, "sha256")), NOW) is None
