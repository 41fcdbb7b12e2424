/** urql as docs/how-to/graphql-clients.md sets it up. */
import { Client, cacheExchange, fetchExchange } from "@urql/core";
import { persistedExchange } from "@urql/exchange-persisted";

export function urql(url: string, fetch = globalThis.fetch): Client {
  return new Client({
    url,
    fetch,
    preferGetMethod: false,
    exchanges: [cacheExchange, persistedExchange({ preferGetForPersistedQueries: true }), fetchExchange],
  });
}
