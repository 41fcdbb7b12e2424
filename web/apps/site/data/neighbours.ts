/** The posts just before and just behind one in the order of the archive: its own cursor is where they meet. */
import { graphql } from "@masthead/client";
import type { NavigationItem } from "@masthead/ui";
import { run } from "../lib/api.ts";
import { hrefOf } from "../lib/urls.ts";

const PLACE = graphql(`
  query PostPlace($id: ID!) {
    posts(first: 1, where: { id: { eq: $id } }) {
      edges {
        cursor
      }
    }
  }
`);

const AROUND = graphql(`
  query PostNeighbours($place: String!) {
    newer: posts(last: 1, before: $place) {
      nodes {
        slug
        title
      }
    }
    older: posts(first: 1, after: $place) {
      nodes {
        slug
        title
      }
    }
  }
`);

export interface Neighbours {
  readonly older: NavigationItem | null;
  readonly newer: NavigationItem | null;
}

/** The neighbours of a post in the order of the archive. */
export async function loadNeighbours(id: string): Promise<Neighbours> {
  const place = (await run(PLACE, { id })).posts.edges[0]?.cursor;
  if (place === undefined) return { older: null, newer: null };
  const { newer, older } = await run(AROUND, { place });
  return { newer: itemOf(newer.nodes[0]), older: itemOf(older.nodes[0]) };
}

function itemOf(post: { slug: string; title: string } | undefined): NavigationItem | null {
  return post ? { label: post.title, href: hrefOf(`/posts/${post.slug}`) } : null;
}
