/** `graphql(...)`: documents whose results are typed from the committed SDL, with no code generated per operation. */
import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./schema-types.d.ts";

export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { BigInt: string; DateTime: string; Date: string; Decimal: string; JSON: unknown };
}>();

export type { FragmentOf, ResultOf, VariablesOf } from "gql.tada";
export { readFragment } from "gql.tada";
