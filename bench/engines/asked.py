"""What is asked: four operations, as GraphQL documents and as the best SQL that a person writes for them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operation:
    """`sql` yields the JSON of GraphQL's `data`; $1 is the slug where `has_slug`."""

    name: str
    what: str
    document: str
    sql: str
    has_slug: bool = False


Q1 = Operation(
    "Q1",
    "a post by slug with author and tags",
    """query Q1($slug: String!) {
  post(slug: $slug) { title slug date description body { html } author { name slug } tags { name slug } }
}""",
    """SELECT to_json(q) FROM (SELECT (SELECT to_json(p) FROM (
  SELECT p.title, p.slug, p.date, p.description,
    (SELECT to_json(b) FROM (SELECT p.body_html AS html) b) AS body,
    (SELECT to_json(a) FROM (SELECT a.name, a.slug FROM live.author a WHERE a.id = p.author) a) AS author,
    (SELECT coalesce(json_agg(t), '[]') FROM (
       SELECT t.name, t.slug FROM live.post__tags l JOIN live.tag t ON t.id = l.target
       WHERE l.owner = p.id ORDER BY l.position) t) AS tags
  FROM live.post p WHERE p.slug = $1) p) AS post) q""",
    has_slug=True,
)

Q2 = Operation(
    "Q2",
    "the newest 20 with author and tags",
    """query Q2 {
  posts(first: 20) { nodes { title slug date description author { name slug } tags { name slug } } }
}""",
    """SELECT to_json(q) FROM (SELECT (SELECT to_json(c) FROM (SELECT (
  SELECT coalesce(json_agg(p), '[]') FROM (
    SELECT p.title, p.slug, p.date, p.description,
      (SELECT to_json(a) FROM (SELECT a.name, a.slug FROM live.author a WHERE a.id = p.author) a) AS author,
      (SELECT coalesce(json_agg(t), '[]') FROM (
         SELECT t.name, t.slug FROM live.post__tags l JOIN live.tag t ON t.id = l.target
         WHERE l.owner = p.id ORDER BY l.position) t) AS tags
    FROM live.post p ORDER BY p.date DESC, p.id DESC LIMIT 20) p) AS nodes) c) AS posts) q""",
)

Q3 = Operation(
    "Q3",
    "10 authors, 5 newest posts each, with tags and 3 newest comments",
    """query Q3 {
  authors(first: 10) { nodes { name slug posts(first: 5) { nodes {
    title slug date tags { name slug } comments(first: 3) { nodes { name posted text } } } } } }
}""",
    """SELECT to_json(q) FROM (SELECT (SELECT to_json(c) FROM (SELECT (
  SELECT coalesce(json_agg(a), '[]') FROM (
    SELECT a.name, a.slug, (SELECT to_json(c) FROM (SELECT (
      SELECT coalesce(json_agg(p), '[]') FROM (
        SELECT p.title, p.slug, p.date,
          (SELECT coalesce(json_agg(t), '[]') FROM (
             SELECT t.name, t.slug FROM live.post__tags l JOIN live.tag t ON t.id = l.target
             WHERE l.owner = p.id ORDER BY l.position) t) AS tags,
          (SELECT to_json(c) FROM (SELECT (SELECT coalesce(json_agg(m), '[]') FROM (
             SELECT m.name, m.posted, m.text FROM live.comment m
             WHERE m.post = p.id ORDER BY m.posted DESC, m.id DESC LIMIT 3) m) AS nodes) c) AS comments
        FROM live.post p WHERE p.author = a.id ORDER BY p.date DESC, p.id DESC LIMIT 5) p) AS nodes) c
      ) AS posts
    FROM live.author a ORDER BY a.name, a.id LIMIT 10) a) AS nodes) c) AS authors) q""",
)

Q4 = Operation(
    "Q4",
    "the newest 100 with their bodies",
    """query Q4 {
  posts(first: 100) { nodes { title slug date body { html } } }
}""",
    """SELECT to_json(q) FROM (SELECT (SELECT to_json(c) FROM (SELECT (
  SELECT coalesce(json_agg(p), '[]') FROM (
    SELECT p.title, p.slug, p.date, (SELECT to_json(b) FROM (SELECT p.body_html AS html) b) AS body
    FROM live.post p ORDER BY p.date DESC, p.id DESC LIMIT 100) p) AS nodes) c) AS posts) q""",
)

OPERATIONS = (Q1, Q2, Q3, Q4)
