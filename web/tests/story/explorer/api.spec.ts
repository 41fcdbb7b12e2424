/** The page of the REST API: operations are listed and one is tried, on light and on dark ground. */

import { keepPicture } from "../picture.ts";
import { expect, test } from "./quiet.ts";
import { violations } from "./sound.ts";

const EXCUSED = {
  "heading-order": "Swagger UI goes from h1 to h3",
  "nested-interactive": "Swagger UI's rows are buttons with a link inside",
  region: "Swagger UI's title stands outside of its main",
};

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 1440, height: 900 } });

    test("operations are listed, and one can be tried", async ({ page }) => {
      await page.goto("/api/docs");
      const posts = page.locator(".opblock-get").filter({ has: page.getByText("/api/posts", { exact: true }) });
      await expect(posts).toBeVisible();
      await expect(page.locator(".opblock-summary-path")).toContainText(["/api/posts", "/api/posts/{idOrSlug}"]);
      await keepPicture(page, `api-${colorScheme}`);
      expect(await violations(page, EXCUSED)).toEqual([]);

      await posts.getByRole("button").first().click();
      await posts.getByRole("button", { name: "Execute" }).click();
      await expect(posts.locator(".live-responses-table .response-col_status").last()).toContainText("200");
      await expect(posts.locator(".live-responses-table .microlight").first()).toContainText('"path": "/posts/');
    });
  });
}

test("nothing sticks out on a narrow screen", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto("/api/docs");
  await expect(page.locator(".opblock").first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await keepPicture(page, "api-360-light");
});
