/** What becomes of a request when the API refuses, fails or answers. */
import { ApiRefused, ApiUnavailable } from "@masthead/client";
import type { GetServerSidePropsContext } from "next";
import { describe, expect, it, vi } from "vitest";
import { type Loaded, outcomeOf } from "../../apps/site/lib/outcome.ts";

function contextOf(resolvedUrl: string, asked: Record<string, string> = {}) {
  const headers: Record<string, string> = {};
  const res = { statusCode: 0, setHeader: (name: string, value: string) => (headers[name] = value) };
  return {
    context: { req: { headers: asked }, res, resolvedUrl } as unknown as GetServerSidePropsContext,
    res,
    headers,
  };
}

const failing = (error: Error) => outcomeOf(async (): Promise<Loaded<string>> => Promise.reject(error));
const refusal = (code: string) => new ApiRefused("Tag", [{ message: "No.", extensions: { code } }]);

describe("outcomeOf", () => {
  it.each(["CURSOR_INVALID", "CURSOR_ORDER"])(
    "leads a reader with a lost cursor (%s) to the first page",
    async (code) => {
      const { context } = contextOf("/tags/news?after=zzz");
      expect(await failing(refusal(code))(context)).toEqual({
        redirect: { destination: "/tags/news", permanent: false },
      });
    },
  );

  it.each([refusal("INTERNAL"), new ApiUnavailable("gone")])("answers 503 and keeps nothing when %s", async (error) => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    const { context, res, headers } = contextOf("/tags/news");
    expect(await failing(error)(context)).toEqual({ props: { kind: "unavailable" } });
    expect(res.statusCode).toBe(503);
    expect(headers["cache-control"]).toBe("no-store");
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });

  it("does not hide a fault of its own", async () => {
    await expect(failing(new TypeError("ours"))(contextOf("/").context)).rejects.toThrow("ours");
  });
});
