/** The feed as RSS. */

import { loadFeed } from "../data/feed.ts";
import { rss } from "../lib/feeds/rss.ts";
import { documentOf } from "../lib/outcome.ts";

export const getServerSideProps = documentOf("application/rss+xml", async () => rss(await loadFeed()));

/** Nothing to show: the text has been sent. */
export default function Sent() {
  return null;
}
