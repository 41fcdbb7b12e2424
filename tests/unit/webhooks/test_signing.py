"""Signatures, by the published library of Standard Webhooks."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from masthead.kernel import utc_now
from masthead.webhooks import new_secret, signed_headers
from masthead.webhooks.masking import kept_response

EVENT = UUID("01890000-0000-7000-8000-000000000001")


def test_either_of_two_secrets_verifies() -> None:
    """And no third one, nor another body."""
    old, new, body = new_secret(), new_secret(), b'{"a": "\xc3\xa9"}'
    headers = signed_headers(EVENT, utc_now(), body, [new, old])
    assert headers["webhook-id"] == str(EVENT)
    for secret in (old, new):
        assert Webhook(secret).verify(body, headers) == {"a": "é"}
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(new).verify(b'{"a": "e"}', headers)


def test_the_signature_of_a_known_message() -> None:
    """As anybody can compute it."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    moment = datetime.fromtimestamp(1614265330, UTC)
    headers = signed_headers(EVENT, moment, b'{"test": 2432232314}', [secret])
    assert headers["webhook-timestamp"] == "1614265330"
    name = f"{EVENT}"
    assert headers["webhook-signature"] == Webhook(secret).sign(name, moment, '{"test": 2432232314}')


def test_what_is_kept_of_an_answer_has_no_secrets() -> None:
    """Receivers that echo what they got are common."""
    secret = new_secret()
    headers = signed_headers(EVENT, utc_now(), b"{}", [secret])
    kept = kept_response(f"{secret} {headers['webhook-signature']} fine\0".encode() + b"x" * 5000)
    assert kept.startswith("••• ••• fine\N{REPLACEMENT CHARACTER}x")
    assert len(kept) == 2048
