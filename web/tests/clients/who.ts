/**
 * Who listens, against a running server that looks every fifth of a second whether people are still who they were:
 * tokens and sessions over WebSocket and SSE, pages of other sites, and what is answered to graphql-sse's other mode.
 * Each client that is let go proves that it was known: nobody looks at those who are nobody.
 */
import assert from "node:assert/strict";
import { request } from "node:http";
import { createClient as createSse } from "graphql-sse";
import { createClient as createWs } from "graphql-ws";
import { type Outcome, tried } from "./outcome.ts";

/** One that MASTHEAD_CORS_ORIGINS names, and one that it does not. */
const LISTED = "https://listed.example";
const FOREIGN = "https://foreign.example";
const QUERY = "query Count @live { posts { totalCount } }";
const PASSWORD = "vessel quartz lantern";
const PATIENCE = 20_000;

type Headers = Record<string, string>;

interface Ended {
  /** Answers that came before the end. */
  readonly heard: number;
  readonly why: unknown;
}

/** People as their browsers and programs have them. */
class Desk {
  readonly #origin: string;
  #cookie = "";

  constructor(url: string) {
    this.#origin = new URL(url).origin;
  }

  async #asked(method: string, path: string, body?: unknown, cookie = this.#cookie): Promise<Response> {
    const headers: Headers = { origin: this.#origin, cookie, "content-type": "application/json" };
    const sent = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${this.#origin}/api${path}`, sent);
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${await response.clone().text()}`);
    return response;
  }

  async becomeOwner(link: string): Promise<void> {
    const body = { link, email: "ada@example.org", name: "Ada", password: PASSWORD };
    this.#cookie = cookieOf(await this.#asked("POST", "/session/link", body));
  }

  async signIn(): Promise<string> {
    return cookieOf(await this.#asked("POST", "/session", { email: "ada@example.org", password: PASSWORD }, ""));
  }

  async signOut(cookie: string): Promise<void> {
    await this.#asked("DELETE", "/session", undefined, cookie);
  }

  async token(): Promise<{ readonly id: string; readonly text: string }> {
    const made = await this.#asked("POST", "/tokens", { name: "Live", scopes: ["read"] });
    return (await made.json()) as { id: string; text: string };
  }

  async revoke(id: string): Promise<void> {
    await this.#asked("DELETE", `/tokens/${id}`);
  }
}

function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

/** A WebSocket that is opened with these headers, as a browser or a program sends them. */
function withHeaders(headers: Headers): unknown {
  return class extends WebSocket {
    constructor(url: string, protocols: string | string[]) {
      super(url, { protocols, headers } as never);
    }
  };
}

interface Subscribing {
  subscribe(
    asked: { query: string },
    sink: { next(value: unknown): void; error(error: unknown): void; complete(): void },
  ): () => void;
  dispose(): void | Promise<void>;
}

/** Listen; when the first answer is there do `then`, and say how it ended. */
function ended(client: Subscribing, then: () => Promise<void>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("nothing ended it")), PATIENCE);
    const end = (why: unknown): void => {
      clearTimeout(late);
      resolve({ heard, why });
    };
    let heard = 0;
    let last: unknown;
    client.subscribe(
      { query: QUERY },
      {
        next: (value) => {
          last = value;
          if ((value as { data?: unknown }).data && ++heard === 1) then().catch(reject);
        },
        error: end,
        complete: () => end(last),
      },
    );
  });
}

/** What a handshake is answered. */
function handshake(url: string, headers: Headers): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-protocol": "graphql-transport-ws",
        ...headers,
      },
    });
    asked.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, body: "" });
    });
    asked.on("response", (response) => {
      let body = "";
      response.on("data", (piece) => {
        body += piece;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

export default async function suite(url: string, link: string): Promise<Outcome[]> {
  const desk = new Desk(url);
  await desk.becomeOwner(link);
  const origin = new URL(url).origin;
  const socketUrl = url.replace(/^http/, "ws");
  const clients: Subscribing[] = [];
  const known = (client: unknown): Subscribing => {
    clients.push(client as Subscribing);
    return client as Subscribing;
  };
  const ws = (headers: Headers, connectionParams: Record<string, unknown> = {}): Subscribing =>
    known(createWs({ url: socketUrl, retryAttempts: 0, connectionParams, webSocketImpl: withHeaders(headers) }));
  const sse = (headers: Headers): Subscribing => known(createSse({ url: `${url}/stream`, retryAttempts: 0, headers }));
  const letGo = (told: Ended): void => {
    assert.equal(told.heard, 1);
    const { code, reason } = told.why as { code: number; reason: string };
    assert.deepEqual([code, reason], [4403, "signed-out"]);
  };
  const toldWhy = (told: Ended): void => {
    assert.equal(told.heard, 1);
    const [error] = (told.why as { errors: { message: string; extensions: { code: string } }[] }).errors;
    assert.equal(error?.extensions.code, "LIVE_ENDED");
    assert.match(error?.message ?? "", /signed-out/);
  };
  const outcomes = await tried({
    "a token with connection_init is known, and its end ends the socket": async () => {
      const { id, text } = await desk.token();
      letGo(await ended(ws({}, { authorization: `Bearer ${text}` }), () => desk.revoke(id)));
    },
    "a token in a header is known, and its end ends the socket": async () => {
      const { id, text } = await desk.token();
      letGo(await ended(ws({ authorization: `Bearer ${text}` }), () => desk.revoke(id)));
    },
    "a session of our own page is known, and its end ends the socket": async () => {
      const cookie = await desk.signIn();
      letGo(await ended(ws({ cookie, origin }), () => desk.signOut(cookie)));
    },
    "a token's end ends an event stream": async () => {
      const { id, text } = await desk.token();
      toldWhy(await ended(sse({ authorization: `Bearer ${text}` }), () => desk.revoke(id)));
    },
    "a session's end ends an event stream": async () => {
      const cookie = await desk.signIn();
      toldWhy(await ended(sse({ cookie, origin }), () => desk.signOut(cookie)));
    },
    "a page of another site is answered 403, whatever it brings": async () => {
      const cookie = await desk.signIn();
      const answer = await handshake(url, { origin: FOREIGN, cookie });
      assert.equal(answer.status, 403);
      assert.match(answer.body, /MASTHEAD_CORS_ORIGINS/);
    },
    "a page of a listed site is let in as nobody: its cookie does not count": async () => {
      const cookie = await desk.signIn();
      // Ours ends with the session. The other, which listens for as long, stays.
      let isOver = false;
      let isAnswered: () => void = () => {};
      const answered = new Promise<void>((resolve) => {
        isAnswered = resolve;
      });
      const other = ended(ws({ cookie, origin: LISTED }), async () => isAnswered());
      other.then(
        () => {
          isOver = true;
        },
        () => {},
      );
      await answered;
      letGo(await ended(ws({ cookie, origin }), () => desk.signOut(cookie)));
      // Both are looked at in one round; the next one shows that it went by the other.
      const { id, text } = await desk.token();
      letGo(await ended(ws({ authorization: `Bearer ${text}` }), () => desk.revoke(id)));
      assert.equal(isOver, false);
    },
    "single connection mode is refused, with a reason": async () => {
      const client = known(createSse({ url: `${url}/stream`, retryAttempts: 0, singleConnection: true, lazy: true }));
      const { heard, why } = await ended(client, async () => {});
      assert.equal(heard, 0);
      const { response } = why as { response: Response };
      assert.deepEqual([response.status, response.headers.get("allow")], [405, "GET, POST"]);
      const reserved = await fetch(`${url}/stream`, { method: "PUT" }); // the client has let go of its own answer
      const { errors } = (await reserved.json()) as { errors: { extensions: { code: string } }[] };
      assert.equal(errors[0]?.extensions.code, "SINGLE_CONNECTION");
    },
    "a token that is none is answered 401 at the door": async () => {
      assert.equal((await handshake(url, { authorization: "Bearer mh_nothing" })).status, 401);
    },
  });
  for (const client of clients) await client.dispose();
  return outcomes;
}
