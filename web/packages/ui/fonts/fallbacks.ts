/**
 * Faces that stand in until ours arrive, stretched so that a line breaks at the same word and nothing moves.
 *
 * The method and the system fonts' figures are Capsize's (seek-oss/capsize, @capsizecss/core and /metrics):
 * `size-adjust` is the ratio of the average widths of text, and the other three restore our line box.
 */
import { type Font, fromBuffer } from "@capsizecss/unpack";

interface Metrics {
  readonly unitsPerEm: number;
  readonly xWidthAvg: number;
}

interface StandIn {
  readonly metrics: Metrics;
  /** Names under which systems have it, metric-compatible clones included. */
  readonly local: readonly string[];
}

const TIMES: StandIn = {
  metrics: { unitsPerEm: 2048, xWidthAvg: 832 },
  local: ["Times New Roman", "Liberation Serif", "Tinos"],
};
const ARIAL: StandIn = {
  metrics: { unitsPerEm: 2048, xWidthAvg: 913 },
  local: ["Arial", "Liberation Sans", "Arimo", "Helvetica Neue", "Helvetica"],
};
const COURIER: StandIn = {
  metrics: { unitsPerEm: 2048, xWidthAvg: 1229 },
  local: ["Courier New", "Liberation Mono", "Cousine"],
};

const STAND_INS: Readonly<Record<string, StandIn>> = {
  "Masthead Text": TIMES,
  "Masthead Display": TIMES,
  "Masthead Sans": ARIAL,
  "Masthead Mono": COURIER,
};

/** The `@font-face` that stands in for a family, named `<family> Fallback`. `font` is the family's sfnt or woff2. */
export async function fallbackFace(family: string, font: Buffer): Promise<string> {
  const standIn = STAND_INS[family];
  if (!standIn) throw new Error(`no stand-in is known for the family ${family}`);
  const ours = await fromBuffer(font);
  const sources = standIn.local.map((name) => `local("${name}")`).join(", ");
  return `@font-face {
  font-family: "${family} Fallback";
  src: ${sources};
  ${adjustments(ours, standIn.metrics)}
}
`;
}

function adjustments(ours: Font, standIn: Metrics): string {
  const size = ours.xWidthAvg / ours.unitsPerEm / (standIn.xWidthAvg / standIn.unitsPerEm);
  const share = (units: number): string => percent(units / (ours.unitsPerEm * size));
  return [
    `size-adjust: ${percent(size)};`,
    `ascent-override: ${share(ours.ascent)};`,
    `descent-override: ${share(Math.abs(ours.descent))};`,
    `line-gap-override: ${share(ours.lineGap)};`,
  ].join("\n  ");
}

const percent = (ratio: number): string => `${(ratio * 100).toFixed(2)}%`;
