/** What llms.txt lists: the newest posts. */
import { graphql } from "@masthead/client";
import { run } from "../lib/api.ts";
import { chromeOf, SITE } from "../lib/chrome.ts";
import type { LlmsPublication } from "../lib/feeds/llms.ts";
import { hrefOf } from "../lib/urls.ts";

const POSTS = graphql(
  `
    query Llms {
      site {
        ...SiteFields
      }
      posts(first: 500) {
        nodes {
          title
          slug
          description
        }
        totalCount
      }
    }
  `,
  [SITE],
);

export async function loadLlms(): Promise<LlmsPublication> {
  const { site, posts } = await run(POSTS);
  const { title, description, baseUrl } = chromeOf(site);
  const listed = posts.nodes.map((post) => ({
    title: post.title,
    url: `${baseUrl}${hrefOf(`/posts/${post.slug}`)}.md`,
    description: post.description,
  }));
  return { title, description, posts: listed, total: posts.totalCount, sitemapUrl: `${baseUrl}/sitemap.xml` };
}
