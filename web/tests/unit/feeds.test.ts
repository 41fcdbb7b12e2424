/** The feeds and maps say the same of the same posts, each as its specification asks. */
import { describe, expect, test } from "vitest";
import { atom } from "../../apps/site/lib/feeds/atom.ts";
import type { Feed } from "../../apps/site/lib/feeds/feed.ts";
import { jsonFeed } from "../../apps/site/lib/feeds/json-feed.ts";
import { llmsText } from "../../apps/site/lib/feeds/llms.ts";
import { rss } from "../../apps/site/lib/feeds/rss.ts";
import { sitemap } from "../../apps/site/lib/feeds/sitemap.ts";

const feed: Feed = {
  title: "Night & Day",
  description: null,
  language: "en",
  baseUrl: "https://n.example",
  items: [
    {
      id: "urn:uuid:0199",
      url: "https://n.example/posts/a",
      title: "A <b>bold</b> ]]> title",
      summary: "What & why",
      html: '<p>Hello <a href="https://n.example/x">x</a></p>',
      published: "2025-03-19T08:00:00Z",
      updated: "2025-03-20T08:00:00Z",
      authors: [{ name: "Ada & Co", url: "https://n.example/authors/ada" }],
      tags: ["c++"],
      image: { url: "https://n.example/assets/1/a.png", type: "image/png", size: 12 },
    },
  ],
};

describe("RSS", () => {
  const text = rss(feed);

  test("holds the whole post, escaped once", () => {
    expect(text).toContain("<title>A &lt;b&gt;bold&lt;/b&gt; ]]&gt; title</title>");
    expect(text).toContain(
      "<content:encoded>&lt;p&gt;Hello &lt;a href=&quot;https://n.example/x&quot;&gt;x&lt;/a&gt;&lt;/p&gt;</content:encoded>",
    );
  });

  test("names itself, its authors and the picture", () => {
    expect(text).toContain('<atom:link href="https://n.example/feed.xml" rel="self" type="application/rss+xml"/>');
    expect(text).toContain("<dc:creator>Ada &amp; Co</dc:creator>");
    expect(text).toContain('<enclosure url="https://n.example/assets/1/a.png" length="12" type="image/png"/>');
  });

  test("writes dates as RFC 822 asks and describes itself even without a description", () => {
    expect(text).toContain("<pubDate>Wed, 19 Mar 2025 08:00:00 GMT</pubDate>");
    expect(text).toContain("<lastBuildDate>Thu, 20 Mar 2025 08:00:00 GMT</lastBuildDate>");
    expect(text).toContain("<description>Night &amp; Day</description>");
  });
});

describe("Atom", () => {
  test("has what RFC 4287 requires of a feed and an entry", () => {
    const text = atom(feed);
    expect(text).toContain("<id>urn:uuid:0199</id>");
    expect(text).toContain("<updated>2025-03-20T08:00:00.000Z</updated>");
    expect(text).toContain("<published>2025-03-19T08:00:00.000Z</published>");
    expect(text).toContain('<link rel="self" type="application/atom+xml" href="https://n.example/atom.xml"/>');
    expect(text).toContain("<uri>https://n.example/authors/ada</uri>");
  });

  test("says when it changed, also if it holds nothing", () => {
    expect(atom({ ...feed, items: [] })).toContain("<updated>1970-01-01T00:00:00.000Z</updated>");
  });
});

test("JSON Feed is version 1.1 and leaves out what there is not", () => {
  const parsed = JSON.parse(jsonFeed(feed));
  expect(parsed).toMatchObject({
    version: "https://jsonfeed.org/version/1.1",
    feed_url: "https://n.example/feed.json",
    items: [{ id: "urn:uuid:0199", tags: ["c++"], authors: [{ name: "Ada & Co" }] }],
  });
  expect(parsed).not.toHaveProperty("description");
});

test("a map holds each address escaped, with its last change where there is one", () => {
  expect(
    sitemap([
      { url: "https://n.example/", changed: null },
      { url: "https://n.example/tags/a&b", changed: "2025-03-19" },
    ]),
  ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://n.example/</loc></url>
<url><loc>https://n.example/tags/a&amp;b</loc><lastmod>2025-03-19T00:00:00.000Z</lastmod></url>
</urlset>
`);
});

test("llms.txt links each post's Markdown on a line of its own and says what it leaves out", () => {
  expect(
    llmsText({
      title: "Night",
      description: "Of\nnights",
      posts: [{ title: "A [b]", url: "https://n.example/posts/a.md", description: "What" }],
      total: 3,
      sitemapUrl: "https://n.example/sitemap.xml",
    }),
  ).toBe(
    "# Night\n\n> Of nights\n\n## Posts\n\n- [A \\[b\\]](https://n.example/posts/a.md): What\n" +
      "\nThe other 2 posts are in the [sitemap](https://n.example/sitemap.xml).\n",
  );
});
