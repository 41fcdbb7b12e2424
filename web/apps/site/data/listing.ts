/** The posts of one subject or one author. */
import type { NavigationItem, Story } from "@masthead/ui";

/** How many posts a listing shows at once. */
export const LISTED = 50;

export interface ListingPage {
  readonly name: string;
  readonly href: string;
  /** Sanitised HTML: an author's biography. */
  readonly html: string | null;
  readonly description: string | null;
  readonly total: number;
  readonly stories: readonly Story[];
  readonly older: NavigationItem | null;
  readonly isFirst: boolean;
}

/** The cursor that a request for older posts carries. */
export function cursorOf(after: string | readonly string[] | undefined): string | null {
  return typeof after === "string" && after.length > 0 ? after : null;
}

/** The link to what is older, if there is more. */
export function olderOf(
  href: string,
  label: string,
  { hasNextPage, endCursor }: { hasNextPage: boolean; endCursor: string | null },
): NavigationItem | null {
  return hasNextPage && endCursor ? { label, href: `${href}?after=${encodeURIComponent(endCursor)}` } : null;
}
