/** How GraphiQL asks: one POST an operation, of the address that it was opened at. What the server says of its cost goes to the page's foot. */
import type { Fetcher } from "@graphiql/toolkit";
import { cost, readCost } from "./cost.ts";

type Sent = Parameters<Fetcher>[0];
type Options = Parameters<Fetcher>[1];
type Told = Awaited<ReturnType<Fetcher>>;

export async function send(operation: Sent, options?: Options): Promise<Told> {
  const response = await fetch(endpointOf(location.pathname), {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json", ...options?.headers },
    body: JSON.stringify(operation),
  });
  if (!isOfThePage(operation)) cost.tell(readCost(response.headers.get("server-timing")));
  return (await response.json()) as Told;
}

/** Of editors, or else of the public. */
export function endpointOf(page: string): string {
  return page === "/graphql/draft" ? page : "/graphql";
}

/** GraphiQL asks for the schema itself: nobody wants to know what that cost. */
function isOfThePage({ query }: Sent): boolean {
  return query.includes("__schema");
}
