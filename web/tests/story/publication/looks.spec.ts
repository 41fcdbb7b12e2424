/**
 * Every kind of page in both themes on three widths: axe finds nothing, nothing sticks out, and a picture is kept for
 * people to look at.
 */
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { type Addresses, addressesOf } from "../addresses.ts";

const FOLDER = fileURLToPath(new URL("../../../../.artefacts/screenshots/", import.meta.url));

/** What axe looks for does not change between these widths, so it is asked on the narrowest and the widest. */
const WIDTHS = [
  { width: 360, hasAxe: true },
  { width: 768, hasAxe: false },
  { width: 1440, hasAxe: true },
];

const PICTURED: readonly (keyof Addresses)[] = ["home", "post", "tag", "archive", "absent"];
const OTHERS: readonly (keyof Addresses)[] = ["author", "tags", "authors"];

for (const colorScheme of ["light", "dark"] as const) {
  for (const { width, hasAxe } of WIDTHS) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      for (const kind of hasAxe ? [...PICTURED, ...OTHERS] : PICTURED) {
        test(`${kind} is sound`, async ({ page, request }) => {
          await page.goto((await addressesOf(request))[kind]);
          await page.evaluate(() => document.fonts.ready);
          if (PICTURED.includes(kind)) {
            const name = kind === "absent" ? "404" : kind;
            await page.screenshot({ path: `${FOLDER}${name}-${width}-${colorScheme}.png`, fullPage: kind !== "archive" });
          }
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
          if (!hasAxe) return;
          const { violations } = await new AxeBuilder({ page }).analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
        });
      }
    });
  }
}
