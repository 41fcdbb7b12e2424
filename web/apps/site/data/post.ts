/** What a post's page shows. */
import { graphql, type ResultOf } from "@masthead/client";
import type { ContentsEntry, Day, NavigationItem, Story } from "@masthead/ui";
import { run } from "../lib/api.ts";
import { pageBody } from "../lib/body.ts";
import { chromeOf, SITE } from "../lib/chrome.ts";
import { dayOf } from "../lib/dates.ts";
import type { Loaded } from "../lib/outcome.ts";
import { STORY, storyOf } from "../lib/stories.ts";
import { hrefOf } from "../lib/urls.ts";
import { loadNeighbours, type Neighbours } from "./neighbours.ts";

const POST = graphql(
  `
    query Post($slug: String!) {
      site {
        ...SiteFields
      }
      post(slug: $slug) {
        ...StoryFields
        id
        title
        slug
        description
        updated
        keywords
        tags {
          name
          slug
          posts(first: 4) {
            nodes {
              slug
              title
              date
            }
          }
        }
        body {
          html
          toc {
            level
            id
            text
          }
        }
      }
    }
  `,
  [SITE, STORY],
);

export interface PostPage {
  readonly story: Story;
  readonly standfirst: string | null;
  readonly updated: Day | null;
  readonly keywords: readonly string[];
  readonly tags: readonly NavigationItem[];
  readonly contents: readonly ContentsEntry[];
  readonly html: string;
  readonly neighbours: Neighbours;
  readonly related: readonly NavigationItem[];
}

type PostFields = NonNullable<ResultOf<typeof POST>["post"]>;

export async function loadPost(slug: string): Promise<Loaded<PostPage>> {
  const { site, post } = await run(POST, { slug });
  const chrome = chromeOf(site);
  if (!post) return { chrome, page: null };
  const page = {
    story: storyOf(post, chrome.language),
    standfirst: post.description || null,
    updated: post.updated ? dayOf(post.updated, chrome.language) : null,
    keywords: post.keywords,
    tags: post.tags.map(({ name, slug }) => ({ label: name, href: hrefOf(`/tags/${slug}`) })),
    contents: contentsOf(post.body.toc, post.title),
    html: await pageBody(post.body.html, post.title),
    neighbours: await loadNeighbours(post.id),
    related: relatedTo(post),
  };
  return { chrome, page };
}

/** Two levels of headings; a text with fewer than three needs no contents, and its title is not one of them. */
export function contentsOf(toc: readonly ContentsEntry[], title: string): readonly ContentsEntry[] {
  const headings = toc.filter(({ level, text }) => level <= 3 && !(level === 1 && text === title));
  if (headings.length < 3) return [];
  const top = Math.min(...headings.map(({ level }) => level));
  return headings
    .filter(({ level }) => level <= top + 1)
    .map((heading) => ({ ...heading, level: heading.level - top + 2 }));
}

const MOST_RELATED = 3;

/** The newest others on the same subjects: what shares more of them comes first. */
function relatedTo({ slug: own, tags }: Pick<PostFields, "slug" | "tags">): readonly NavigationItem[] {
  const found = new Map<string, { label: string; date: string; shared: number }>();
  for (const { slug, title, date } of tags.flatMap(({ posts }) => posts.nodes)) {
    if (slug === own) continue;
    found.set(slug, { label: title, date, shared: (found.get(slug)?.shared ?? 0) + 1 });
  }
  return [...found]
    .sort(([, a], [, b]) => b.shared - a.shared || b.date.localeCompare(a.date))
    .slice(0, MOST_RELATED)
    .map(([slug, { label }]) => ({ label, href: hrefOf(`/posts/${slug}`) }));
}
