/** Answers to the committed SDL, over plain objects: graphql-js calls a function for each field that is one. */
import { about, bio, idOf, PEOPLE, type PostSource, posts as postsOf } from "./content.ts";

interface Page {
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface FixtureOptions {
  /** A publication without posts. */
  readonly isEmpty?: boolean;
  /** So many small posts more. */
  readonly more?: number;
}

/** The root value of a publication. */
export function publication({ isEmpty = false, more = 0 }: FixtureOptions) {
  const sources = isEmpty ? [] : postsOf(more);
  const postBySlug = new Map(sources.map((source) => [source.slug, post(source)]));
  const all = [...postBySlug.values()];
  const having = (key: "authors" | "tags", slug: string): object[] =>
    all.filter((each) => each.source[key]?.includes(slug));
  const slugs = (key: "authors" | "tags") => [...new Set(sources.flatMap((source) => source[key] ?? []))].sort();

  function post(source: PostSource) {
    return {
      ...entry("Post", source.slug, `/posts/${source.slug}`),
      ...source,
      source,
      keywords: source.keywords ?? [],
      authors: () => (source.authors ?? []).map(author),
      tags: () => (source.tags ?? []).map(tag),
      cover: source.cover ? cover(source.cover) : null,
    };
  }
  function author(slug: string) {
    const posts = (page: Page) => connection(having("authors", slug), page);
    return { ...entry("Author", slug, `/authors/${slug}`), name: PEOPLE[slug] ?? slug, slug, bio, posts };
  }
  function tag(slug: string) {
    const name = slug.charAt(0).toUpperCase() + slug.slice(1);
    const posts = (page: Page) => connection(having("tags", slug), page);
    return { ...entry("Tag", slug, `/tags/${slug}`), name, slug, posts };
  }

  return {
    site: isEmpty ? null : SITE,
    post: ({ slug }: { slug: string }) => postBySlug.get(slug) ?? null,
    posts: (page: Page) => connection(all, page),
    page: ({ slug }: { slug: string }) => (slug === "about" && !isEmpty ? ABOUT : null),
    pages: (page: Page) => connection(isEmpty ? [] : [ABOUT], page),
    author: ({ slug }: { slug: string }) => (slugs("authors").includes(slug) ? author(slug) : null),
    authors: (page: Page) => connection(slugs("authors").map(author), page),
    tag: ({ slug }: { slug: string }) => (slugs("tags").includes(slug) ? tag(slug) : null),
    tags: (page: Page) => connection(slugs("tags").map(tag), page),
  };
}

function entry(type: string, slug: string, path: string) {
  const moment = "2026-11-20T09:00:00Z";
  return { __typename: type, id: idOf(path), path, slug, createdAt: moment, updatedAt: moment, publishedAt: moment };
}

function cover(name: string) {
  const url = `/assets/0123456789abcdef/${name}.svg`;
  const size = { size: 1200, width: 1600, height: 640 };
  return { ...entry("Asset", name, url), url, filename: `${name}.svg`, mediaType: "image/svg+xml", alt: "", ...size };
}

const SITE = {
  ...entry("Site", "site", "/"),
  title: "The Night Edition",
  baseUrl: "https://night.example",
  description: "Notes on building a content platform, by the people who are building it.",
  language: "en",
  navigation: [
    { label: "Archive", path: "/archive" },
    { label: "Subjects", path: "/tags" },
    { label: "About", path: "/about" },
  ],
};

const ABOUT = { ...entry("Page", "about", "/about"), title: "About this publication", description: null, body: about };

/** Cursors are positions: enough for a fixture, and a reader may not look inside one anyway. */
function connection<Node>(nodes: readonly Node[], { first, after }: Page) {
  const from = after ? Number(after) : 0;
  const slice = nodes.slice(from, from + (first ?? 20));
  const end = from + slice.length;
  return {
    nodes: slice,
    edges: slice.map((node, at) => ({ node, cursor: String(from + at + 1) })),
    pageInfo: {
      hasNextPage: end < nodes.length,
      hasPreviousPage: from > 0,
      startCursor: slice.length > 0 ? String(from + 1) : null,
      endCursor: slice.length > 0 ? String(end) : null,
    },
    totalCount: nodes.length,
  };
}
