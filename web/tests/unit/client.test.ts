/** The client tells apart what trying again can help from what it cannot, and walks a connection to its end. */
import { describe, expect, test } from "vitest";
import { ApiRefused, ApiUnavailable, createClient, graphql, walk } from "../../packages/client/src/index.ts";

const TITLE = graphql(`query Title($slug: String!) { post(slug: $slug) { title } }`);
const answering = (reply: () => Response | Promise<Response>) =>
  createClient({ url: "http://api.example", fetch: async () => reply() });

describe("an operation", () => {
  test("is sent with its name and its variables, and gives its data", async () => {
    let sent: unknown;
    const run = createClient({
      url: "http://api.example",
      fetch: async (address, init) => {
        sent = { address, ...JSON.parse(String(init?.body)) };
        return Response.json({ data: { post: { title: "A" } } });
      },
    });
    expect(await run(TITLE, { slug: "a" })).toEqual({ post: { title: "A" } });
    expect(sent).toMatchObject({
      address: "http://api.example/graphql",
      operationName: "Title",
      variables: { slug: "a" },
      query: expect.stringContaining("post(slug: $slug)"),
    });
  });

  test("is unavailable when nobody answers, or with a fault of the server's", async () => {
    const silent = answering(() => Promise.reject(new TypeError("connection refused")));
    await expect(silent(TITLE, { slug: "a" })).rejects.toBeInstanceOf(ApiUnavailable);
    const failing = answering(() => new Response("oh", { status: 503 }));
    await expect(failing(TITLE, { slug: "a" })).rejects.toBeInstanceOf(ApiUnavailable);
    const babbling = answering(() => new Response("<html>"));
    await expect(babbling(TITLE, { slug: "a" })).rejects.toBeInstanceOf(ApiUnavailable);
  });

  test("goes nowhere but to the address that was named", async () => {
    let followed: RequestRedirect | undefined;
    const run = createClient({
      url: "http://api.example",
      fetch: async (_, init) => {
        followed = init?.redirect;
        return new Response(null, { status: 307, headers: { location: "http://elsewhere.example/graphql" } });
      },
    });
    await expect(run(TITLE, { slug: "a" })).rejects.toThrow("name the API's own address");
    await expect(run(TITLE, { slug: "a" })).rejects.toBeInstanceOf(ApiUnavailable);
    expect(followed).toBe("manual");
  });

  test("is refused when the answer holds errors", async () => {
    const refusing = answering(() => Response.json({ errors: [{ message: "no such field" }] }));
    await expect(refusing(TITLE, { slug: "a" })).rejects.toThrow(
      new ApiRefused("Title", [{ message: "no such field" }]),
    );
  });
});

describe("a walk", () => {
  const pages: Record<string, [number[], string | null]> = { "": [[1, 2], "b"], b: [[3, 4], "c"], c: [[5], null] };
  const page = async (after: string | null) => {
    const [nodes, endCursor] = pages[after ?? ""] ?? [[], null];
    return { nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } };
  };

  test("gives every node in order", async () => {
    expect(await walk(page)).toEqual([1, 2, 3, 4, 5]);
  });

  test("ends where it is told to", async () => {
    expect(await walk(page, 3)).toEqual([1, 2, 3]);
  });

  test("ends where a cursor leads nowhere", async () => {
    const stuck = async () => ({ nodes: [1], pageInfo: { hasNextPage: true, endCursor: null } });
    expect(await walk(stuck)).toEqual([1]);
  });
});
