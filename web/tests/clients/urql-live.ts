/** urql with live queries and subscriptions, as docs/how-to/graphql-clients.md sets it up. */
import { Client, cacheExchange, fetchExchange, subscriptionExchange } from "@urql/core";
import type { Sink, Client as Socket } from "graphql-ws";

export function urqlLive(url: string, socket: Socket): Client {
  return new Client({
    url,
    preferGetMethod: false,
    exchanges: [
      subscriptionExchange({
        isSubscriptionOperation: ({ kind, query }) =>
          kind === "subscription" || (kind === "query" && / @live\b/.test(query.loc?.source.body ?? "")),
        forwardSubscription: ({ query = "", variables }) => ({
          subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink as Sink) }),
        }),
      }),
      cacheExchange,
      fetchExchange,
    ],
  });
}
