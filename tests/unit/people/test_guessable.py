"""Which passwords are tried first, and which are not."""

import pytest

from masthead.people.guessable import is_guessable

ABOUT = ("Ada Lovelace", "ada.lovelace@example.org")


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password2026!",
        "P@ssw0rd!2026",
        "passwordpassword",
        "iloveyou1234",
        "iloveyouforever",
        "qwertyuiop123",
        "qwertyuiop[]",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "123qweasdzxc",
        "q1w2e3r4t5y6",
        "zxcvbnm,./zxcvbnm",
        "abcdefghijkl",
        "zyxwvutsrqpo",
        "aaaaaaaaaaaa",
        "abababababab",
        "abc1abc1abc1",
        "123456789012",
        "111122223333",
        "letmein123456",
        "Summer2025!!!",
        "liverpoolfc123",
        "adminadmin123",
        "chocolate2024",
        "------------",
        "            ",
    ],
)
def test_what_lists_of_leaked_passwords_have_is_guessable(password: str) -> None:
    """Common words, runs, repetitions, with digits and signs around them; in any case and in leet."""
    assert is_guessable(password)


@pytest.mark.parametrize(
    "password",
    ["ada.lovelace", "AdaLovelace1815", "ada.lovelace@example.org", "lovelace12345678", "4da.l0vel4ce!!"],
)
def test_the_accounts_own_name_is_guessable(password: str) -> None:
    """For this account; for another it may do."""
    assert is_guessable(password, ABOUT)
    assert not is_guessable("lovelacequillnote", ABOUT)


@pytest.mark.parametrize(
    "password",
    [
        "vessel quartz lantern",
        "correct horse battery staple",
        "summer coffee dragon",  # three common words are still a phrase
        "xkq7nvz2pwr9",
        "Tr0ub4dor&3xx",
        "brücke zu drei ufern",
        "пароль из слов и букв",
        "木漏れ日の差す森を歩いた",
        "f8b1-77aa-0c3e-91d2",
    ],
)
def test_what_nobody_tries_first_may_be_taken(password: str) -> None:
    """Phrases, random characters, any script: nothing is asked of the characters."""
    assert not is_guessable(password, ABOUT)


def test_the_longest_password_is_judged_soon() -> None:
    """The work grows with the length, not with ways of taking it apart: one pass, whatever it is made of."""
    for text in ("password", "a", "ab1", "é", "qwerty1", "the"):
        is_guessable((text * 256)[:256])
