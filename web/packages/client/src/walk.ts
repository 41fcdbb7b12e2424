/** Walking a whole connection, page by page: archives, sitemaps, indexes. */

export interface Slice<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** The most entries the API gives at once. */
export const LARGEST_PAGE = 500;

/** Every node of a connection in its order, at most `most` of them. `fetchPage` gets the cursor to go on from. */
export async function walk<Node>(
  fetchPage: (after: string | null) => Promise<Slice<Node>>,
  most = Number.POSITIVE_INFINITY,
): Promise<Node[]> {
  const found: Node[] = [];
  let after: string | null = null;
  while (found.length < most) {
    const slice = await fetchPage(after);
    for (const node of slice.nodes) found.push(node);
    if (!slice.pageInfo.hasNextPage || slice.pageInfo.endCursor === after) break;
    after = slice.pageInfo.endCursor;
  }
  return found.length > most ? found.slice(0, most) : found;
}
