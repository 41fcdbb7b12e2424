/** What people write cannot end an element, an attribute or a script. */
import { expect, test } from "vitest";
import { scriptJson } from "../../apps/site/lib/json-ld.ts";
import { escapeXml } from "../../apps/site/lib/text.ts";

test("text for XML has its signs escaped and what XML cannot hold dropped", () => {
  expect(escapeXml(`<a b="c">'&'</a>`)).toBe("&lt;a b=&quot;c&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  expect(escapeXml("a\u0000b\u001bc\ufffed\ud800e\tf\ng")).toBe("abcde\tf\ng");
  expect(escapeXml("𝔐 and 🗞")).toBe("𝔐 and 🗞");
});

test("JSON inside a script cannot leave it, and means the same", () => {
  const value = { title: "</script><script>alert(1)</script><!-- \u2028 & é" };
  const json = scriptJson(value);
  expect(json).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(json)).toEqual(value);
});
