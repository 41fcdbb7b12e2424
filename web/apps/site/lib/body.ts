/** A post's HTML made ready for its page. */

import { withDrawings } from "./diagrams.ts";
import { withSideNotes } from "./side-notes.ts";

/** The body for the page of that title: its own copy of the title dropped, notes beside, diagrams drawn. */
export function pageBody(html: string, title: string): Promise<string> {
  return withDrawings(withSideNotes(withoutTitle(html, title)));
}

const TITLE = /^\s*<h1\b[^>]*>([\s\S]*?)<\/h1>\s*/;

/** Many posts begin with their title again, as a heading of level 1: the page has set it already. */
export function withoutTitle(html: string, title: string): string {
  const heading = TITLE.exec(html);
  return heading && plain(heading[1] ?? "") === plain(title) ? html.slice(heading[0].length) : html;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/** Text to compare: no tags, no entities, quotes and spaces alike, case aside. */
function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}
