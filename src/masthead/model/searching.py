"""Which fields full-text search covers, with what weight, and in which language their words are read."""

from collections.abc import Mapping
from typing import Literal, get_args

from masthead.model import kinds

Weight = Literal["A", "B", "C", "D"]
"""PostgreSQL's classes of words: A counts most (manual, section 12.3.3)."""

WEIGHTS: tuple[Weight, ...] = get_args(Weight)

SEARCHABLE = kinds.Text | kinds.Markdown
"""The kinds that hold words."""

LANGUAGES = frozenset(
    {
        "simple",
        "arabic",
        "armenian",
        "basque",
        "catalan",
        "danish",
        "dutch",
        "english",
        "finnish",
        "french",
        "german",
        "greek",
        "hindi",
        "hungarian",
        "indonesian",
        "irish",
        "italian",
        "lithuanian",
        "nepali",
        "norwegian",
        "portuguese",
        "romanian",
        "russian",
        "serbian",
        "spanish",
        "swedish",
        "tamil",
        "turkish",
        "yiddish",
    }
)
"""The configurations that every PostgreSQL from 15 on brings; `simple` takes words as they are."""


def weights_of(
    fields: Mapping[str, kinds.Kind], declared: Mapping[str, Weight], *, is_singleton: bool
) -> Mapping[str, Weight]:
    """The weight of each field that is searched: what is declared, or else what every type gets.

    A singleton is in no list, so nobody searches for it.
    """
    if declared or is_singleton:
        return declared
    texts = [name for name, kind in fields.items() if isinstance(kind, kinds.Text)]
    sources = [kind.source for kind in fields.values() if isinstance(kind, kinds.Slug)]
    title = next(iter([*sources, *texts]), None)
    found: dict[str, Weight] = dict.fromkeys(texts, "B")
    found |= {name: "C" for name, kind in fields.items() if isinstance(kind, kinds.Markdown)}
    return found if title is None else found | {title: "A"}
