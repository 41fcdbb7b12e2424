-- The bench's rows in Payload's tables.
INSERT INTO payload.authors (id, name, slug) SELECT pg_temp.number(slug), name, slug FROM live.author;
INSERT INTO payload.tags (id, name, slug) SELECT pg_temp.number(slug), name, slug FROM live.tag;
INSERT INTO payload.posts (id, title, slug, description, date, author_id, body)
SELECT pg_temp.number(p.slug), title, p.slug, description, date, pg_temp.number(a.slug), body_html
FROM live.post p JOIN live.author a ON a.id = p.author;
INSERT INTO payload.posts_rels (parent_id, "order", path, tags_id)
SELECT pg_temp.number(p.slug), l.position + 1, 'tags', pg_temp.number(t.slug)
FROM live.post__tags l JOIN live.post p ON p.id = l.owner JOIN live.tag t ON t.id = l.target;
INSERT INTO payload.comments (id, post_id, name, posted, text)
SELECT pg_temp.number(c.name), pg_temp.number(p.slug), c.name, posted, text
FROM live.comment c JOIN live.post p ON p.id = c.post;
