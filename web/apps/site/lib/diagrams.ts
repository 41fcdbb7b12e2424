/**
 * Mermaid sources as drawings. They are laid out here, on the server, once per rendering of a page: readers get an
 * inline SVG in the colours of the theme and no script. A source that cannot be drawn stays as text.
 */
import { escapeXml } from "./text.ts";

const FIGURE = /<figure class="diagram"[^>]*><pre[^>]*><code[^>]*>([\s\S]*?)<\/code><\/pre>([\s\S]*?)<\/figure>/g;

// What a person writes by hand is shorter; layout time grows with the square.
const LONGEST = 20_000;

/** The HTML with its Mermaid figures drawn. */
export async function withDrawings(html: string): Promise<string> {
  const figures = [...html.matchAll(FIGURE)];
  if (figures.length === 0) return html;
  const { renderMermaidSVG } = await import("beautiful-mermaid");
  let drawn = html;
  for (const [at, [whole, code, caption]] of figures.entries()) {
    const svg = draw(renderMermaidSVG, plain(code ?? ""));
    if (svg) drawn = drawn.replace(whole, () => figure(withOwnNames(svg, at), plain(code ?? ""), caption ?? ""));
  }
  return drawn;
}

type Renderer = (source: string, options: Readonly<Record<string, string | boolean>>) => string;

// Names of our tokens: the drawing follows the theme without being drawn again.
const COLOURS = {
  bg: "var(--paper)",
  fg: "var(--ink)",
  line: "var(--ink-soft)",
  accent: "var(--accent)",
  muted: "var(--ink-soft)",
  surface: "var(--paper)",
  border: "var(--ink)",
  transparent: true,
};

function draw(render: Renderer, source: string): string | null {
  if (source.length > LONGEST) return null;
  try {
    const svg = render(source.trim(), COLOURS).replace(STYLE, "");
    return HARMLESS.test(svg) && !SUSPECT.test(svg) ? svg : null;
  } catch {
    return null;
  }
}

// The renderer's own styles name a font service and would hold for every SVG of the page; ours are in code.css.
const STYLE = /<style>[\s\S]*?<\/style>/g;
const HARMLESS = /^<svg [^<>]*>/;
// The renderer escapes what it is given. Should it ever fail to, the source is shown instead of the drawing.
const SUSPECT =
  /<\/?(?:script|foreignObject|iframe|image|use|a|animate|set)\b|<[^<>]*\son\w+\s*=\s*["'][^<>]*>|javascript:/i;

/** Names inside an SVG hold for the whole page, so each drawing gets its own. */
function withOwnNames(svg: string, at: number): string {
  return svg.replace(/ id="([^"]+)"/g, ` id="drawing-${at}-$1"`).replace(/url\(#([^)]+)\)/g, `url(#drawing-${at}-$1)`);
}

function figure(svg: string, source: string, caption: string): string {
  const width = Number(/ width="([\d.]+)"/.exec(svg)?.[1] ?? 0);
  const name = `Diagram: ${labels(svg).join(", ")}`;
  const image = svg.replace("<svg ", `<svg role="img" aria-label="${escapeXml(name)}" `);
  const room = `style="--drawing:${Math.ceil(width)}px"`;
  const text = `<details><summary>Source</summary><pre tabindex="0"><code>${escapeXml(source)}</code></pre></details>`;
  return `<figure class="diagram"><div class="drawing" tabindex="0" ${room}>${image}</div>${caption}${text}</figure>`;
}

function labels(svg: string): string[] {
  const found = [...svg.matchAll(/<g class="node"[^>]* data-label="([^"]*)"/g)].map(([, label]) => plain(label ?? ""));
  return [...new Set(found)].filter(Boolean);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'", amp: "&" };

function plain(html: string): string {
  return html.replace(/&(lt|gt|quot|#39|#x27|amp);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
