/** Every public address, for the site's map. */
import { graphql, walk } from "@masthead/client";
import { run } from "../lib/api.ts";
import { chromeOf, SITE } from "../lib/chrome.ts";
import type { MappedPage } from "../lib/feeds/sitemap.ts";
import { MOST_MAPPED } from "../lib/feeds/sitemap.ts";
import { hrefOf } from "../lib/urls.ts";

const FRAME = graphql(`query MapFrame { site { ...SiteFields } }`, [SITE]);

const POSTS = graphql(`
  query MapPosts($after: String) {
    posts(first: 500, after: $after) {
      nodes { slug date updated }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const PAGES = graphql(`
  query MapPages($after: String) {
    pages(first: 500, after: $after) {
      nodes { slug updated }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const TAGS = graphql(`
  query MapTags($after: String) {
    tags(first: 500, after: $after) {
      nodes { slug }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const AUTHORS = graphql(`
  query MapAuthors($after: String) {
    authors(first: 500, after: $after) {
      nodes { slug }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

/** The front page, the indexes, then every post, page, subject and author. */
export async function loadMap(): Promise<readonly MappedPage[]> {
  const { baseUrl } = chromeOf((await run(FRAME)).site);
  const mapped = (path: string, changed: string | null): MappedPage => ({ url: `${baseUrl}${hrefOf(path)}`, changed });
  const posts = await walk(async (after) => (await run(POSTS, { after })).posts, MOST_MAPPED);
  const pages = await walk(async (after) => (await run(PAGES, { after })).pages);
  const tags = await walk(async (after) => (await run(TAGS, { after })).tags);
  const authors = await walk(async (after) => (await run(AUTHORS, { after })).authors);
  return [
    ...["/", "/archive", "/tags", "/authors"].map((path) => mapped(path, null)),
    ...pages.map(({ slug, updated }) => mapped(`/${slug}`, updated)),
    ...posts.map(({ slug, date, updated }) => mapped(`/posts/${slug}`, updated ?? date)),
    ...tags.map(({ slug }) => mapped(`/tags/${slug}`, null)),
    ...authors.map(({ slug }) => mapped(`/authors/${slug}`, null)),
  ];
}
