/** A page says what the answers that it is made of depend on: all of it, or nothing. */
import type { GetServerSidePropsContext } from "next";
import { afterEach, describe, expect, it, vi } from "vitest";
import { run } from "../../apps/site/lib/api.ts";
import type { Chrome } from "../../apps/site/lib/chrome.ts";
import { documentOf, outcomeOf } from "../../apps/site/lib/outcome.ts";
import { graphql } from "../../packages/client/src/index.ts";

const TITLE = graphql(`query Title($slug: String!) { post(slug: $slug) { title } }`);
const CHROME = { title: "News" } as Chrome;
const NOTHING = "[[],[],[],[]]";
const WORD = { "x-masthead-fill": "open sesame" };

function contextOf(asked: Record<string, string>) {
  const headers: Record<string, unknown> = {};
  const res = { statusCode: 0, setHeader: (name: string, value: unknown) => (headers[name] = value), end: () => {} };
  return {
    context: { req: { headers: asked }, res, resolvedUrl: "/" } as unknown as GetServerSidePropsContext,
    headers,
  };
}

/** An API whose answer to a slug says that it depends on the slug; to "silent" it says nothing. */
function answering(): Headers[] {
  const sent: Headers[] = [];
  vi.stubGlobal("fetch", async (_: URL, init: RequestInit) => {
    sent.push(new Headers(init.headers));
    const { slug } = JSON.parse(String(init.body)).variables;
    const headers: HeadersInit = slug === "silent" ? {} : { "x-masthead-depends": `["${slug}"]` };
    return Response.json({ data: { post: { title: slug } } }, { headers });
  });
  return sent;
}

const page = (...slugs: string[]) =>
  outcomeOf(async () => {
    await Promise.all(slugs.map((slug) => run(TITLE, { slug })));
    return { chrome: CHROME, page: "page" };
  });

afterEach(() => vi.unstubAllGlobals());

describe("a page that the API will keep", () => {
  it("asks with the word, and says once what each answer said", async () => {
    const sent = answering();
    const { context, headers } = contextOf(WORD);
    await page("a", "b", "a")(context);
    expect(sent.map((each) => each.get("x-masthead-fill"))).toEqual(Array(3).fill("open sesame"));
    expect(headers["x-masthead-depends"]).toEqual([NOTHING, '["a"]', '["b"]']);
  });

  it("depends on nothing when it has asked nothing", async () => {
    const { context, headers } = contextOf(WORD);
    await documentOf("text/plain", async () => "text")(context);
    expect(headers["x-masthead-depends"]).toEqual([NOTHING]);
  });

  it("says nothing when one answer does not", async () => {
    answering();
    const { context, headers } = contextOf(WORD);
    await page("a", "silent")(context);
    expect(headers).not.toHaveProperty("x-masthead-depends");
  });

  it("says nothing rather than more than a head can hold", async () => {
    answering();
    const { context, headers } = contextOf(WORD);
    await page(...Array.from({ length: 70 }, (_, at) => `${at}`.padEnd(1024, "x")))(context);
    expect(headers).not.toHaveProperty("x-masthead-depends");
  });

  it("does not speak of what another page asks meanwhile", async () => {
    answering();
    const [one, other] = [contextOf(WORD), contextOf(WORD)];
    await Promise.all([page("a", "b")(one.context), page("c")(other.context)]);
    expect(other.headers["x-masthead-depends"]).toEqual([NOTHING, '["c"]']);
  });
});

it("any other page asks and says nothing of it", async () => {
  const sent = answering();
  const { context, headers } = contextOf({});
  await page("a")(context);
  expect(sent[0]?.has("x-masthead-fill")).toBe(false);
  expect(headers).not.toHaveProperty("x-masthead-depends");
});
