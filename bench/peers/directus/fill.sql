-- The bench's collections and rows as Directus keeps them: tables that it finds, what it must know about them,
-- and the public policy that may read them.
CREATE TABLE directus.authors (id serial PRIMARY KEY, name text NOT NULL, slug text NOT NULL UNIQUE);
CREATE TABLE directus.tags (id serial PRIMARY KEY, name text NOT NULL, slug text NOT NULL UNIQUE);
CREATE TABLE directus.posts (
    id serial PRIMARY KEY, title text NOT NULL, slug text NOT NULL UNIQUE, description text,
    date timestamptz NOT NULL, author integer REFERENCES directus.authors, body text);
CREATE TABLE directus.posts_tags (
    id serial PRIMARY KEY, post integer REFERENCES directus.posts, tag integer REFERENCES directus.tags,
    sort integer);
CREATE TABLE directus.comments (
    id serial PRIMARY KEY, post integer REFERENCES directus.posts, name text, posted timestamptz, text text);

INSERT INTO directus.authors SELECT pg_temp.number(slug), name, slug FROM live.author;
INSERT INTO directus.tags SELECT pg_temp.number(slug), name, slug FROM live.tag;
INSERT INTO directus.posts
SELECT pg_temp.number(p.slug), title, p.slug, description, date, pg_temp.number(a.slug), body_html
FROM live.post p JOIN live.author a ON a.id = p.author;
INSERT INTO directus.posts_tags (post, tag, sort)
SELECT pg_temp.number(p.slug), pg_temp.number(t.slug), l.position
FROM live.post__tags l JOIN live.post p ON p.id = l.owner JOIN live.tag t ON t.id = l.target;
INSERT INTO directus.comments
SELECT pg_temp.number(c.name), pg_temp.number(p.slug), c.name, posted, text
FROM live.comment c JOIN live.post p ON p.id = c.post;

CREATE INDEX ON directus.authors (name);
CREATE INDEX ON directus.posts (date);
CREATE INDEX ON directus.posts (author);
CREATE INDEX ON directus.posts_tags (post);
CREATE INDEX ON directus.comments (post);
CREATE INDEX ON directus.comments (posted);

INSERT INTO directus.directus_collections (collection)
VALUES ('authors'), ('tags'), ('posts'), ('posts_tags'), ('comments');
INSERT INTO directus.directus_fields (collection, field, special)
VALUES ('authors', 'posts', 'o2m'), ('posts', 'tags', 'm2m'), ('posts', 'comments', 'o2m'),
       ('posts', 'author', 'm2o'), ('comments', 'post', 'm2o');
INSERT INTO directus.directus_relations
    (many_collection, many_field, one_collection, one_field, junction_field, sort_field)
VALUES ('posts', 'author', 'authors', 'posts', NULL, NULL),
       ('comments', 'post', 'posts', 'comments', NULL, NULL),
       ('posts_tags', 'post', 'posts', 'tags', 'tag', 'sort'),
       ('posts_tags', 'tag', 'tags', NULL, 'post', NULL);
INSERT INTO directus.directus_permissions (collection, action, permissions, fields, policy)
SELECT collection, 'read', '{}', '*', p.id
FROM directus.directus_collections, directus.directus_policies p WHERE p.name = '$t:public_label';
