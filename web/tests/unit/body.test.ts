/** The page sets the title, so the body does not say it again. */
import { expect, test } from "vitest";
import { contentsOf } from "../../apps/site/data/post.ts";
import { withTitle } from "../../apps/site/data/post-markdown.ts";
import { withoutTitle } from "../../apps/site/lib/body.ts";

test("a first heading that is the title is dropped, whatever its quotes, spaces and mark-up", () => {
  expect(withoutTitle('<h1 id="x">Ada’s  <em>notes</em> &amp; more</h1>\n<p>a</p>', "Ada's notes & more")).toBe(
    "<p>a</p>",
  );
});

test("a first heading that says something else stays", () => {
  expect(withoutTitle("<h1>Part one</h1><p>a</p>", "The whole")).toBe("<h1>Part one</h1><p>a</p>");
  expect(withoutTitle("<p>a</p><h1>Title</h1>", "Title")).toBe("<p>a</p><h1>Title</h1>");
});

test("Markdown begins with the title, once", () => {
  expect(withTitle("A title", "\nText.\n\n")).toBe("# A title\n\nText.\n");
  expect(withTitle("A title", "# A title\n\nText.")).toBe("# A title\n\nText.\n");
});

test("contents are two levels of at least three headings, without the title", () => {
  const heading = (level: number, text: string) => ({ level, id: text, text });
  const toc = [heading(1, "T"), heading(2, "a"), heading(3, "b"), heading(4, "c"), heading(2, "d")];
  expect(contentsOf(toc, "T").map(({ level, text }) => `${level} ${text}`)).toEqual(["2 a", "3 b", "2 d"]);
  expect(contentsOf([heading(2, "a"), heading(2, "b")], "T")).toEqual([]);
});
