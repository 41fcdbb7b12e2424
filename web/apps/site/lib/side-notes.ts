/**
 * Footnotes as side notes. The renderer puts notes into a section at the end; this puts a copy of each note next to
 * its first reference, and marks those in the section that have one, so that the styles can show one of the two.
 *
 * A note stands inside the paragraph that refers to it, so it may hold phrasing content only (HTML standard,
 * "phrasing content"); a note with a list, a table or code in it stays at the end alone. So does one that is
 * referred to from a table or a heading.
 */

const SECTION = /<section class="footnotes"[^>]*>\s*<ol>([\s\S]*)<\/ol>\s*<\/section>/;
const NOTE = /<li id="([^"]+)">([\s\S]*?)\n?<\/li>(?=\s*(?:<li id="[^"]*fn-|$))/g;
const BACK = /\s*<a\b[^>]*\bdata-footnote-backref\b[^>]*>[\s\S]*?<\/a>/g;
const PARAGRAPHS = /^\s*(?:<p>[\s\S]*?<\/p>\s*)+$/;
const BLOCK = /<(?:ul|ol|table|pre|figure|div|blockquote|h[1-6]|details|section)\b/;
const TOKEN = /<(\/?)(table|h[1-6])\b[^>]*>|<sup class="footnote-ref"><a href="#([^"]+)"[^>]*>([^<]*)<\/a><\/sup>/g;

/** The HTML with its notes beside the text. What has no footnotes comes back as it is. */
export function withSideNotes(html: string): string {
  const section = SECTION.exec(html);
  if (!section) return html;
  const notes = phrasingNotes(section[1] ?? "");
  const placed = new Set<string>();
  const text = html.slice(0, section.index).replace(TOKEN, placer(notes, placed));
  return text + marked(section[0], placed) + html.slice(section.index + section[0].length);
}

function phrasingNotes(items: string): Map<string, string> {
  const notes = new Map<string, string>();
  for (const [, id, content] of items.matchAll(NOTE)) {
    const words = (content ?? "").replace(BACK, "").trim();
    if (id && PARAGRAPHS.test(words) && !BLOCK.test(words)) notes.set(id, words);
  }
  return notes;
}

function placer(notes: ReadonlyMap<string, string>, placed: Set<string>) {
  let depth = 0;
  return (whole: string, closing: string, barrier: string | undefined, id: string, number: string): string => {
    if (barrier) {
      depth += closing ? -1 : 1;
      return whole;
    }
    const words = notes.get(id);
    if (depth > 0 || words === undefined || placed.has(id)) return whole;
    placed.add(id);
    return whole + sideNote(id, number, words);
  };
}

function sideNote(id: string, number: string, words: string): string {
  const parts = words
    .replace(/<p>/g, '<span class="sidenote-part">')
    .replace(/<\/p>/g, "</span>")
    .replace(/ id="[^"]*"/g, "")
    .replace(
      '<span class="sidenote-part">',
      `<span class="sidenote-part"><span class="sidenote-number">${number}</span>`,
    );
  return `<small class="sidenote" id="beside-${id}">${parts}</small>`;
}

function marked(section: string, placed: ReadonlySet<string>): string {
  let count = 0;
  const items = section.replace(NOTE_START, (_, id: string) => {
    count += 1;
    return placed.has(id) ? `<li id="${id}" value="${count}" data-beside>` : `<li id="${id}" value="${count}">`;
  });
  return count === placed.size ? items.replace("<section ", "<section data-beside ") : items;
}

const NOTE_START = /<li id="([^"]*fn-[^"]+)">/g;
