"""The words of an entry, in one column that PostgreSQL makes itself, so that it is never out of date.

In `live` the column is generated. In `draft` a trigger makes it where it is not given: a draft that is as
its publication gets a copy of its words, because making them is what costs most (1.2 s for the 10 MB of a
thousand posts, a copy 0.1 s).

No text may make an insert fail or stall. A tsvector holds a megabyte at most, and a character of text
gives 8 bytes of it at worst (words of one four-byte character that are joined in pairs by hyphens), so
100,000 characters are safe; positions end at 16,383 words anyway. PostgreSQL's parser takes quadratic
time over long words: 26 s for 100,000 characters of `a_b_c_…`, 0.2 s where they are cut every 255.
"""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR

from masthead.model import ContentType, Field, kinds

SEARCH = "_search"
"""The column's name. No field's is like it: theirs begin with a letter."""

MOST_CHARACTERS = 100_000
"""Of all texts of one entry together."""

MOST_OF_A_TEXT = 10_000
"""Characters of a text field that states no length; Markdown gets what the other fields leave."""


def search_columns(content_type: ContentType, *, is_generated: bool) -> list[sa.Column[str]]:
    """The column, which says in `info` what it is made of; none where nothing is searched."""
    if not content_type.is_searchable:
        return []
    words = _words(content_type)
    generated = [sa.Computed(words, persisted=True)] if is_generated else []
    return [sa.Column(SEARCH, TSVECTOR, *generated, info={"words": words})]


def is_made_anew(before: sa.Table, after: sa.Table) -> bool:
    """Whether the words of a table are made of something else, or of nothing any more."""
    old, new = before.columns.get(SEARCH), after.columns.get(SEARCH)
    return old is not None and (new is None or old.info["words"] != new.info["words"])


def unmake_words(table: sa.Table) -> list[str]:
    """Statements that take the column away, with its index and its trigger."""
    function = f"DROP FUNCTION IF EXISTS {_function(table)}() CASCADE"
    return [function, f'ALTER TABLE {table.schema}."{table.name}" DROP COLUMN "{SEARCH}"']


def make_words(table: sa.Table) -> list[str]:
    """Statements that have the words of a table made by a trigger, also those of its rows; none where the
    column is generated, or is not there."""
    column = table.columns.get(SEARCH)
    if column is None or column.computed is not None:
        return []
    words = str(column.info["words"])
    for each in table.columns:
        words = words.replace(f'"{each.name}"', f'NEW."{each.name}"')
    name, function = f'{table.schema}."{table.name}"', _function(table)
    body = f'BEGIN NEW."{SEARCH}" := {words}; RETURN NEW; END'
    is_missing = f'NEW."{SEARCH}" IS NULL'
    run = f"EXECUTE FUNCTION {function}()"
    return [
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $words${body}$words$",
        f"CREATE TRIGGER _words_added BEFORE INSERT ON {name} FOR EACH ROW WHEN ({is_missing}) {run}",
        f"CREATE TRIGGER _words_changed BEFORE UPDATE ON {name} FOR EACH ROW {run}",
        f"UPDATE {name} SET id = id",  # noqa: S608 - physical names
    ]


_PENDING = {"gin_pending_list_limit": 32_768}
"""KB of new words that wait to be sorted in: with the default of 4 MB an import sorts again and again."""


def search_indexes(content_type: ContentType) -> list[sa.Index]:
    """The index over the words. No table is called like it: theirs begin with a letter."""
    if not content_type.is_searchable:
        return []
    return [
        sa.Index(f"_{content_type.table}_search", SEARCH, postgresql_using="gin", postgresql_with=_PENDING)
    ]


def cut_words(text: str) -> str:
    """The expression of a text without words that would keep PostgreSQL's parser busy."""
    return rf"regexp_replace({text}, '(\S{{255}})', '\1 ', 'g')"


def text_column(field: Field) -> str:
    """The column that holds a searched field's plain text."""
    return f"{field.column}_text" if isinstance(field.kind, kinds.Markdown) else field.column


def search_configuration(content_type: ContentType) -> str:
    """The text search configuration of the type's language, as a constant: a generated column needs one."""
    return f"'pg_catalog.{content_type.language}'::regconfig"


def search_shares(content_type: ContentType) -> Mapping[str, int]:
    """How many characters of each searched field count."""
    searched = [field for field in content_type.fields if field.search]
    equal = MOST_CHARACTERS // len(searched)
    texts = {
        field.name: min(field.kind.max_length or MOST_OF_A_TEXT, equal)
        for field in searched
        if isinstance(field.kind, kinds.Text)
    }
    markdown = [field.name for field in searched if field.name not in texts]
    left = MOST_CHARACTERS - sum(texts.values())
    return texts | dict.fromkeys(markdown, left // max(1, len(markdown)))


def _words(content_type: ContentType) -> str:
    shares = search_shares(content_type)
    vectors = [
        f"setweight(to_tsvector({search_configuration(content_type)}, "
        f"{cut_words(_plain(text_column(field), shares[field.name]))}), '{field.search}')"
        for field in content_type.fields
        if field.search
    ]
    return " || ".join(vectors)


def _function(table: sa.Table) -> str:
    return f'{table.schema}."_{table.name}_words"'


def _plain(column: str, most: int) -> str:
    """The beginning of a text, without `<`: the parser would skip `List<String>` as if it were markup."""
    return f"replace(left(coalesce(\"{column}\", ''), {most}), '<', ' ')"
