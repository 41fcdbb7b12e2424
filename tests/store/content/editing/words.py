"""No word is lost: what a save must leave, as a law over sets of words.

Everything that anybody writes here has words that were never written before (a line begins with its own).
So the merge of two changes is plain set arithmetic, whatever it does to lines, lists and blocks.
"""

from collections.abc import Mapping
from typing import Any

Words = tuple[str, ...]


def words_of(value: Any) -> Words:
    """The words of a field, in their order: the first one of each line; an item of a list is one."""
    match value:
        case None:
            return ()
        case str():
            return tuple(line.split()[0] for line in value.splitlines() if line.split())
        case list() | tuple():
            return tuple(word for each in value for word in words_of(each))
        case Mapping():
            return words_of(value.get("text"))
        case _:
            return (str(value),)


def merged_words(base: Words, head: Words, yours: Words) -> frozenset[str]:
    """What is there in the end: theirs, without what you took away, with what you added."""
    return (frozenset(head) - (frozenset(base) - frozenset(yours))) | (frozenset(yours) - frozenset(base))


def is_in_order(words: Words, of: Words) -> bool:
    """Whether those of `words` that `of` has too stand in its order."""
    places = {word: index for index, word in enumerate(of)}
    found = [places[word] for word in words if word in places]
    return found == sorted(found)
