"""The rows: 200 authors, 100 tags, posts of 4 KB and three comments each, made in SQL from their numbers.

Bodies are words drawn by md5, so that they compress about as prose does and every run has the same ones.
"""

import asyncpg

from bench.engines import content
from masthead.model import ContentLock, ContentModel, compile_model
from masthead.store import Transaction, apply_model, open_database

AUTHORS, TAGS = 200, 100
COMMENTS_A_POST = 3
TAGS_A_POST = 3

MODEL: ContentModel = compile_model(
    [content.Author, content.Tag, content.Post, content.Comment], ContentLock()
)[0]

_WORDS = (
    "type set press column proof sheet ink desk serif plate margin folio gutter rule lead galley quoin chase "
    "forme tympan frisket bodkin ligature kern swash stem bowl counter ascender baseline leading measure "
    "the a of and to in is that it for was on are as with they be at one have this from by hot word but what "
    "some we can out other were all there when up use your how said an each she which do their time if will"
)

BODY = """(
    SELECT string_agg('<p>' || words || '.</p>', E'\\n') FROM (
        SELECT string_agg(w[1 + ('x' || substr(md5(p.n::text || ':' || i), 1, 6))::bit(24)::int % {count}],
                          ' ' ORDER BY i) AS words
        FROM generate_series(1, 800) i
        GROUP BY i / 80
    ) paragraphs
)""".replace("{count}", str(len(_WORDS.split())))


_SENTENCE = "'<p>A short text.</p>'"


async def fill(url: str, posts: int, *, is_light: bool = False) -> None:
    """An empty database becomes the publication with that many posts; where `is_light`, their bodies are a
    sentence and nobody comments."""
    async with open_database(url, size=1) as database:
        await apply_model(database, MODEL)
        async with database.transaction() as transaction:
            await _fill(transaction, posts, is_light=is_light)
        async with database.transaction() as transaction:
            # PostGraphile sees no unique index, only unique constraints.
            await transaction.execute(
                "ALTER TABLE live.post ADD CONSTRAINT post_slug_unique UNIQUE USING INDEX post_slug_key"
            )
    await _settle(url)


async def _fill(transaction: Transaction, posts: int, *, is_light: bool) -> None:
    await _entries(transaction, "Author", AUTHORS, "name, slug", "'Author ' || n, 'author-' || n")
    await _entries(transaction, "Tag", TAGS, "name, slug", "'Tag ' || n, 'tag-' || n")
    await transaction.execute(f"CREATE TEMP TABLE words AS SELECT string_to_array('{_WORDS}', ' ') AS w")
    await _entries(
        transaction,
        "Post",
        posts,
        "title, slug, description, date, author, "
        "body, body_html, body_text, body_excerpt, body_toc, body_minutes",
        f"""'Post ' || n, 'post-' || n, 'What post ' || n || ' is about, in a sentence.',
            timestamptz '2020-01-01 00:00Z' + n * interval '17 minutes',
            (SELECT id FROM made_author WHERE made_author.n = p.n % {AUTHORS} + 1),
            'b', {_SENTENCE if is_light else BODY}, 't', 'e', '[]', 4""",
        ", words",
    )
    await transaction.execute(f"""
        INSERT INTO live.post__tags (owner, position, target, sort)
        SELECT made_post.id, place, made_tag.id, post.date
        FROM made_post JOIN live.post post ON post.id = made_post.id
        CROSS JOIN generate_series(0, {TAGS_A_POST - 1}) place
        JOIN made_tag ON made_tag.n = (made_post.n * 7 + place * 31) % {TAGS} + 1""")
    if is_light:
        return
    await _entries(
        transaction,
        "Comment",
        posts * COMMENTS_A_POST,
        "post, name, posted, text",
        f"""(SELECT id FROM made_post WHERE made_post.n = (p.n - 1) / {COMMENTS_A_POST} + 1), 'Reader ' || n,
            timestamptz '2021-01-01 00:00Z' + n * interval '5 minutes',
            'Comment ' || n || ' says what a reader thought of it.'""",
    )


async def _entries(
    transaction: Transaction, name: str, count: int, columns: str, values: str, more: str = ""
) -> None:
    """Entries 1 to `count`; `values` speak of their number as n. Their ids stay in made_<table>."""
    content_type = MODEL[name]
    table = content_type.table
    has_address = content_type.path is not None
    path = f"'/{table}s/{table}-' || n" if has_address else "NULL"
    await transaction.execute(
        f"CREATE TEMP TABLE made_{table} AS SELECT md5('{table}' || n)::uuid AS id, n "
        f"FROM generate_series(1, {count}) n"
    )
    await transaction.execute(f"CREATE UNIQUE INDEX ON made_{table} (n)")
    await transaction.execute(f"ANALYZE made_{table}")
    await transaction.execute(
        "INSERT INTO masthead.entry (id, type, head, created_at, updated_at) "
        f"SELECT id, $1, gen_random_uuid(), now(), now() FROM made_{table}",
        content_type.identity,
    )
    await transaction.execute(
        f"INSERT INTO live.{table} (id, path, created_at, updated_at, published_at, {columns}) "
        f"SELECT p.id, {path}, now(), now(), now(), {values} FROM made_{table} p{more}"
    )


async def allow_connections(url: str) -> None:
    """Room for the pools of all engines at once, from the server's next start."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("ALTER SYSTEM SET max_connections = 300")
    finally:
        await connection.close()


async def make_schema(url: str, name: str) -> None:
    """An empty schema, for a peer that makes no schema itself."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f"CREATE SCHEMA {name}")
    finally:
        await connection.close()


_NUMBER = r"""CREATE FUNCTION pg_temp.number(text) RETURNS integer LANGUAGE sql IMMUTABLE
RETURN substring($1 FROM '\d+$')::integer;
"""


async def copy_rows(url: str, script: str) -> None:
    """Fill a peer's own tables: `script` is SQL that reads `live`. Where ids are numbers,
    pg_temp.number finds one at the end of a slug or a name."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_NUMBER + script)
    finally:
        await connection.close()
    await _settle(url)


async def _settle(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()
