/** The feed as Atom. */

import { loadFeed } from "../data/feed.ts";
import { atom } from "../lib/feeds/atom.ts";
import { documentOf } from "../lib/outcome.ts";

export const getServerSideProps = documentOf("application/atom+xml", async () => atom(await loadFeed()));

/** Nothing to show: the text has been sent. */
export default function Sent() {
  return null;
}
