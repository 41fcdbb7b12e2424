"""The place of an entry where the words of a search stand, as HTML with nothing in it but `<mark>`.

ts_headline does not promise safe HTML (manual, section 12.3.4), so it never sees any: what marks a word is
a control character, which is taken out of the text before; the text is escaped afterwards, and only then
do the marks become tags. `<` is hidden from it too, or it would drop `List<String>` as if it were markup.
"""

from collections.abc import Callable, Sequence

from masthead.model import ContentType, Field
from masthead.query.sql import literal
from masthead.store import cut_words, search_configuration, search_shares, text_column

_START, _STOP, _LESS = r"E'\x01'", r"E'\x02'", r"E'\x03'"
_OPTIONS = (
    r"""E'StartSel="\x01", StopSel="\x02", FragmentDelimiter=" … ", """
    "MaxFragments=2, MaxWords=24, MinWords=8'"
)
_SHOWN = (
    ("'&'", "&amp;"),
    (_LESS, "&lt;"),
    ("'>'", "&gt;"),
    ("'\"'", "&quot;"),
    ("''''", "&#x27;"),
    (_START, "<mark>"),
    (_STOP, "</mark>"),
)
"""In this order: what is escaped first is not escaped again, and marks come last."""


def snippet_sql(content_type: ContentType, query: str, column: Callable[[str], str]) -> str:
    """The expression of the snippet; `column` gives that of a physical column."""
    shares = search_shares(content_type)
    texts = [f"left({column(text_column(field))}, {shares[field.name]})" for field in _shown(content_type)]
    bare = rf"translate(concat_ws(' ', {', '.join(texts)}), E'<\x01\x02\x03', {_LESS})"
    found = f"ts_headline({search_configuration(content_type)}, {cut_words(bare)}, {query}, {_OPTIONS})"
    for hidden, shown in _SHOWN:
        found = f"replace({found}, {hidden}, {literal(shown)})"
    return found


def _shown(content_type: ContentType) -> Sequence[Field]:
    """The texts below the title, which stands beside the snippet anyway; the title where nothing else is."""
    searched = [field for field in content_type.fields if field.search]
    return [field for field in searched if field.search != "A"] or searched
