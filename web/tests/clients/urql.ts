/** urql against a running server: variables, errors, persisted queries. */
import assert from "node:assert/strict";
import { gql } from "@urql/core";
import { createClient } from "graphql-ws";
import { type Outcome, tried } from "./outcome.ts";
import { remembering } from "./sent.ts";
import { urql } from "./urql-client.ts";
import { urqlLive } from "./urql-live.ts";

const POST = gql<{ post: { title: string } | null }, { slug: string }>`
  query Post($slug: String!) {
    post(slug: $slug) {
      title
    }
  }
`;

const LIVE = gql<{ posts: { totalCount: number } }, Record<string, never>>`
  query Count @live {
    posts {
      totalCount
    }
  }
`;

const CHANGED = gql<{ entryChanged: { kind: string } }, Record<string, never>>`
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
      const { data, error } = await urql(url).query(POST, { slug: "post-01" });
      assert.equal(error, undefined);
      assert.equal(data?.post?.title, "Post 01");
    },
    "an error comes with its code": async () => {
      const { error } = await urql(url).query(WRONG, {});
      assert.equal(error?.graphQLErrors[0]?.extensions.code, "PAGE_SIZE");
    },
    "a live query answers, and a subscription is told": async () => {
      const socket = createClient({ url: url.replace(/^http/, "ws") });
      const client = urqlLive(NOWHERE, socket);
      const first = <Data>(source: { subscribe(next: (said: { data?: Data; error?: unknown }) => void): unknown }) =>
        new Promise<Data | undefined>((resolve) => {
          source.subscribe(({ data, error }) => (data || error) && resolve(data));
        });
      assert.equal((await first(client.query(LIVE, {})))?.posts.totalCount, 30);
      assert.equal((await first(client.subscription(CHANGED, {})))?.entryChanged.kind, "PUBLISHED");
      await socket.dispose();
    },
    "a document travels once, then its hash by GET": async () => {
      const { fetch, sent } = remembering();
      const query = `query Kept${Date.now()} { posts(first: 1) { nodes { title } } }`;
      for (let time = 0; time < 3; time++) {
        const { data, error } = await urql(url, fetch).query<{ posts: { nodes: { title: string }[] } }>(query, {});
        assert.equal(error, undefined);
        assert.equal(data?.posts.nodes[0]?.title, "Post 30");
      }
      const byHash = { method: "GET", hasDocument: false, hasHash: true };
      // urql sends a document by GET too, as long as it fits into an address.
      assert.deepEqual(sent, [byHash, { ...byHash, hasDocument: true }, byHash, byHash]);
    },
  });
}
