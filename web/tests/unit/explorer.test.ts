/** The explorers say what an operation cost, mix our colours, and fill no form with everything at once. */
import { expect, test } from "vitest";
import { readCost } from "../../apps/explorer/src/cost.ts";
import { withoutExamples } from "../../apps/explorer/src/description.ts";
import { hsl } from "../../apps/explorer/src/hsl.ts";

test("the cost of an operation is what Server-Timing says", () => {
  const header = 'total;dur=1.84, sql;dur=1.12;desc="1 statement", plan;desc="hit"';
  expect(readCost(header)).toBe("1 statement, 1.1 ms of SQL, planned before, 1.8 ms in all");
  expect(readCost('total;dur=8, sql;dur=0.00;desc="0 statements"')).toBe("0 statements, 0.0 ms of SQL, 8.0 ms in all");
  expect(readCost(null)).toBe("");
});

test("a colour is the same in hue, saturation and lightness", () => {
  expect(hsl("#ff0000")).toBe("0.0, 100.0%, 50.0%");
  expect(hsl("#00ff00")).toBe("120.0, 100.0%, 50.0%");
  expect(hsl("#808080")).toBe("0.0, 0.0%, 50.2%");
  expect(hsl("#bd2f14")).toBe("9.6, 80.9%, 41.0%");
});

test("lists lose their examples, other parameters keep them", () => {
  const list = { name: "sort", example: ["-date"] };
  const object = { name: "filter", example: {} };
  const shown = withoutExamples({
    servers: [{ url: "/" }],
    paths: { "/api/posts": { get: { parameters: [list, object] } } },
    components: { parameters: { Fields: list } },
  });
  expect(shown).toEqual({
    paths: { "/api/posts": { get: { parameters: [{ name: "sort" }, object] } } },
    components: { parameters: { Fields: { name: "sort" } } },
  });
});
