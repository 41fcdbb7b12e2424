/** Footnotes stand beside the text where they can, and at the end of it in any case. */
import { describe, expect, test } from "vitest";
import { withSideNotes } from "../../apps/site/lib/side-notes.ts";

const reference = (id: string, number: number, again = ""): string =>
  `<sup class="footnote-ref"><a href="#user-content-fn-${id}" id="user-content-fnref-${id}${again}" data-footnote-ref="">${number}</a></sup>`;
const back = (id: string): string =>
  ` <a href="#user-content-fnref-${id}" class="footnote-backref" data-footnote-backref="" aria-label="Back to reference 1">↩</a>`;
const note = (id: string, content: string): string => `<li id="user-content-fn-${id}">\n${content}\n</li>\n`;
const section = (...notes: string[]): string =>
  `<section class="footnotes" data-footnotes="">\n<ol>\n${notes.join("")}</ol>\n</section>\n`;

const beside = (html: string): string[] => [...html.matchAll(/<small [^>]*>.*?<\/small>/gs)].map(([found]) => found);

describe("a note of words", () => {
  const html = `<p>One.${reference("a", 1)} Two.${reference("a", 1, "-2")}</p>\n${section(note("a", `<p>The <em>note</em>.${back("a")}</p>`))}`;
  const made = withSideNotes(html);

  test("stands after its first reference, without the way back", () => {
    expect(beside(made)).toEqual([
      '<small class="sidenote" id="beside-user-content-fn-a"><span class="sidenote-part"><span class="sidenote-number">1</span>The <em>note</em>.</span></small>',
    ]);
    expect(made.indexOf("<small")).toBeLessThan(made.indexOf("Two."));
  });

  test("is marked at the end, with its way back, and so is a section of such notes only", () => {
    expect(made).toContain('<section data-beside class="footnotes"');
    expect(made).toContain('<li id="user-content-fn-a" value="1" data-beside>');
    expect(made).toContain("data-footnote-backref");
  });
});

test("a note with more than words stays at the end and keeps its number", () => {
  const notes = section(note("a", "<p>Words.</p>"), note("b", "<p>A list:</p>\n<ul>\n<li>one</li>\n</ul>"));
  const made = withSideNotes(`<p>x${reference("a", 1)} y${reference("b", 2)}</p>\n${notes}`);
  expect(beside(made)).toHaveLength(1);
  expect(made).toContain('<section class="footnotes"');
  expect(made).toContain('<li id="user-content-fn-b" value="2">');
});

test("a reference in a table or a heading gets no note beside it", () => {
  const made = withSideNotes(
    `<h2 id="h">H${reference("a", 1)}</h2>\n<table><tr><td>${reference("b", 2)}</td></tr></table>\n${section(note("a", "<p>A.</p>"), note("b", "<p>B.</p>"))}`,
  );
  expect(beside(made)).toEqual([]);
});

test("names inside a note are not given twice", () => {
  const made = withSideNotes(`<p>x${reference("a", 1)}</p>\n${section(note("a", '<p><span id="n">A</span>.</p>'))}`);
  expect(made.match(/id="n"/g)).toHaveLength(1);
});

test("a text without footnotes is left as it is", () => {
  expect(withSideNotes("<p>Nothing.</p>")).toBe("<p>Nothing.</p>");
});
