"""Who wrote it: a byline as people type it becomes names.

"Felix Klock, Mark Rousskov" is two people; "Jane Lusby, Project Director of Collaboration" is one with
a title; "Minwoo Jung (@jmwsoft)" is a name with a handle. Nothing tells them apart for certain, so the
rule is: a comma, "and" or "&" joins names only if what stands on each side reads like a name. What it
gets wrong is set right in masthead.toml, [import.authors].
"""

import re
from collections.abc import Mapping

_HANDLE = re.compile(r"\s*\((?:@|(?:https?://)?github\.com/)?[\w.-]+/?\)")
_BEHALF = re.compile(r",?\s+(?:on|in)\s+behalf\s+of\s+.*", re.IGNORECASE | re.DOTALL)
_JOINT = re.compile(r"\s*,\s*(?:and|&)\s+|\s+(?:and|&|\+)\s+|\s*[,;]\s*")
_PARTICLES = frozenset(
    {
        "de",
        "da",
        "do",
        "dos",
        "del",
        "della",
        "der",
        "den",
        "di",
        "van",
        "von",
        "zu",
        "la",
        "le",
        "bin",
        "al",
        "el",
        "y",
        "ten",
        "ter",
        "du",
        "the",
    }
)
_SUFFIXES = frozenset(
    {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d.", "esq", "esq."}
)
_TITLES = re.compile(
    r"\b(?:director|manager|engineer|developer|lead|leader|head|chief|president|founder|co-founder|cofounder"
    r"|cto|ceo|coo|cio|vp|chair|chairman|chairperson|officer|editor|author|member|maintainer|fellow|professor"
    r"|architect|designer|advocate|consultant|analyst|scientist|researcher|intern|inc|ltd|llc|gmbh|university)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 5


def read_names(byline: str, overrides: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The names in a byline, in order and without repetition; `overrides` go first."""
    text = " ".join(byline.split())
    if text in overrides:
        return overrides[text]
    text = _HANDLE.sub("", _unquoted(_BEHALF.sub("", text))).strip(" ,;") or text
    return tuple(dict.fromkeys(_names(text)))


def _unquoted(text: str) -> str:
    is_quoted = len(text) > 2 and text[0] == text[-1] and text[0] in "'\""
    return text[1:-1].strip() if is_quoted else text


def _names(text: str) -> list[str]:
    pieces = [piece for piece in _JOINT.split(text) if piece]
    if len(pieces) < 2:
        return [text]
    if text.lower().startswith("the ") and not any(mark in text for mark in ",;"):
        return [text]  # "The Research and Development Team" is one
    names: list[str] = []
    for piece in pieces:
        if piece.lower() in _SUFFIXES and names:
            names[-1] += f", {piece}"
        elif _reads_like_a_name(piece):
            names.append(piece)
        elif not names:
            return [text]
    # What follows a name and is none itself is that person's title.
    return names


def _reads_like_a_name(piece: str) -> bool:
    words = piece.split()
    if piece.lower().startswith("the "):
        return True
    if len(words) > _MOST_WORDS or _TITLES.search(piece):
        return False
    if len(words) == 1:
        return True
    return all(word.lower() in _PARTICLES or word != word.lower() or not word[0].isalpha() for word in words)
