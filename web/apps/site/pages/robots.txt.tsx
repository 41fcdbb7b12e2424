/** What crawlers may read: everything, unless drafts are shown. */

import { loadRobots } from "../data/robots.ts";
import { documentOf } from "../lib/outcome.ts";

export const getServerSideProps = documentOf("text/plain", loadRobots);

/** Nothing to show: the text has been sent. */
export default function Sent() {
  return null;
}
