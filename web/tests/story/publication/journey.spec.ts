/** A reader comes to the front page, reads the lead, follows a subject, and subscribes. */
import { expect, test } from "@playwright/test";
import { addressesOf } from "../addresses.ts";

test("from the front page to the lead, its subject, and the feed", async ({ page, request }) => {
  await page.goto("/");
  const lead = page.locator(".lead-title a");
  const title = (await lead.textContent()) ?? "";
  await lead.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  const path = new URL(page.url()).pathname;

  const tag = page.locator(".post-tags a").first();
  const subject = (await tag.textContent()) ?? "";
  await tag.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(subject);
  await expect(page.getByRole("link", { name: title, exact: true })).toBeVisible();

  const feed = page.locator('link[type="application/rss+xml"]');
  const rss = await request.get((await feed.getAttribute("href")) ?? "");
  expect(rss.headers()["content-type"]).toContain("application/rss+xml");
  expect(await rss.text()).toContain(`${path}</link>`);
});

test("a post's first heading is its title, once", async ({ page, request }) => {
  const { post } = await addressesOf(request);
  await page.goto(post);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
});

test("an address where nothing is says so, with the publication's head and a way on", async ({ page }) => {
  const response = await page.goto("/posts/there-is-nothing-here");
  expect(response?.status()).toBe(404);
  await page.locator("main").getByRole("link", { name: "archive" }).click();
  await expect(page).toHaveURL(/\/archive$/);
});

test("the archive's years lead to their posts", async ({ page }) => {
  await page.goto("/archive");
  const entry = page.locator(".entry a").first();
  const title = (await entry.textContent()) ?? "";
  await entry.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
});
