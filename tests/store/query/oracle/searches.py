"""What a search finds, asked of PostgreSQL row by row in a plain statement that knows no column of words."""

import html
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from graphql import GraphQLSchema

from masthead.model import ContentModel, ContentType, kinds
from masthead.store import Transaction

SEARCHES = (
    *("", "the", "a", "null", "z", "-null", "a or b", "quo te", '"line break"', "b -z", "script", "é"),
    *("0", "tab's", "( & | ! :*", "slash OR line"),
)
"""What is searched for: words of the generated texts, alone and combined, and what is none."""

_ASK = """
    SELECT s.text, v.words @@ q.query AS is_found, ts_rank(v.words, q.query, 1)::float8 AS rank,
           ts_headline({language}, $2, q.query, $3) AS headline
    FROM (SELECT {words} AS words) v, unnest($1::text[]) s(text),
         LATERAL (SELECT websearch_to_tsquery({language}, s.text) AS query) q
"""
_OPTIONS = 'StartSel="\x01", StopSel="\x02", FragmentDelimiter=" … ", MaxFragments=2, MaxWords=24, MinWords=8'


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that fits."""

    rank: float
    snippet: str


Hits = Mapping[tuple[str, UUID, str], Hit]
"""By type, entry and text of the search."""


def site_search_arguments(schema: GraphQLSchema, pick: Callable[[Any], Any], value: Any) -> str:
    """The arguments of the search in all types. `value` spells a literal or a variable of a type."""
    text, first, offset = pick(SEARCHES), pick([None, 0, 1, 2, 500]), pick([None, None, 0, 1, 3])
    arguments = [f"query: {value('String!', json.dumps(text), text)}"]
    if pick([True, False]):
        names = sorted(schema.type_map["EntryType"].values)  # type: ignore[attr-defined]  # an enum
        types = list(dict.fromkeys(pick(names) for _ in range(pick([1, 2, 3]))))
        arguments.append(f"types: {value('[EntryType!]', '[' + ', '.join(types) + ']', types)}")
    for name, number in (("first", first), ("offset", offset)):
        if number is not None:
            arguments.append(f"{name}: {value('Int', json.dumps(number), number)}")
    return f"({', '.join(arguments)})"


async def find_everything(
    transaction: Transaction, model: ContentModel, entries: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Hits:
    """What each of SEARCHES finds."""
    hits: dict[tuple[str, UUID, str], Hit] = {}
    for content_type in model:
        if any(field.search for field in content_type.fields):
            for row in entries[content_type.name]:
                for text, hit in (await _find(transaction, content_type, row)).items():
                    hits[content_type.name, row["id"], text] = hit
    return hits


async def _find(
    transaction: Transaction, content_type: ContentType, row: Mapping[str, Any]
) -> dict[str, Hit]:
    searched = [field for field in content_type.fields if field.search]
    suffixes = ["_text" if isinstance(field.kind, kinds.Markdown) else "" for field in searched]
    texts = [row[field.column + suffix] for field, suffix in zip(searched, suffixes, strict=True)]
    language = f"'{content_type.language}'"
    words = " || ".join(
        f"setweight(to_tsvector({language}, ${number}), '{field.search}')"
        for number, field in enumerate(searched, start=4)
    )
    below = [text for field, text in zip(searched, texts, strict=True) if field.search != "A"]
    shown = " ".join(text for text in (below or texts) if text is not None)
    asked = await transaction.fetch(
        _ASK.format(words=words, language=language),
        *(list(SEARCHES), _without_marks(shown), _OPTIONS),
        *((text or "").replace("<", " ") for text in texts),
    )
    return {each["text"]: Hit(each["rank"], _marked(each["headline"])) for each in asked if each["is_found"]}


def _without_marks(text: str) -> str:
    return text.replace("\x01", "").replace("\x02", "").replace("\x03", "").replace("<", "\x03")


def _marked(headline: str) -> str:
    escaped = html.escape(headline.replace("\x03", "<"))
    return escaped.replace("\x01", "<mark>").replace("\x02", "</mark>")
