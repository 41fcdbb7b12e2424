/** Every page there is. */

import { loadMap } from "../data/map.ts";
import { sitemap } from "../lib/feeds/sitemap.ts";
import { documentOf } from "../lib/outcome.ts";

export const getServerSideProps = documentOf("application/xml", async () => sitemap(await loadMap()));

/** Nothing to show: the text has been sent. */
export default function Sent() {
  return null;
}
