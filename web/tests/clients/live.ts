/** graphql-sse and graphql-ws against a running server: answers, live queries, subscriptions, what is refused. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient as createSse } from "graphql-sse";
import { createClient as createWs } from "graphql-ws";
import { type Outcome, tried } from "./outcome.ts";

/** What both clients can do. */
interface Listening {
  subscribe(
    asked: { query: string; variables?: Record<string, unknown> },
    sink: { next(value: unknown): void; error(error: unknown): void; complete(): void },
  ): () => void;
  dispose(): void | Promise<void>;
}

interface Heard {
  data?: Record<string, unknown>;
  errors?: readonly { extensions?: { code?: string } }[];
  patch?: readonly unknown[];
  revision?: number;
}

const PATIENCE = 20_000;
const COUNT = "query Count @live { posts { totalCount } }";
const CHANGED = 'subscription { entryChanged(types: ["Post"]) { kind position entry { ... on Post { title } } } }';

let number = 0;

/** One operation, and a promise for each thing that it says. */
class Operation {
  readonly #heard: Heard[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly stop: () => void;
  error: unknown;
  isComplete = false;

  constructor(client: Listening, query: string, variables: Record<string, unknown> = {}) {
    this.stop = client.subscribe(
      { query, variables },
      {
        next: (value) => this.#note(() => this.#heard.push(value as Heard)),
        error: (error) =>
          this.#note(() => {
            this.error = error;
          }),
        complete: () =>
          this.#note(() => {
            this.isComplete = true;
          }),
      },
    );
  }

  async next(): Promise<Heard> {
    await this.until(() => this.#heard.length > 0 || this.error !== undefined);
    const found = this.#heard.shift();
    if (!found) throw this.error;
    return found;
  }

  async until(isSo: () => boolean): Promise<void> {
    const end = AbortSignal.timeout(PATIENCE);
    while (!isSo()) {
      end.throwIfAborted();
      await Promise.race([
        new Promise<void>((resolve) => this.#waiting.push(resolve)),
        new Promise<void>((resolve) => end.addEventListener("abort", () => resolve(), { once: true })),
      ]);
    }
  }

  #note(what: () => void): void {
    what();
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

async function publish(folder: string): Promise<string> {
  number += 1;
  const title = `Live ${number}`;
  const text = `---\ntitle: ${title}\ndate: 2026-02-${String(number).padStart(2, "0")}\n---\n\nHello.\n`;
  await writeFile(join(folder, `live-${number}-${Date.now()}.md`), text);
  return title;
}

function count(heard: Heard): number {
  return (heard.data as { posts: { totalCount: number } }).posts.totalCount;
}

function rules(name: string, client: () => Listening, folder: string): Record<string, () => Promise<void>> {
  return {
    [`${name}: a query has one answer`]: async () => {
      const operation = new Operation(client(), "{ site { title } }");
      assert.ok((await operation.next()).data);
      await operation.until(() => operation.isComplete);
    },
    [`${name}: a live query answers again when the answer is another`]: async () => {
      const operation = new Operation(client(), COUNT);
      const before = count(await operation.next());
      await publish(folder);
      assert.equal(count(await operation.next()), before + 1);
      operation.stop();
    },
    [`${name}: patches come in place of answers`]: async () => {
      const query = "query @live(patch: true) { posts(first: 40) { totalCount nodes { id title path } } }";
      const operation = new Operation(client(), query);
      const first = await operation.next();
      assert.equal(first.revision, 1);
      const title = await publish(folder);
      const second = await operation.next();
      assert.equal(second.revision, 2);
      assert.ok(JSON.stringify(second.patch).includes(title));
      operation.stop();
    },
    [`${name}: a subscription hears what is published`]: async () => {
      const operation = new Operation(client(), CHANGED);
      const witness = new Operation(client(), COUNT);
      await witness.next();
      const title = await publish(folder);
      // What was published before may be told of first.
      for (let found = ""; found !== title; ) {
        const heard = (await operation.next()).data as { entryChanged: { kind: string; entry: { title: string } } };
        assert.equal(heard.entryChanged.kind, "PUBLISHED");
        found = heard.entryChanged.entry.title;
      }
      operation.stop();
      witness.stop();
    },
    [`${name}: a subscription resumes behind a position`]: async () => {
      const operation = new Operation(client(), "subscription { entryChanged(since: 0) { position } }");
      const heard = (await operation.next()).data as { entryChanged: { position: string } };
      assert.match(heard.entryChanged.position, /^\d+$/);
      operation.stop();
    },
    [`${name}: what is wrong is told with its code`]: async () => {
      const operation = new Operation(client(), "subscription { nothing }");
      const errors = await operation.next().then(
        (heard) => heard.errors,
        (error: unknown) => error as Heard["errors"],
      );
      assert.equal(errors?.[0]?.extensions?.code, "GRAPHQL_VALIDATION_FAILED");
    },
  };
}

export default async function suite(url: string, folder: string): Promise<Outcome[]> {
  const socketUrl = url.replace(/^http/, "ws");
  const clients: Listening[] = [];
  const known = (client: unknown): Listening => {
    clients.push(client as Listening);
    return client as Listening;
  };
  const sse = () => known(createSse({ url: `${url}/stream`, retryAttempts: 0 }));
  const ws = () => known(createWs({ url: socketUrl, retryAttempts: 0 }));
  const outcomes = await tried({
    ...rules("graphql-sse", sse, folder),
    ...rules("graphql-ws", ws, folder),
    "an event stream is at /graphql, too": async () => {
      const client = known(createSse({ url, retryAttempts: 0 }));
      const operation = new Operation(client, COUNT);
      assert.ok(count(await operation.next()) > 0);
      operation.stop();
    },
    "many operations share one socket": async () => {
      const client = ws();
      const operations = Array.from({ length: 20 }, () => new Operation(client, COUNT));
      for (const operation of operations) assert.ok(count(await operation.next()) > 0);
      await publish(folder);
      for (const operation of operations) await operation.next();
      for (const operation of operations) operation.stop();
    },
    "a page of another site is not let in": async () => {
      const headers = { origin: "https://evil.example" };
      const socket = new WebSocket(socketUrl, { protocols: ["graphql-transport-ws"], headers } as never);
      const what = await new Promise((resolve) => {
        for (const each of ["open", "error", "close"]) socket.addEventListener(each, () => resolve(each));
      });
      assert.notEqual(what, "open");
    },
    "a token that is none is not let in": async () => {
      const connectionParams = { authorization: "Bearer mh_nothing" };
      const client = known(createWs({ url: socketUrl, retryAttempts: 0, connectionParams }));
      const operation = new Operation(client, COUNT);
      await assert.rejects(operation.next(), (error: { code?: number }) => error.code === 4403);
    },
  });
  for (const client of clients) await client.dispose();
  return outcomes;
}
