/** A feed, whatever its format will be. Every address is absolute, every moment ISO 8601 in UTC. */
export interface Feed {
  readonly title: string;
  readonly description: string | null;
  readonly language: string;
  /** Scheme and host, without a slash at the end. */
  readonly baseUrl: string;
  /** Newest first. */
  readonly items: readonly FeedItem[];
}

export interface FeedItem {
  /** Never changes, even if the address does. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly html: string;
  readonly published: string;
  readonly updated: string;
  readonly authors: readonly { readonly name: string; readonly url: string }[];
  readonly tags: readonly string[];
  readonly image: { readonly url: string; readonly type: string; readonly size: number } | null;
}

/** The last change of anything in the feed; a feed without items has none. */
export function lastChange({ items }: Feed): string | null {
  return items.reduce<string | null>((last, { updated }) => (last === null || updated > last ? updated : last), null);
}
