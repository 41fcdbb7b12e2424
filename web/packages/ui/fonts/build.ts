/**
 * Cuts the fonts: packages in, `generated/` out (woff2 pieces named by their content, `fonts.css`, `fonts.ts`).
 * The same packages always give the same bytes.
 */
/// <reference path="./subset-font.d.ts" />
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";
import { FACES, type Face } from "./faces.ts";
import { fallbackFace } from "./fallbacks.ts";
import { type Piece, piecesOf, unicodeRange } from "./pieces.ts";

/** Where the site serves the pieces from. */
export const FONTS_PATH = "/_fonts";

const out = fileURLToPath(new URL("../generated/", import.meta.url));
const require = createRequire(import.meta.url);

interface Cut {
  readonly face: Face;
  readonly piece: Piece;
  readonly bytes: Buffer;
  readonly file: string;
}

/** Cut every face and write `generated/`. */
export async function buildFonts(): Promise<void> {
  await rm(out, { recursive: true, force: true });
  await mkdir(`${out}files`, { recursive: true });
  const cuts = await Promise.all(FACES.flatMap((face) => piecesOf(face).map((piece) => cut(face, piece))));
  await Promise.all(cuts.map(({ file, bytes }) => writeFile(`${out}files/${file}`, bytes)));
  await writeFile(`${out}fonts.css`, `${cuts.map(fontFace).join("")}${await fallbacks()}`);
  await writeFile(`${out}fonts.ts`, manifest(cuts));
}

async function cut(face: Face, piece: Piece): Promise<Cut> {
  const bytes = await subsetFont(await source(face, piece.part), String.fromCodePoint(...piece.codes), {
    ...face.options,
    targetFormat: "woff2",
    noHinting: true,
    dropTables: ["DSIG", "meta", "STAT"],
  });
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  return { face, piece, bytes, file: `${face.name}-${piece.name}.${digest}.woff2` };
}

function source(face: Face, part: string): Promise<Buffer> {
  return readFile(require.resolve(face.file.replace("{part}", part)));
}

function fontFace({ face, piece, file }: Cut): string {
  return `@font-face {
  font-family: "${face.family}";
  font-style: ${face.style};
  font-weight: ${face.weight};
  font-display: swap;
  src: url("${FONTS_PATH}/${file}") format("woff2");
  unicode-range: ${unicodeRange(piece.codes)};
}
`;
}

async function fallbacks(): Promise<string> {
  const firsts = FACES.filter((face, at) => FACES.findIndex(({ family }) => family === face.family) === at);
  const faces = await Promise.all(
    firsts.map(async (face) => {
      const { variationAxes } = face.options;
      const whole = await subsetFont(await source(face, "latin"), "", {
        keepAllGlyphs: true,
        targetFormat: "sfnt",
        ...(variationAxes ? { variationAxes } : {}),
      });
      return fallbackFace(face.family, whole);
    }),
  );
  return faces.join("");
}

function manifest(cuts: readonly Cut[]): string {
  const first = cuts.filter(({ face, piece }) => face.isPreloaded && piece.name === "core");
  const paths = first.map(({ file }) => `  "${FONTS_PATH}/${file}",\n`).join("");
  return `/** Written by fonts/build.ts: the pieces that every page's first line needs. */\nexport const PRELOADED_FONTS: readonly string[] = [\n${paths}];\n`;
}

if (import.meta.main) await buildFonts();
