/** Atom 1.0 (RFC 4287). */
import { escapeXml } from "../text.ts";
import { type Feed, type FeedItem, lastChange } from "./feed.ts";

export function atom(feed: Feed): string {
  const home = escapeXml(`${feed.baseUrl}/`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeXml(feed.language)}">
<id>${home}</id>
<title>${escapeXml(feed.title)}</title>
${feed.description ? `<subtitle>${escapeXml(feed.description)}</subtitle>\n` : ""}<updated>${rfc3339(lastChange(feed) ?? NEVER)}</updated>
<link rel="self" type="application/atom+xml" href="${escapeXml(`${feed.baseUrl}/atom.xml`)}"/>
<link rel="alternate" type="text/html" href="${home}"/>
<author><name>${escapeXml(feed.title)}</name></author>
${feed.items.map(entry).join("")}</feed>
`;
}

// A feed must say when it changed (section 4.1.1), also one that holds nothing yet.
const NEVER = "1970-01-01T00:00:00Z";

function entry(post: FeedItem): string {
  const parts = [
    `<id>${escapeXml(post.id)}</id>`,
    `<title>${escapeXml(post.title)}</title>`,
    `<link rel="alternate" type="text/html" href="${escapeXml(post.url)}"/>`,
    `<published>${rfc3339(post.published)}</published>`,
    `<updated>${rfc3339(post.updated)}</updated>`,
    ...post.authors.map(
      ({ name, url }) => `<author><name>${escapeXml(name)}</name><uri>${escapeXml(url)}</uri></author>`,
    ),
    ...post.tags.map((tag) => `<category term="${escapeXml(tag)}"/>`),
    `<summary>${escapeXml(post.summary)}</summary>`,
    `<content type="html">${escapeXml(post.html)}</content>`,
  ];
  return `<entry>\n${parts.join("\n")}\n</entry>\n`;
}

function rfc3339(moment: string): string {
  return new Date(moment).toISOString();
}
