"""Passwords that are tried first: common words, runs of keys, repetitions, and the account's own name, with
digits and signs around them.

Lists of leaked passwords are long, and nearly all of their entries that have twelve characters are made
like this. So we carry the words and the ways of putting them together, not the lists.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

_MOST_WORDS = 2
"""Different words up to which a password counts as guessable; three that are common are still a phrase."""

_SHORTEST_RUN = 3
_MOST_LOOSE = 8
"""Digits and signs beside words and runs that make nothing harder: a date has as many."""

_KEYS = (
    "1234567890", "0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./",
    "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "!@#$%^&*()", "!\"§$%&/()=",
    "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp", "zaq1xsw2cde3vfr4bgt5nhy6mju7", "qweasdzxc", "147258369", "963852741",
    "a1b2c3d4e5f6g7h8i9j0", "aabbccddeeffgg", "112233445566778899", "159753", "741852963",
)  # fmt: skip
_RUNS = tuple(each for keys in _KEYS for each in (keys, keys[::-1]))

_LEET = str.maketrans("@430$5!17", "aaeossiit")


def is_guessable(password: str, about: Iterable[str] = ()) -> bool:
    """Whether it falls into pieces that are all common, few of them words. `about` adds words of its own."""
    text = password.casefold()
    words = _common_words() | set(_own_words(about))
    return any(_is_common(text, plain, words) for plain in dict.fromkeys((text, text.translate(_LEET))))


def _is_common(text: str, plain: str, words: frozenset[str] | set[str]) -> bool:
    """Goes through `text` from the left, taking the longest common piece; `plain` is it without leet."""
    at, loose, found = 0, 0, set[str]()
    longest = max(map(len, words))
    while at < len(text):
        word = _word_at(plain, at, words, longest)
        run = max(_run_at(text, at), _repetition_at(text, at))
        if len(word) >= max(run, 1):
            found.add(word)
            at += len(word)
        elif run:
            at += run
        elif text[at].isalpha():
            return False
        else:
            loose += 1
            at += 1
    counted = [word for word in found if len(word) >= _SHORTEST_RUN]
    return len(counted) <= _MOST_WORDS and loose <= _MOST_LOOSE


def _word_at(text: str, at: int, words: frozenset[str] | set[str], longest: int) -> str:
    candidates = (text[at : at + length] for length in range(min(longest, len(text) - at), 0, -1))
    return next((each for each in candidates if each in words), "")


def _run_at(text: str, at: int) -> int:
    """How many characters from here follow each other on a keyboard, in the alphabet, or in counting."""
    longest = 0
    for run in _RUNS:
        length = _SHORTEST_RUN
        while at + length <= len(text) and text[at : at + length] in run:
            longest = max(longest, length)
            length += 1
    return longest


def _repetition_at(text: str, at: int) -> int:
    """How many characters from here are one to four, again and again: aaaa, abab."""
    longest = 0
    for size in range(1, 5):
        unit, end = text[at : at + size], at + size
        while len(unit) == size and text.startswith(unit, end):
            end += size
        if end - at >= max(3, 3 * size if size > 1 else 0):
            longest = max(longest, end - at)
    return longest


def _own_words(about: Iterable[str]) -> Iterator[str]:
    for text in about:
        plain = unicodedata.normalize("NFKC", text).casefold()
        yield from (each for each in (plain, *re.split(r"[\W_]+", plain)) if len(each) >= 3)


@cache
def _common_words() -> frozenset[str]:
    text = (files("masthead.people") / "common_words.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if line[:1] != "#" for word in line.split())
