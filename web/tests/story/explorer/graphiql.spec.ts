/** GraphiQL: a query is run, its answer read, the schema browsed, on light and on dark ground. */
import type { Page } from "@playwright/test";
import { keepPicture } from "../picture.ts";
import { expect, test } from "./quiet.ts";
import { violations } from "./sound.ts";

const EXCUSED = { "nested-interactive": "GraphiQL's tabs hold their buttons" };

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 1440, height: 900 } });

    test("a query answers, and the schema can be read", async ({ page }) => {
      await open(page);
      await page.getByRole("button", { name: /^Execute query/ }).click();
      const answer = page.locator(".result-window");
      await expect(answer).toContainText('"posts"');
      await expect(answer).toContainText("/posts/");
      await expect(page.getByRole("status").filter({ hasText: /\d statements?/ })).toBeVisible();
      await keepPicture(page, `graphiql-${colorScheme}`);

      await page.getByRole("button", { name: /Documentation Explorer/ }).click();
      await page.getByRole("link", { name: "Query", exact: true }).click();
      await page.getByRole("link", { name: "posts", exact: true }).click();
      await expect(page.locator(".graphiql-plugin")).toContainText("PostConnection!");
      await keepPicture(page, `graphiql-docs-${colorScheme}`);
      expect(await violations(page, EXCUSED)).toEqual([]);
    });
  });
}

test("what is typed is checked against the schema, and completed from it", async ({ page }) => {
  await open(page);
  await page.locator(".graphiql-query-editor .monaco-editor").first().click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("{ posts { nodes { titel");
  await expect(page.locator(".graphiql-query-editor .squiggly-error").first()).toBeVisible();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("{ posts { nodes { titl");
  await page.keyboard.press("Control+Space");
  await expect(page.locator(".suggest-widget .monaco-list-row").first()).toContainText("title");
});

test("the ground can be chosen", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Open settings dialog" }).click();
  await page.getByRole("button", { name: "Dark", exact: true }).click();
  await expect(page.locator("body")).toHaveClass(/graphiql-dark/);
  expect(await page.evaluate(() => getComputedStyle(document.body).colorScheme)).toBe("dark");
});

/** Open the page and wait for its editors: a button that is pressed before them does nothing. */
async function open(page: Page): Promise<void> {
  await page.goto("/graphql");
  for (const place of [".graphiql-query-editor", ".result-window"]) {
    await expect(page.locator(`${place} .view-lines`).first()).toBeVisible();
  }
}
