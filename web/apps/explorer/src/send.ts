/** How GraphiQL asks: one POST an operation, and what the server said about it in the footer's place. */
import type { Fetcher } from "@graphiql/toolkit";

type Sent = Parameters<Fetcher>[0];
type Options = Parameters<Fetcher>[1];

export async function send(operation: Sent, options?: Options): Promise<unknown> {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json", ...options?.headers },
    body: JSON.stringify(operation),
  });
  return response.json();
}
