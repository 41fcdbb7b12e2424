/**
 * Each face is cut into pieces that a browser loads when a page needs them (`unicode-range`): English needs the
 * core only, German and French the second piece too, Polish and Turkish the third.
 */
import type { Face } from "./faces.ts";

export interface Piece {
  readonly name: "core" | "latin" | "latin-ext";
  /** What the source file of a face that comes in parts is called. */
  readonly part: "latin" | "latin-ext";
  readonly codes: readonly number[];
}

const PUNCTUATION = "\u00a0©·–—‘’“”…";
const SECOND = "†‡•‰‹›⁄€™−×←↑→↓↗≈≠≤≥ŒœŠšŽžŸıƒˆ˜‚„ẞ";

/** The pieces of a face; together they hold each code point once. */
export function piecesOf(face: Face): readonly Piece[] {
  const rare = new Set(codesOf(face.rare ?? ""));
  const wanted = new Set([...range(0x20, 0x7e), ...codesOf(PUNCTUATION)]);
  const core = [...wanted].filter((code) => !rare.has(code));
  const latin = [...new Set([...rare, ...range(0xa1, 0xff), ...codesOf(SECOND)])].filter(
    (code) => !core.includes(code),
  );
  const rest = [...range(0x100, 0x24f), ...range(0x1e00, 0x1eff)].filter((code) => !latin.includes(code));
  return [
    { name: "core", part: "latin", codes: core },
    { name: "latin", part: "latin", codes: latin },
    { name: "latin-ext", part: "latin-ext", codes: rest },
  ];
}

/** Code points as a `unicode-range`: `U+20-7E,U+A0`. */
export function unicodeRange(codes: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const code of [...codes].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === code - 1) last[1] = code;
    else runs.push([code, code]);
  }
  return runs.map(([from, to]) => `U+${hex(from)}${to > from ? `-${hex(to)}` : ""}`).join(",");
}

const hex = (code: number): string => code.toString(16).toUpperCase();
const codesOf = (text: string): number[] => [...text].map((character) => character.codePointAt(0) ?? 0);
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
