/** Apollo Client as docs/how-to/graphql-clients.md sets it up. */
import { createHash } from "node:crypto";
import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export function apollo(uri: string, fetch = globalThis.fetch): ApolloClient {
  return new ApolloClient({
    link: new PersistedQueryLink({ sha256, useGETForHashedQueries: true }).concat(new HttpLink({ uri, fetch })),
    cache: new InMemoryCache({
      typePolicies: { Query: { fields: { posts: relayStylePagination(["where", "orderBy", "search"]) } } },
    }),
  });
}
