/** A client of the GraphQL API that is one function: a typed document and its variables in, typed data out. */
import type { TadaDocumentNode } from "gql.tada";
import { ApiRefused, ApiUnavailable, type GraphQLFault } from "./errors.ts";
import { operationName, print } from "./print.ts";

export interface ClientOptions {
  /** Where the API answers, without `/graphql`: `http://127.0.0.1:8000`. */
  readonly url: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds to wait for a whole answer. */
  readonly timeout?: number;
  /** How requests are made; the platform's own unless told. */
  readonly fetch?: typeof globalThis.fetch;
  /** Told the headers of every answer, before its body is read. */
  readonly onReply?: (headers: Headers) => void;
}

/** Run an operation. Rejects with `ApiUnavailable` (try again later) or `ApiRefused` (a mistake in the operation). */
export type Run = <Data, Variables>(
  document: TadaDocumentNode<Data, Variables>,
  ...variables: Record<string, never> extends Variables ? [] | [Variables] : [Variables]
) => Promise<Data>;

interface Reply<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly GraphQLFault[];
}

/** A client for one API. It holds no cache and no connection of its own. */
export function createClient(options: ClientOptions): Run {
  const send = options.fetch ?? globalThis.fetch;
  const endpoint = new URL("/graphql", options.url).href;
  return async (document, ...[variables]) => {
    const name = operationName(document);
    const response = await send(endpoint, {
      method: "POST",
      cache: "no-store",
      // Elsewhere nobody has been told to be the API: what is asked, and the headers, go to `url` alone.
      redirect: "manual",
      headers: { "content-type": "application/json", accept: "application/json", ...options.headers },
      body: JSON.stringify({ query: print(document), operationName: name, variables: variables ?? {} }),
      signal: AbortSignal.timeout(options.timeout ?? 10_000),
    }).catch((cause: unknown) => {
      throw new ApiUnavailable(`${name}: no answer from ${endpoint}`, { cause });
    });
    options.onReply?.(response.headers);
    return unwrap(name, await read(name, response));
  };
}

async function read<Data>(name: string, response: Response): Promise<Reply<Data>> {
  // A browser tells no status of a redirect that it did not follow (Fetch standard, "opaque-redirect").
  if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400)) {
    throw new ApiUnavailable(`${name}: the API's address redirects, which is not followed: name the API's own address`);
  }
  if (response.status >= 500) throw new ApiUnavailable(`${name}: the API answered ${response.status}`);
  try {
    return (await response.json()) as Reply<Data>;
  } catch (cause) {
    throw new ApiUnavailable(`${name}: the API's answer is not JSON (status ${response.status})`, { cause });
  }
}

function unwrap<Data>(name: string, reply: Reply<Data>): Data {
  if (reply.errors?.length) throw new ApiRefused(name, reply.errors);
  if (!reply.data) throw new ApiUnavailable(`${name}: the API answered without data`);
  return reply.data;
}
