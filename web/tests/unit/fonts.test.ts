/** Faces are cut into pieces that together hold each character once, and the pieces of a post fit their budget. */
import { describe, expect, test } from "vitest";
import { FACES } from "../../packages/ui/fonts/faces.ts";
import { piecesOf, unicodeRange } from "../../packages/ui/fonts/pieces.ts";

describe.each(FACES)("$name", (face) => {
  const pieces = piecesOf(face);

  test("holds every character in one piece", () => {
    const codes = pieces.flatMap((piece) => piece.codes);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test("holds English in its first piece, but for signs it hardly sets", () => {
    const core = new Set(pieces[0]?.codes);
    for (const letter of "Hello, World 0123456789 “it’s” — fine…")
      expect(core.has(letter.codePointAt(0) ?? 0)).toBe(true);
  });
});

test("a range of characters is written as CSS does", () => {
  expect(unicodeRange([0x41, 0x42, 0x43, 0x20, 0x2014])).toBe("U+20,U+41-43,U+2014");
});
