/** Which way a language and a text are written. */
export type Direction = "ltr" | "rtl";

const RIGHT_TO_LEFT = new Set(["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"]);

/** The direction of a language (BCP 47). */
export function directionOf(language: string): Direction {
  return RIGHT_TO_LEFT.has(language.toLowerCase().split("-")[0] ?? "") ? "rtl" : "ltr";
}

// The scripts of the languages above. Their first letter decides, as with `dir="auto"` (HTML standard).
const FIRST_LETTER = /\p{L}/u;
const LEFTWARD = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** The direction of a text; `otherwise` if it has no letters. */
export function directionOfText(text: string, otherwise: Direction): Direction {
  const letter = FIRST_LETTER.exec(text)?.[0];
  if (letter === undefined) return otherwise;
  return LEFTWARD.test(letter) ? "rtl" : "ltr";
}
