/** The publication for programs that read. */

import { loadLlms } from "../data/llms.ts";
import { llmsText } from "../lib/feeds/llms.ts";
import { documentOf } from "../lib/outcome.ts";

export const getServerSideProps = documentOf("text/plain", async () => llmsText(await loadLlms()));

/** Nothing to show: the text has been sent. */
export default function Sent() {
  return null;
}
