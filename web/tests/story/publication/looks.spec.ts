/**
 * Every kind of page in both themes on three widths: axe finds nothing, nothing sticks out, and a picture is kept for
 * people to look at.
 */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { type Addresses, addressesOf } from "../addresses.ts";
import { keepPicture } from "../picture.ts";

// Each theme is asked about by axe once, and each of the two layouts.
const SCREENS = [
  { colorScheme: "light", width: 360, hasAxe: true },
  { colorScheme: "light", width: 768, hasAxe: false },
  { colorScheme: "light", width: 1440, hasAxe: false },
  { colorScheme: "dark", width: 360, hasAxe: false },
  { colorScheme: "dark", width: 768, hasAxe: false },
  { colorScheme: "dark", width: 1440, hasAxe: true },
] as const;

const PICTURED: readonly (keyof Addresses)[] = ["home", "post", "tag", "archive", "absent"];
const OTHERS: readonly (keyof Addresses)[] = ["author", "tags", "authors"];

for (const { colorScheme, width, hasAxe } of SCREENS) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 } });

    for (const kind of hasAxe ? [...PICTURED, ...OTHERS] : PICTURED) {
      test(`${kind} is sound`, async ({ page, request }) => {
        await page.goto((await addressesOf(request))[kind]);
        await page.evaluate(() => document.fonts.ready);
        if (PICTURED.includes(kind)) {
          const name = kind === "absent" ? "404" : kind;
          await keepPicture(page, `${name}-${width}-${colorScheme}`, kind !== "archive");
        }
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        if (!hasAxe) return;
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
      });
    }
  });
}
