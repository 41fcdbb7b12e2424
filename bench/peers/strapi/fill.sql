-- The bench's rows in Strapi's tables, and the indexes that it leaves to its users.
INSERT INTO strapi.authors (id, document_id, name, slug, published_at)
SELECT pg_temp.number(slug), md5(id::text), name, slug, now() FROM live.author;
INSERT INTO strapi.tags (id, document_id, name, slug, published_at)
SELECT pg_temp.number(slug), md5(id::text), name, slug, now() FROM live.tag;
INSERT INTO strapi.posts (id, document_id, title, slug, description, date, body, published_at)
SELECT pg_temp.number(slug), md5(id::text), title, slug, description, date AT TIME ZONE 'UTC', body_html, now()
FROM live.post;
INSERT INTO strapi.comments (id, document_id, name, posted, text, published_at)
SELECT pg_temp.number(name), md5(id::text), name, posted AT TIME ZONE 'UTC', text, now() FROM live.comment;

INSERT INTO strapi.posts_author_lnk (post_id, author_id, post_ord)
SELECT pg_temp.number(p.slug), pg_temp.number(a.slug), row_number() OVER (PARTITION BY a.id ORDER BY p.date)
FROM live.post p JOIN live.author a ON a.id = p.author;
INSERT INTO strapi.posts_tags_lnk (post_id, tag_id, tag_ord)
SELECT pg_temp.number(p.slug), pg_temp.number(t.slug), l.position + 1
FROM live.post__tags l JOIN live.post p ON p.id = l.owner JOIN live.tag t ON t.id = l.target;
INSERT INTO strapi.comments_post_lnk (comment_id, post_id, comment_ord)
SELECT pg_temp.number(c.name), pg_temp.number(p.slug), row_number() OVER (PARTITION BY p.id ORDER BY c.posted)
FROM live.comment c JOIN live.post p ON p.id = c.post;

CREATE INDEX ON strapi.authors (name);
CREATE UNIQUE INDEX ON strapi.posts (slug);
CREATE INDEX ON strapi.posts (date);
CREATE INDEX ON strapi.comments (posted);

-- The public role may read, as an administrator allows it.
WITH made AS (
    INSERT INTO strapi.up_permissions (document_id, action, published_at)
    SELECT md5(name), 'api::' || name || '.' || name || '.find', now()
    FROM unnest(ARRAY['author', 'tag', 'post', 'comment']) name
    RETURNING id)
INSERT INTO strapi.up_permissions_role_lnk (permission_id, role_id)
SELECT made.id, up_roles.id FROM made, strapi.up_roles WHERE up_roles.type = 'public';
