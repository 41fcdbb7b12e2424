/** A preview is one request's: its questions carry the token, its page the banner, and nothing else does. */

import type { GetServerSidePropsContext } from "next";
import { describe, expect, it } from "vitest";
import type { Chrome } from "../../apps/site/lib/chrome.ts";
import { documentOf, outcomeOf } from "../../apps/site/lib/outcome.ts";
import { previewHeaders, previewOf } from "../../apps/site/lib/preview.ts";

const BANNER = { kind: "release", title: "Über „alles“ · 100 %", expiresAt: "2030-01-31T12:00:00Z" } as const;
const ASKED = {
  "x-masthead-preview": "token",
  "x-masthead-preview-banner": encodeURIComponent(JSON.stringify(BANNER)),
};
const CHROME = { title: "News" } as Chrome;

function contextOf(asked: Record<string, string>) {
  const headers: Record<string, string> = {};
  const res = { statusCode: 0, setHeader: (name: string, value: string) => (headers[name] = value), end: () => {} };
  return {
    context: { req: { headers: asked }, res, resolvedUrl: "/" } as unknown as GetServerSidePropsContext,
    headers,
  };
}

describe("a request with the headers of a preview", () => {
  it("asks with the token, shows the banner and is kept by nobody", async () => {
    const { context, headers } = contextOf(ASKED);
    const asked: unknown[] = [];
    const props = await outcomeOf(async () => {
      await Promise.resolve();
      asked.push(previewHeaders());
      return { chrome: CHROME, page: "page" };
    })(context);
    expect(asked).toEqual([{ "x-masthead-preview": "token" }]);
    expect(props).toEqual({ props: { kind: "found", chrome: { ...CHROME, preview: BANNER }, page: "page" } });
    expect(headers).toMatchObject({ "cache-control": "private, no-store", "x-robots-tag": "noindex" });
    expect(JSON.stringify(props)).not.toContain("token");
  });

  it("is no preview for a feed or a map", async () => {
    const { context, headers } = contextOf(ASKED);
    const asked: unknown[] = [];
    await documentOf("text/plain", async () => {
      asked.push(previewHeaders());
      return "text";
    })(context);
    expect(asked).toEqual([null]);
    expect(headers["cache-control"]).toBe("public, max-age=0, must-revalidate");
  });
});

describe("every other request", () => {
  it("asks as anybody, also while a preview is loaded", async () => {
    const loading = Promise.withResolvers<void>();
    const preview = outcomeOf(async () => {
      await loading.promise;
      return { chrome: CHROME, page: previewHeaders() };
    })(contextOf(ASKED).context);
    const { context, headers } = contextOf({});
    const props = await outcomeOf(async () => ({ chrome: CHROME, page: previewHeaders() ?? "public" }))(context);
    loading.resolve();
    expect(props).toEqual({ props: { kind: "found", chrome: CHROME, page: "public" } });
    expect(headers["x-robots-tag"]).toBeUndefined();
    expect(await preview).toMatchObject({ props: { page: { "x-masthead-preview": "token" } } });
    expect(previewHeaders()).toBeNull();
  });

  it("is none with half of the headers", () => {
    expect(previewOf({ "x-masthead-preview": "token" })).toBeNull();
    expect(previewOf({ "x-masthead-preview-banner": "x" })).toBeNull();
  });
});
