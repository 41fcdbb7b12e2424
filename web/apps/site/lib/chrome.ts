/** What every page shows of the publication: its name, navigation, language. */
import { type FragmentOf, graphql, readFragment } from "@masthead/client";
import { type NavigationItem, type Words, wordsOf } from "@masthead/ui";
import { type Direction, directionOf } from "./direction.ts";
import { environment } from "./environment.ts";
import type { Banner } from "./preview.ts";
import { hrefOf } from "./urls.ts";

export const SITE = graphql(`
  fragment SiteFields on Site {
    title
    baseUrl
    description
    language
    navigation
  }
`);

export interface Chrome {
  readonly title: string;
  /** Scheme and host, without a slash at the end. */
  readonly baseUrl: string;
  readonly description: string | null;
  /** BCP 47. */
  readonly language: string;
  readonly direction: Direction;
  readonly navigation: readonly NavigationItem[];
  /** What is shown is not public. */
  readonly preview?: Banner;
}

/** The frame of a page from the site's settings; a publication without any gets calm defaults. */
export function chromeOf(masked: FragmentOf<typeof SITE> | null): Chrome {
  const site = masked ? readFragment(SITE, masked) : null;
  const language = site?.language || "en";
  const navigation = readNavigation(site?.navigation);
  return {
    title: site?.title || "Untitled publication",
    baseUrl: baseUrlOf(site?.baseUrl),
    description: site?.description || null,
    language,
    direction: directionOf(language),
    navigation: navigation.length > 0 ? navigation : ownIndexes(wordsOf(language)),
  };
}

/** What the model gives a publication whose settings name no address. */
const NOWHERE = "http://localhost:8000";

function baseUrlOf(stated: string | undefined): string {
  const base = stated && stated !== NOWHERE ? stated : (environment().localUrl ?? NOWHERE);
  return base.replace(/\/+$/, "");
}

/** The pages that every publication has. */
export function ownIndexes(words: Words): readonly NavigationItem[] {
  return [
    { label: words.archive, href: "/archive" },
    { label: words.tags, href: "/tags" },
    { label: words.authors, href: "/authors" },
  ];
}

/** `[{label, path}]`; anything else in the JSON is passed over, and so is a path that is none. */
function readNavigation(value: unknown): NavigationItem[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    const { label, path } = (item ?? {}) as { label?: unknown; path?: unknown };
    if (typeof label !== "string" || typeof path !== "string" || !/^(\/(?!\/)|https?:\/\/)/.test(path)) return [];
    return [{ label, href: path.startsWith("/") ? hrefOf(path) : path }];
  });
}
