/** Every post by year. */
import { graphql, walk } from "@masthead/client";
import type { YearEntry } from "@masthead/ui";
import { run } from "../lib/api.ts";
import { type Chrome, chromeOf, SITE } from "../lib/chrome.ts";
import { dayOf, yearOf } from "../lib/dates.ts";
import { hrefOf } from "../lib/urls.ts";

const FRAME = graphql(`query ArchiveFrame { site { ...SiteFields } }`, [SITE]);

const SLICE = graphql(`
  query ArchiveSlice($after: String) {
    posts(first: 500, after: $after) {
      nodes {
        title
        slug
        date
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

interface Dated {
  readonly title: string;
  readonly slug: string;
  readonly date: string;
}

export interface ArchiveYear {
  readonly year: string;
  readonly entries: readonly YearEntry[];
}

/** The whole archive and the frame of its page. */
export async function loadArchive(): Promise<{ chrome: Chrome; years: readonly ArchiveYear[] }> {
  const { site } = await run(FRAME);
  const chrome = chromeOf(site);
  const posts = await walk(async (after) => (await run(SLICE, { after })).posts);
  return { chrome, years: byYear(posts, chrome.language) };
}

/** Posts under their years, in the order given. */
export function byYear(posts: readonly Dated[], language: string): readonly ArchiveYear[] {
  return [...Map.groupBy(posts, ({ date }) => yearOf(date))].map(([year, dated]) => ({
    year,
    entries: dated.map(({ title, slug, date }) => ({
      title,
      href: hrefOf(`/posts/${slug}`),
      date: dayOf(date, language, "short"),
    })),
  }));
}
