/** What programs read: feeds, maps, Markdown, structured data. */
import { expect, test } from "@playwright/test";
import { addressesOf } from "../addresses.ts";

for (const [path, type, root] of [
  ["/feed.xml", "application/rss+xml", "rss"],
  ["/atom.xml", "application/atom+xml", "feed"],
  ["/sitemap.xml", "application/xml", "urlset"],
] as const) {
  test(`${path} is well-formed XML`, async ({ page, request }) => {
    const response = await request.get(path);
    expect(response.headers()["content-type"]).toContain(type);
    const found = await page.evaluate(
      (text) => {
        const parsed = new DOMParser().parseFromString(text, "application/xml");
        return parsed.querySelector("parsererror")?.textContent ?? parsed.documentElement.nodeName;
      },
      await response.text(),
    );
    expect(found).toBe(root);
  });
}

test("/feed.json is a JSON Feed whose items are whole and absolute", async ({ request }) => {
  const feed = await (await request.get("/feed.json")).json();
  expect(feed.version).toBe("https://jsonfeed.org/version/1.1");
  for (const item of feed.items) {
    expect(item.url).toMatch(/^https?:\/\//);
    expect(item.content_html).not.toMatch(/<[a-z][^<>]*\s(?:href|src)="\/(?!\/)/);
  }
});

test("robots.txt names the map and llms.txt the posts' Markdown", async ({ request }) => {
  expect(await (await request.get("/robots.txt")).text()).toMatch(/^Sitemap: https?:\/\/.+\/sitemap\.xml$/m);
  const { post } = await addressesOf(request);
  expect(await (await request.get("/llms.txt")).text()).toContain(`${post}.md)`);
});

test("a post has its Markdown beside it, and a post that is absent has none", async ({ request }) => {
  const { post, absent } = await addressesOf(request);
  const markdown = await request.get(`${post}.md`);
  expect(markdown.headers()["content-type"]).toContain("text/markdown");
  expect(await markdown.text()).toMatch(/^# /);
  expect((await request.get(`${absent}.md`)).status()).toBe(404);
});

test("a post says what it is to search engines and other sites", async ({ page, request }) => {
  const { post } = await addressesOf(request);
  await page.goto(post);
  expect(await page.locator('link[rel="canonical"]').getAttribute("href")).toMatch(new RegExp(`${post}$`));
  expect(await page.locator('meta[property="og:type"]').getAttribute("content")).toBe("article");
  const data = await page.locator('script[type="application/ld+json"]').allTextContents();
  expect(data.map((text) => JSON.parse(text)["@type"])).toEqual(["BlogPosting", "BreadcrumbList"]);
});
