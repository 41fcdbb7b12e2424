/** A map of the site (sitemaps.org/protocol.html). */
import { escapeXml } from "../text.ts";

export interface MappedPage {
  /** Absolute. */
  readonly url: string;
  /** ISO 8601. */
  readonly changed: string | null;
}

/** The most addresses that one map may hold. */
export const MOST_MAPPED = 50_000;

export function sitemap(pages: readonly MappedPage[]): string {
  const urls = pages.slice(0, MOST_MAPPED).map(({ url, changed }) => {
    const last = changed ? `<lastmod>${new Date(changed).toISOString()}</lastmod>` : "";
    return `<url><loc>${escapeXml(url)}</loc>${last}</url>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join("")}</urlset>
`;
}
