/**
 * The posts before and after one in time. The API has no "around this entry" yet, so the newest posts are walked in
 * thin slices (two short texts each) until it is found; very old posts of very large publications go without.
 */
import { graphql } from "@masthead/client";
import type { NavigationItem } from "@masthead/ui";
import { run } from "../lib/api.ts";
import { hrefOf } from "../lib/urls.ts";

const TITLES = graphql(`
  query PostTitles($after: String) {
    posts(first: 500, after: $after) {
      nodes {
        id
        slug
        title
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export interface Neighbours {
  readonly older: NavigationItem | null;
  readonly newer: NavigationItem | null;
}

interface Title {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
}

const MOST_SLICES = 4;

/** The neighbours of a post in the order of the archive. */
export async function loadNeighbours(id: string): Promise<Neighbours> {
  const seen: Title[] = [];
  let after: string | null = null;
  for (let slice = 0; slice < MOST_SLICES; slice += 1) {
    const { nodes, pageInfo }: { nodes: Title[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } = (
      await run(TITLES, { after })
    ).posts;
    seen.push(...nodes);
    const at = seen.findIndex((title) => title.id === id);
    const isLast = at === seen.length - 1;
    if (at >= 0 && (!isLast || !pageInfo.hasNextPage)) return around(seen, at);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  return { older: null, newer: null };
}

function around(titles: readonly Title[], at: number): Neighbours {
  return { newer: itemOf(titles[at - 1]), older: itemOf(titles[at + 1]) };
}

function itemOf(title: Title | undefined): NavigationItem | null {
  return title ? { label: title.title, href: hrefOf(`/posts/${title.slug}`) } : null;
}
