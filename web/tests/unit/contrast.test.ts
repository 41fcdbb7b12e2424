/** Text reaches 7:1 on its ground (WCAG 2.2, 1.4.6), the accent 4.5:1 (1.4.3), in light and in dark. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const tokens = readFileSync(new URL("../../packages/ui/src/styles/tokens.css", import.meta.url), "utf8");

function colour(name: string, theme: "light" | "dark"): string {
  const pair = new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(tokens);
  const found = pair?.[theme === "light" ? 1 : 2];
  if (!found) throw new Error(`tokens.css has no colour ${name}`);
  return found;
}

/** WCAG 2.2, "relative luminance". */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  test.each(["ink", "ink-soft", "code-word", "code-name", "code-text", "code-number"])("%s is AAA on paper", (name) => {
    expect(contrast(colour(name, theme), colour("paper", theme))).toBeGreaterThanOrEqual(7);
  });

  test.each(["accent", "code-note"])("%s is AA on paper", (name) => {
    expect(contrast(colour(name, theme), colour("paper", theme))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["ink", "code-word", "code-name", "code-text", "code-number", "code-note"])(
    "%s is AA on a highlighted line",
    (name) => {
      expect(contrast(colour(name, theme), colour("accent-wash", theme))).toBeGreaterThanOrEqual(4.5);
    },
  );
});
