/** `editorial(...)`: documents for `/graphql/draft`, typed from its own SDL: drafts, mutations, history, previews. */
import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./schema-types.d.ts";

export const editorial = initGraphQLTada<{
  introspection: introspection;
  scalars: { BigInt: string; DateTime: string; Date: string; Decimal: string; JSON: unknown };
}>();

export type { FragmentOf, ResultOf, VariablesOf } from "gql.tada";
export { readFragment } from "gql.tada";
