"""A publication large enough for plans to matter: posts with ties, authors and tags, made in SQL."""

from masthead.model import default_model
from masthead.store import Database

POSTS, AUTHORS, TAGS, ASSETS = 3000, 200, 200, 200

CONTENT = (
    ("Author", AUTHORS, "name, slug", "'Author ' || n, 'author-' || n"),
    ("Tag", TAGS, "name, slug", "'Tag ' || n, 'tag-' || n"),
    (
        "Asset",
        ASSETS,
        "filename, media_type, size, digest",
        "n || '.png', 'image/png', 1, repeat('0', 64)",
    ),
    (
        "Post",
        POSTS,
        """title, slug, date, updated, cover, keywords,
        body, body_html, body_text, body_excerpt, body_toc, body_minutes""",
        """'Post ' || n, 'post-' || n, timestamptz '2025-01-01 00:00Z' + (n / 3) * interval '1 hour',
        CASE WHEN n % 3 > 0 THEN timestamptz '2025-06-01 00:00Z' + (n % 7) * interval '1 day' END,
        (SELECT id FROM live.asset WHERE path = '/asset/' || (n % 200 + 1)), '{}',
        's', 'h', 't', 'e', '[]', 1""",
    ),
)
"""Type, how many, columns, and their values by number: three posts share a date, a third has no update,
neighbours have different covers."""


async def fill_publication(database: Database) -> None:
    """Insert it, and let PostgreSQL count it."""
    async with database.transaction() as transaction:
        for name, count, columns, values in CONTENT:
            content_type = default_model()[name]
            await transaction.execute(
                f"""
                WITH made AS (
                    INSERT INTO masthead.entry (id, type, head, created_at, updated_at)
                    SELECT gen_random_uuid(), $1, gen_random_uuid(), now(), now() FROM generate_series(1, $2)
                    RETURNING id
                ), numbered AS (SELECT id, row_number() OVER () AS n FROM made)
                INSERT INTO live.{content_type.table}
                    (id, path, created_at, updated_at, published_at, {columns})
                SELECT id, '/{content_type.table}/' || n, now(), now(), now(), {values} FROM numbered
                """,
                content_type.identity,
                count,
            )
        for link, target, number in (("authors", "author", AUTHORS), ("tags", "tag", TAGS)):
            await transaction.execute(
                f"""
                WITH target AS (SELECT id, row_number() OVER () - 1 AS n FROM live.{target}),
                     post AS (SELECT id, date, row_number() OVER () AS n FROM live.post)
                INSERT INTO live.post__{link} (owner, position, target, sort)
                SELECT post.id, place, target.id, post.date
                FROM post CROSS JOIN generate_series(0, 1) place
                JOIN target ON target.n = (post.n * 7 + place) % {number}
                """
            )
        await transaction.execute("ANALYZE")
