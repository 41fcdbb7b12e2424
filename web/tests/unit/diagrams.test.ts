/** Mermaid sources become drawings that cannot carry script; what cannot be drawn stays as its source. */
import { describe, expect, test } from "vitest";
import { withDrawings } from "../../apps/site/lib/diagrams.ts";
import { escapeXml } from "../../apps/site/lib/text.ts";

const figure = (source: string): string =>
  `<figure class="diagram" data-language="mermaid"><pre tabindex="0"><code>${escapeXml(source)}</code></pre></figure>`;

test("a flow chart becomes an SVG in the theme's colours, named by its labels, with its source beside it", async () => {
  const html = await withDrawings(`<p>a</p>${figure("graph LR\n  A[Save] --> B[Commit]")}<p>b</p>`);
  expect(html).toMatch(/^<p>a<\/p><figure class="diagram">.*<\/figure><p>b<\/p>$/s);
  expect(html).toContain('aria-label="Diagram: Save, Commit"');
  expect(html).toContain("var(--ink)");
  expect(html).toContain("A[Save] --&gt; B[Commit]");
  expect(html).not.toContain("<style");
});

test("two drawings on a page share no name", async () => {
  const html = await withDrawings(figure("graph LR\n  A --> B") + figure("graph LR\n  C --> D"));
  const names = [...html.matchAll(/ id="([^"]+)"/g)].map(([, name]) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("what is no diagram stays as text", async () => {
  const source = figure("this is nothing");
  expect(await withDrawings(source)).toBe(source);
});

describe("a hostile source carries no script into the page", () => {
  test.each([
    'graph LR\n  A["<script>alert(1)</script>"] --> B',
    'graph LR\n  A["<img src=x onerror=alert(1)>"] --> B["</text></svg><script>alert(1)</script>"]',
    'graph LR\n  A --> B\n  classDef x fill:#fff" onload="alert(1)\n  class A x',
    'graph LR\n  A --> B\n  style A fill:red" onmouseover="alert(1)',
    'graph LR\n  A --> B\n  click A "javascript:alert(1)"',
    "sequenceDiagram\n  A->>B: <script>alert(1)</script>",
    "classDiagram\n  class A {\n    +<script>alert(1)</script>\n  }",
    'stateDiagram-v2\n  state "<svg onload=alert(1)>" as s\n  [*] --> s',
  ])("%s", async (source) => {
    const html = await withDrawings(figure(source));
    expect(html).not.toMatch(/<(?:script|img|iframe|foreignObject)\b/i);
    expect(html).not.toMatch(/<[^<>"]*(?:"[^"]*"[^<>"]*)*\son\w+=/i);
    expect(html).not.toMatch(/(?:href|src)="javascript:/i);
  });
});
