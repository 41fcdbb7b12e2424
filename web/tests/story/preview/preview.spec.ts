/**
 * Somebody without an account opens a link (`PREVIEW_LINK`): the draft in the site's own clothes, with a bar above it
 * that stays in sight, until they leave.
 */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { keepPicture } from "../picture.ts";

const LINK = process.env.PREVIEW_LINK ?? "";
const DRAFT = "/posts/secret";

const SCREENS = [
  { colorScheme: "light", width: 390 },
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 390 },
  { colorScheme: "dark", width: 1280 },
] as const;

for (const { colorScheme, width } of SCREENS) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 } });

    test("a draft is shown as a preview, and sound", async ({ page }) => {
      await page.goto(LINK);
      await expect(page).toHaveURL(DRAFT);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("The secret of the sundial");
      const bar = page.getByRole("complementary", { name: "Preview" });
      await expect(bar).toContainText("The secret of the sundial");
      await expect(bar).toContainText("until");
      await page.evaluate(() => document.fonts.ready);
      await keepPicture(page, `preview-${width}-${colorScheme}`, true);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
      await page.mouse.wheel(0, 600);
      await expect(bar).toBeInViewport();
    });
  });
}

test("the front page and the archive lead to the draft, until the reader leaves", async ({ page }) => {
  await page.goto(LINK);
  await page.goto("/");
  await expect(page.getByRole("link", { name: "The secret of the sundial" }).first()).toBeVisible();
  await page.goto("/archive");
  await expect(page.getByRole("link", { name: "The secret of the sundial" })).toBeVisible();
  await page.getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL("/");
  await expect(page.getByRole("complementary", { name: "Preview" })).toHaveCount(0);
  await expect(page.getByText("The secret of the sundial")).toHaveCount(0);
  expect((await page.goto(DRAFT))?.status()).toBe(404);
});

test("a link that does not work says so, in both themes", async ({ page }) => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect((await page.goto("/-/preview/nothing"))?.status()).toBe(410);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This preview link does not work.");
    await keepPicture(page, `preview-over-${colorScheme}`, false);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
});
