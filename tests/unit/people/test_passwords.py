"""What a new password must be."""

import pytest

from masthead.kernel import InputError
from masthead.people.passwords import LONGEST, SHORTEST, read_password


def code_of(password: str) -> str:
    """Why it is refused."""
    with pytest.raises(InputError) as refused:
        read_password(password, ("Ada Lovelace",))
    assert refused.value.place is not None
    assert refused.value.place.path == "password"
    assert password not in str(refused.value)
    return refused.value.code


def test_it_has_twelve_characters() -> None:
    """Characters, not bytes, and after normalisation: a ligature is the letters that it is made of."""
    assert code_of("ßtraße-wörd") == "password-short"
    assert len(read_password("ßtraße-wörde")) == SHORTEST
    assert read_password("ﬁx the boat!") == "fix the boat!"


def test_it_has_an_upper_bound() -> None:
    """Long ones are taken; megabytes are not hashed."""
    assert read_password("wort für wort " * 18)
    assert code_of("xq7v" * (LONGEST // 4) + "z") == "password-long"
    assert code_of("\ufdfa" * LONGEST) == "password-long"  # one character that is eighteen when normalised


def test_it_is_not_guessable() -> None:
    """Nor the account's name."""
    assert code_of("password1234") == "password-guessable"
    assert code_of("ada lovelace") == "password-guessable"


def test_it_may_hold_anything() -> None:
    """Spaces, signs, other scripts, even what cannot be seen."""
    for password in ("   spaces on both   ", "🦀🌋🛶🎻🧭🪁🧊🦚🪐🫐🧵🪶", "zero\0width\u200bjoin"):
        assert read_password(password)
