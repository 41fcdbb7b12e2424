/** Relay 21 against a running server: the compiler takes the schema; pages follow each other; an object is refetched. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import {
  createOperationDescriptor,
  type Direction,
  Environment,
  fetchQuery,
  getPaginationMetadata,
  getPaginationVariables,
  getRefetchMetadata,
  getSingularSelector,
  getValueAtPath,
  Network,
  type OperationDescriptor,
  RecordSource,
  type SelectorData,
  Store,
  type Variables,
} from "relay-runtime";
import { type Outcome, tried } from "../outcome.ts";
import { type Compiled, compile } from "./compile.ts";

/** A connection as Relay keeps it: every page that came so far. */
interface Kept {
  readonly edges: readonly { readonly node: { readonly id: string; readonly title: string } }[];
  readonly pageInfo: {
    readonly startCursor?: string | null;
    readonly hasPreviousPage?: boolean;
    readonly endCursor?: string | null;
    readonly hasNextPage?: boolean;
  };
}

const NEWEST_FIRST = Array.from({ length: 30 }, (_, index) => `Post ${String(30 - index).padStart(2, "0")}`);

const titles = ({ edges }: Kept): string[] => edges.map(({ node }) => node.title);

export default async function suite(url: string, sdl: string): Promise<Outcome[]> {
  let compiled: Compiled | undefined;
  const outcomes = await tried({
    "relay-compiler accepts the schema": async () => {
      compiled = compile(sdl);
    },
    "a list grows page by page to its end": async () => {
      const sight = new Sight(url, compiled as Compiled);
      const query = sight.operation("documentsPostsQuery", { count: 7 });
      await sight.fetch(query);
      const grown = await sight.walk("forward", "documentsPosts_query", () => sight.read(query));
      assert.deepEqual(titles(grown), NEWEST_FIRST);
    },
    "a list grows from its end to its beginning": async () => {
      const sight = new Sight(url, compiled as Compiled);
      const query = sight.operation("documentsOldestQuery", { count: 7 });
      await sight.fetch(query);
      const grown = await sight.walk("backward", "documentsOldest_query", () => sight.read(query));
      assert.deepEqual(titles(grown), NEWEST_FIRST);
    },
    "an object is refetched by its id, and its own list grows": async () => {
      const [sight, fragment] = [new Sight(url, compiled as Compiled), "documentsAuthor_author"];
      const query = sight.operation("documentsAuthorQuery", { slug: "ada-lovelace" });
      await sight.fetch(query);
      const author = (): SelectorData => sight.read(query).author as SelectorData;
      const { refetchableRequest, identifierInfo } = getRefetchMetadata(sight.compiled.fragment(fragment), "refetch");
      assert.equal(identifierInfo?.identifierField, "id");
      await sight.fetch(createOperationDescriptor(refetchableRequest, { id: author().id, count: 7, cursor: null }));
      const grown = await sight.walk("forward", fragment, author, { id: author().id });
      assert.deepEqual(titles(grown), NEWEST_FIRST);
    },
  });
  if (compiled) rmSync(compiled.folder, { recursive: true });
  return outcomes;
}

/** An environment and what its components would see: Relay's React bindings do the same. */
class Sight {
  readonly compiled: Compiled;
  readonly #environment: Environment;

  constructor(url: string, compiled: Compiled) {
    this.compiled = compiled;
    const network = Network.create(async ({ text, name }, variables) => {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
        body: JSON.stringify({ query: text, operationName: name, variables }),
      });
      return response.json();
    });
    this.#environment = new Environment({ network, store: new Store(new RecordSource()) });
  }

  operation(name: string, variables: Variables): OperationDescriptor {
    return createOperationDescriptor(this.compiled.request(name), variables);
  }

  /** What Relay keeps of an answer lives as long as somebody holds it: here, for good. */
  async fetch(operation: OperationDescriptor): Promise<void> {
    this.#environment.retain(operation);
    const { node, variables } = operation.request;
    await fetchQuery(this.#environment, node, variables).toPromise();
  }

  read(operation: OperationDescriptor): SelectorData {
    return this.#environment.lookup(operation.fragment).data as SelectorData;
  }

  /** Fetch page after page of the connection in `fragment`, whose owner `parent` reads anew. */
  async walk(direction: Direction, fragment: string, parent: () => SelectorData, more: Variables = {}): Promise<Kept> {
    const reader = this.compiled.fragment(fragment);
    const {
      connectionPathInFragmentData: path,
      paginationRequest,
      paginationMetadata,
    } = getPaginationMetadata(reader, "walk");
    const kept = (): Kept => {
      const selector = getSingularSelector(reader, parent());
      assert.ok(selector);
      return getValueAtPath(this.#environment.lookup(selector).data, path) as unknown as Kept;
    };
    const isForward = direction === "forward";
    const hasMore = ({ pageInfo }: Kept) => (isForward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage);
    for (let page = 1; hasMore(kept()); page++) {
      assert.equal(kept().edges.length, 7 * page);
      const { startCursor, endCursor } = kept().pageInfo;
      const cursor = isForward ? endCursor : startCursor;
      const next = getPaginationVariables(direction, 7, cursor, { count: 7 }, more, paginationMetadata);
      await this.fetch(createOperationDescriptor(paginationRequest, next));
    }
    return kept();
  }
}
