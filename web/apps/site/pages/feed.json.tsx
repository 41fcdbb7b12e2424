/** The feed as JSON. */

import { loadFeed } from "../data/feed.ts";
import { jsonFeed } from "../lib/feeds/json-feed.ts";
import { documentOf } from "../lib/outcome.ts";

export const getServerSideProps = documentOf("application/feed+json", async () => jsonFeed(await loadFeed()));

/** Nothing to show: the text has been sent. */
export default function Sent() {
  return null;
}
