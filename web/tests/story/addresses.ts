/** One address of every kind of page that a publication has, found as a reader finds them. */
import type { APIRequestContext } from "@playwright/test";

export interface Addresses {
  readonly home: string;
  readonly post: string;
  readonly tag: string;
  readonly author: string;
  readonly archive: string;
  readonly tags: string;
  readonly authors: string;
  readonly absent: string;
}

/** Read the feed and the map: the newest post, and the first subject and author that the map names. */
export async function addressesOf(request: APIRequestContext): Promise<Addresses> {
  const feed = (await (await request.get("/feed.json")).json()) as { items: { url: string }[] };
  const map = await (await request.get("/sitemap.xml")).text();
  const paths = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => pathOf(url ?? ""));
  const first = (prefix: string): string => paths.find((path) => path.startsWith(prefix)) ?? missing(prefix);
  return {
    home: "/",
    post: pathOf(feed.items[0]?.url ?? missing("a post")),
    tag: first("/tags/"),
    author: first("/authors/"),
    archive: "/archive",
    tags: "/tags",
    authors: "/authors",
    absent: "/posts/there-is-nothing-here",
  };
}

const pathOf = (url: string): string => new URL(url.replaceAll("&amp;", "&")).pathname;

function missing(what: string): never {
  throw new Error(`the publication has no ${what}`);
}
