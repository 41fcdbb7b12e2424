"""How an API token is written."""

import re

from masthead.people.token_text import PATTERN, is_token, new_token


def test_a_token_can_be_found_by_a_scanner() -> None:
    """A prefix, 43 characters and a checksum, none of which need quoting."""
    assert re.fullmatch(PATTERN, new_token())
    assert is_token(new_token())


def test_two_tokens_differ() -> None:
    """They are random."""
    assert new_token() != new_token()


def test_a_changed_character_is_noticed() -> None:
    """Wherever it is: the checksum covers all of them."""
    token = new_token()
    for at in range(len(token)):
        other = "A" if token[at] != "A" else "B"
        assert not is_token(token[:at] + other + token[at + 1 :])


def test_a_token_is_of_one_length() -> None:
    """Neither less nor more is one."""
    token = new_token()
    assert not is_token("")
    assert not is_token("mh_")
    assert not is_token(token[:-1])
    assert not is_token(token + "0")
