/** Apollo Client with live queries and subscriptions, as docs/how-to/graphql-clients.md sets it up. */
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import type { DocumentNode } from "graphql";
import { OperationTypeNode } from "graphql";
import type { Client } from "graphql-ws";

const isLive = ({ definitions }: DocumentNode): boolean =>
  definitions.some((each) => "directives" in each && each.directives?.some(({ name }) => name.value === "live"));

export function apolloLive(uri: string, socket: Client): ApolloClient {
  return new ApolloClient({
    link: ApolloLink.split(
      ({ query, operationType }) => operationType === OperationTypeNode.SUBSCRIPTION || isLive(query),
      new GraphQLWsLink(socket),
      new HttpLink({ uri }),
    ),
    cache: new InMemoryCache(),
  });
}
