/** RSS 2.0 (rssboard.org/rss-specification) with the content, Dublin Core and Atom modules. */
import { escapeXml } from "../text.ts";
import { type Feed, type FeedItem, lastChange } from "./feed.ts";

export function rss(feed: Feed): string {
  const changed = lastChange(feed);
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${escapeXml(feed.title)}</title>
<link>${escapeXml(`${feed.baseUrl}/`)}</link>
<description>${escapeXml(feed.description ?? feed.title)}</description>
<language>${escapeXml(feed.language)}</language>
<atom:link href="${escapeXml(`${feed.baseUrl}/feed.xml`)}" rel="self" type="application/rss+xml"/>
${changed ? `<lastBuildDate>${rfc822(changed)}</lastBuildDate>\n` : ""}${feed.items.map(item).join("")}</channel>
</rss>
`;
}

function item(post: FeedItem): string {
  const parts = [
    `<title>${escapeXml(post.title)}</title>`,
    `<link>${escapeXml(post.url)}</link>`,
    `<guid isPermaLink="false">${escapeXml(post.id)}</guid>`,
    `<pubDate>${rfc822(post.published)}</pubDate>`,
    ...post.authors.map(({ name }) => `<dc:creator>${escapeXml(name)}</dc:creator>`),
    ...post.tags.map((tag) => `<category>${escapeXml(tag)}</category>`),
    `<description>${escapeXml(post.summary)}</description>`,
    `<content:encoded>${escapeXml(post.html)}</content:encoded>`,
    ...enclosure(post),
  ];
  return `<item>\n${parts.join("\n")}\n</item>\n`;
}

function enclosure({ image }: FeedItem): string[] {
  if (!image) return [];
  return [`<enclosure url="${escapeXml(image.url)}" length="${image.size}" type="${escapeXml(image.type)}"/>`];
}

/** `Wed, 19 Mar 2025 00:00:00 GMT`: what RFC 822 asks for, as RFC 1123 corrected it. */
function rfc822(moment: string): string {
  return new Date(moment).toUTCString();
}
