/** JSON Feed 1.1 (jsonfeed.org/version/1.1). */
import type { Feed, FeedItem } from "./feed.ts";

export function jsonFeed(feed: Feed): string {
  return `${JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    home_page_url: `${feed.baseUrl}/`,
    feed_url: `${feed.baseUrl}/feed.json`,
    ...(feed.description ? { description: feed.description } : {}),
    language: feed.language,
    items: feed.items.map(item),
  })}\n`;
}

function item(post: FeedItem) {
  return {
    id: post.id,
    url: post.url,
    title: post.title,
    summary: post.summary,
    content_html: post.html,
    date_published: new Date(post.published).toISOString(),
    date_modified: new Date(post.updated).toISOString(),
    ...(post.image ? { image: post.image.url } : {}),
    ...(post.authors.length > 0 ? { authors: post.authors } : {}),
    ...(post.tags.length > 0 ? { tags: post.tags } : {}),
  };
}
