/**
 * What operations are typed as. `npm run check` decides: these are types, and running them shows only that the
 * documents are taken.
 */
import { describe, expectTypeOf, test } from "vitest";
import { graphql, type ResultOf, type VariablesOf } from "../../packages/client/src/index.ts";

const FILTERED = graphql(`
  query Filtered($where: PostFilter, $orderBy: [PostOrder!]) {
    posts(where: $where, orderBy: $orderBy) { nodes { title } }
  }
`);

const COUNTED = graphql(`
  query Counted {
    posts {
      totalCount
      aggregate { count min { date } max { title } }
      groups(by: [{ date: YEAR }], orderBy: COUNT_DESC) { key { date } count }
    }
    assets { aggregate { sum { size width } avg { width } } }
  }
`);

const FOUND = graphql(`
  query Found($words: String!) {
    posts(search: $words) { edges { rank snippet node { title } } }
  }
`);

const OF_ANY_TYPE = graphql(`
  query OfAnyType($id: ID!) {
    node(id: $id) { __typename id ... on Post { date } ... on Author { name } }
  }
`);

type Where = NonNullable<VariablesOf<typeof FILTERED>["where"]>;
type Order = NonNullable<VariablesOf<typeof FILTERED>["orderBy"]>[number];

describe("filters", () => {
  test("know the operators of each kind of field", () => {
    expectTypeOf({ title: { startsWith: "A" }, date: { gte: "2026-01-01T00:00:00Z" } }).toExtend<Where>();
    expectTypeOf({ not: { or: [{ slug: { in: ["a", "b"] } }, { description: { eq: null } }] } }).toExtend<Where>();
    expectTypeOf({ title: { gtee: "A" } }).not.toExtend<Where>();
    expectTypeOf({ titel: { eq: "A" } }).not.toExtend<Where>();
    expectTypeOf({ title: { eq: 1 } }).not.toExtend<Where>();
  });

  test("go through references", () => {
    expectTypeOf({ tags: { some: { name: { eq: "Engines" } } }, cover: { alt: { ne: null } } }).toExtend<Where>();
    expectTypeOf({ cover: null }).toExtend<Where>();
    expectTypeOf({ tags: { any: { name: { eq: "Engines" } } } }).not.toExtend<Where>();
  });
});

test("an order is one field and its direction", () => {
  expectTypeOf<{ date: "DESC" }>().toExtend<Order>();
  expectTypeOf<{ date: "DOWN" }>().not.toExtend<Order>();
  expectTypeOf<Record<string, never>>().not.toExtend<Order>();
});

test("aggregates may be empty, counts are not, and big sums are text", () => {
  type Counted = ResultOf<typeof COUNTED>;
  expectTypeOf<Counted["posts"]["aggregate"]["count"]>().toEqualTypeOf<number>();
  expectTypeOf<Counted["posts"]["aggregate"]["min"]["date"]>().toEqualTypeOf<string | null>();
  expectTypeOf<Counted["posts"]["groups"][number]["key"]["date"]>().toEqualTypeOf<string | null>();
  expectTypeOf<Counted["assets"]["aggregate"]["sum"]["size"]>().toEqualTypeOf<string | null>();
  expectTypeOf<Counted["assets"]["aggregate"]["avg"]["width"]>().toEqualTypeOf<number | null>();
});

test("a search has a rank and a snippet, which other lists have not", () => {
  type Edge = ResultOf<typeof FOUND>["posts"]["edges"][number];
  expectTypeOf<Edge>().toEqualTypeOf<{ rank: number | null; snippet: string | null; node: { title: string } }>();
});

test("an entry of any type is told apart by its type's name", () => {
  type Node = NonNullable<ResultOf<typeof OF_ANY_TYPE>["node"]>;
  expectTypeOf<Extract<Node, { __typename: "Post" }>["date"]>().toEqualTypeOf<string>();
  expectTypeOf<Extract<Node, { __typename: "Author" }>["name"]>().toEqualTypeOf<string>();
});
