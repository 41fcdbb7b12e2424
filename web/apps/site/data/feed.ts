/** What the three feeds tell: the newest posts whole, with every address absolute. */
import { graphql } from "@masthead/client";
import { run } from "../lib/api.ts";
import { withoutTitle } from "../lib/body.ts";
import { chromeOf, SITE } from "../lib/chrome.ts";
import type { Feed } from "../lib/feeds/feed.ts";
import { absolute, absoluteHtml, hrefOf } from "../lib/urls.ts";

const NEWEST = graphql(
  `
    query Feed {
      site {
        ...SiteFields
      }
      posts(first: 20) {
        nodes {
          id
          title
          slug
          description
          date
          updated
          authors {
            name
            slug
          }
          tags {
            name
          }
          cover {
            url
            mediaType
            size
          }
          body {
            html
            excerpt
          }
        }
      }
    }
  `,
  [SITE],
);

export async function loadFeed(): Promise<Feed> {
  const { site, posts } = await run(NEWEST);
  const { title, description, language, baseUrl } = chromeOf(site);
  const items = posts.nodes.map((post) => {
    const url = `${baseUrl}${hrefOf(`/posts/${post.slug}`)}`;
    return {
      id: `urn:uuid:${post.id}`,
      url,
      title: post.title,
      summary: post.description || post.body.excerpt,
      html: absoluteHtml(withoutTitle(post.body.html, post.title), baseUrl, url),
      published: post.date,
      updated: post.updated ?? post.date,
      authors: post.authors.map(({ name, slug }) => ({ name, url: `${baseUrl}${hrefOf(`/authors/${slug}`)}` })),
      tags: post.tags.map(({ name }) => name),
      image: post.cover
        ? { url: absolute(baseUrl, post.cover.url), type: post.cover.mediaType, size: post.cover.size }
        : null,
    };
  });
  return { title, description, language, baseUrl, items };
}
