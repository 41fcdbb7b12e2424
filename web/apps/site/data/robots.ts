/** robots.txt (RFC 9309). */
import { graphql } from "@masthead/client";
import { run } from "../lib/api.ts";
import { chromeOf, SITE } from "../lib/chrome.ts";
import { environment } from "../lib/environment.ts";

const FRAME = graphql(`query Robots { site { ...SiteFields } }`, [SITE]);

export async function loadRobots(): Promise<string> {
  if (environment().isPreview) return "User-agent: *\nDisallow: /\n";
  const { baseUrl } = chromeOf((await run(FRAME)).site);
  return `User-agent: *\nDisallow: /graphql\nDisallow: /-/\n\nSitemap: ${baseUrl}/sitemap.xml\n`;
}
