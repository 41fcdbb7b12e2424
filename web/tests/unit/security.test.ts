/** What a page may load and who may frame it: the directives that the API process does not add by itself. */
import { describe, expect, test } from "vitest";
import { contentSecurityPolicy } from "../../apps/site/lib/security.ts";

describe("the policy of the site's pages", () => {
  test.each(["object-src 'none'", "base-uri 'none'", "frame-ancestors 'self'"])("says %s", (directive) => {
    expect(contentSecurityPolicy().split("; ")).toContain(directive);
  });

  test("runs scripts of this site and two inline ones, named by hash", () => {
    const scripts = contentSecurityPolicy()
      .split("; ")
      .find((each) => each.startsWith("script-src"));
    expect(scripts).toMatch(/^script-src 'self'( 'sha256-[\w+/]{43}='){2}$/);
  });
});
