/** What a post weighs, and that nothing in it shifts or comes from elsewhere. */
import { expect, test } from "@playwright/test";
import { addressesOf } from "../addresses.ts";

const BUDGET = { font: 60_000, script: 6_000, stylesheet: 60_000 } as const;

test("a post stays within its budget, from its own host, without errors", async ({ page, request, baseURL }) => {
  const { post } = await addressesOf(request);
  const weights: Record<string, number> = {};
  const strangers: string[] = [];
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("response", async (response) => {
    const kind = response.request().resourceType();
    if (!response.url().startsWith(baseURL ?? "") && !response.url().startsWith("data:"))
      strangers.push(response.url());
    if (kind in BUDGET) weights[kind] = (weights[kind] ?? 0) + (await response.body()).length;
  });
  await page.goto(post, { waitUntil: "networkidle" });
  expect(strangers).toEqual([]);
  expect(complaints).toEqual([]);
  expect(weights.font).toBeLessThanOrEqual(BUDGET.font);
  expect(weights.script).toBeLessThanOrEqual(BUDGET.script);
  expect(weights.stylesheet).toBeLessThanOrEqual(BUDGET.stylesheet);
});

test("the front page and a post are read without a shift", async ({ page, request }) => {
  const { post } = await addressesOf(request);
  for (const path of ["/", post]) {
    await page.goto(path, { waitUntil: "networkidle" });
    const shifted = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
          }).observe({ type: "layout-shift", buffered: true });
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
        }),
    );
    expect(shifted, path).toBeLessThan(0.02);
  }
});
