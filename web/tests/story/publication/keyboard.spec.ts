/** Everything can be done with the keyboard, and what has the focus can be seen. */
import { expect, test } from "@playwright/test";
import { addressesOf } from "../addresses.ts";

test("the first stop leads past the head to the text", async ({ page }) => {
  await page.goto("/archive");
  await page.keyboard.press("Tab");
  const skip = page.locator(".skip");
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
});

test("what has the focus has an outline", async ({ page }) => {
  await page.goto("/");
  for (let stop = 0; stop < 8; stop += 1) {
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
    expect(outline).toBe("solid");
  }
});

test("the theme is toggled, and kept on the next page without a flash", async ({ page, request }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/");
  await page.getByRole("button", { name: "Dark" }).press("Enter");
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();
  await page.goto((await addressesOf(request)).post);
  expect(await ground()).toBe(dark);
  await page.getByRole("button", { name: "Light" }).press("Enter");
  expect(await ground()).not.toBe(dark);
});

test("nothing moves for those who ask for stillness", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/");
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe("auto");
});

test("a page without scripts is whole", async ({ browser, baseURL, request }) => {
  const { post } = await addressesOf(request);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${baseURL}${post}`);
  await expect(page.locator(".prose")).toBeVisible();
  await expect(page.locator(".theme-toggle")).toBeHidden();
  await context.close();
});
