/** Apollo Client 4 against a running server: variables, errors, growing lists, persisted queries. */
import assert from "node:assert/strict";
import { CombinedGraphQLErrors, gql, type TypedDocumentNode } from "@apollo/client";
import { createClient } from "graphql-ws";
import { apollo } from "./apollo-client.ts";
import { apolloLive } from "./apollo-live.ts";
import { type Outcome, tried } from "./outcome.ts";
import { remembering } from "./sent.ts";

interface Posts {
  readonly posts: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly title: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const POST: TypedDocumentNode<{ post: { title: string; authors: { name: string }[] } | null }, { slug: string }> = gql`
  query Post($slug: String!) {
    post(slug: $slug) {
      id
      title
      authors {
        id
        name
      }
    }
  }
`;

const POSTS: TypedDocumentNode<Posts, { after?: string | null }> = gql`
  query Posts($after: String) {
    posts(first: 7, after: $after) {
      edges {
        cursor
        node {
          id
          title
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

interface Oldest {
  readonly posts: {
    readonly edges: Posts["posts"]["edges"];
    readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor: string | null };
  };
}

const OLDEST: TypedDocumentNode<Oldest, { last?: number; before?: string | null }> = gql`
  query Oldest($last: Int, $before: String) {
    posts(last: $last, before: $before) {
      edges {
        cursor
        node {
          id
          title
        }
      }
      pageInfo {
        hasPreviousPage
        startCursor
      }
    }
  }
`;

const LIVE: TypedDocumentNode<{ posts: { totalCount: number } }> = gql`
  query Count @live {
    posts {
      totalCount
    }
  }
`;

const CHANGED: TypedDocumentNode<{ entryChanged: { kind: string } }> = gql`
  subscription Changed {
    entryChanged(types: ["Post"], since: 0) {
      kind
      position
    }
  }
`;

/** What answers in its place has come over the socket. */
const NOWHERE = "http://127.0.0.1:9/graphql";

const WRONG = gql`
  query Wrong {
    posts(first: 100000) {
      totalCount
    }
  }
`;

export default function suite(url: string): Promise<Outcome[]> {
  return tried({
    "a query takes variables": async () => {
      const { data } = await apollo(url).query({ query: POST, variables: { slug: "post-01" } });
      assert.equal(data?.post?.title, "Post 01");
      assert.equal(data?.post?.authors[0]?.name, "Ada Lovelace");
    },
    "an error comes with its code": async () => {
      await assert.rejects(apollo(url).query({ query: WRONG }), (error: unknown) => {
        assert.ok(CombinedGraphQLErrors.is(error), String(error));
        assert.equal(error.errors[0]?.extensions?.code, "PAGE_SIZE");
        return true;
      });
    },
    "a list grows page by page to its end": async () => {
      const client = apollo(url);
      await client.query({ query: POSTS });
      const watched = client.watchQuery({ query: POSTS });
      const watching = watched.subscribe({});
      let data = client.readQuery({ query: POSTS });
      for (let page = 1; data?.posts.pageInfo.hasNextPage; page++) {
        assert.equal(data.posts.edges.length, 7 * page);
        await watched.fetchMore({ variables: { after: data.posts.pageInfo.endCursor } });
        data = client.readQuery({ query: POSTS });
      }
      watching.unsubscribe();
      const ids = data?.posts.edges.map(({ node }) => node.id) ?? [];
      assert.equal(ids.length, 30);
      assert.equal(new Set(ids).size, 30);
    },
    "a list grows from its end to its beginning": async () => {
      const client = apollo(url);
      const watched = client.watchQuery({ query: OLDEST, variables: { last: 7 } });
      const watching = watched.subscribe({});
      await client.query({ query: OLDEST, variables: { last: 7 } });
      const kept = (): Oldest["posts"] | undefined => client.readQuery({ query: OLDEST })?.posts;
      for (let page = 1; kept()?.pageInfo.hasPreviousPage; page++) {
        assert.equal(kept()?.edges.length, 7 * page);
        await watched.fetchMore({ variables: { before: kept()?.pageInfo.startCursor ?? null, last: 7 } });
      }
      watching.unsubscribe();
      assert.equal(kept()?.edges.length, 30);
      assert.equal(kept()?.edges[0]?.node.title, "Post 30");
    },
    "a live query answers": async () => {
      const socket = createClient({ url: url.replace(/^http/, "ws") });
      const watched = apolloLive(NOWHERE, socket).watchQuery({ query: LIVE });
      const count = await new Promise((resolve, reject) => {
        watched.subscribe({ next: ({ data }) => data?.posts && resolve(data.posts.totalCount), error: reject });
      });
      assert.equal(count, 30);
      await socket.dispose();
    },
    "a subscription is told": async () => {
      const socket = createClient({ url: url.replace(/^http/, "ws") });
      const told = apolloLive(NOWHERE, socket).subscribe({ query: CHANGED });
      const kind = await new Promise((resolve, reject) => {
        told.subscribe({ next: ({ data }) => resolve(data?.entryChanged.kind), error: reject });
      });
      assert.equal(kind, "PUBLISHED");
      await socket.dispose();
    },
    "a document travels once, then its hash by GET": async () => {
      const { fetch, sent } = remembering();
      const query = gql(`query Persisted${Date.now()} { posts(first: 1) { nodes { id title } } }`);
      for (let time = 0; time < 3; time++) {
        const client = apollo(url, fetch);
        const { data } = await client.query<{ posts: { nodes: { title: string }[] } }>({ query });
        assert.equal(data?.posts.nodes[0]?.title, "Post 30");
      }
      const byHash = { method: "GET", hasDocument: false, hasHash: true };
      assert.deepEqual(sent, [byHash, { ...byHash, method: "POST", hasDocument: true }, byHash, byHash]);
    },
  });
}
