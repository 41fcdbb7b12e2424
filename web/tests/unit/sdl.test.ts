/** The committed SDL is valid, and the types that TypeScript sees were generated from it. */
import { readFileSync } from "node:fs";
import { buildSchema, isObjectType } from "graphql";
import { expect, test } from "vitest";

const client = new URL("../../packages/client/", import.meta.url);

test("every object type of the SDL, and every field of it, is in the generated types", () => {
  const schema = buildSchema(readFileSync(new URL("schema.graphql", client), "utf8"));
  const generated = readFileSync(new URL("src/schema-types.d.ts", client), "utf8");
  const known = (type: string): string => new RegExp(`^    '${type}': (.*)$`, "m").exec(generated)?.[1] ?? "";
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    if (type.name.startsWith("__")) continue;
    for (const field of Object.keys(type.getFields())) {
      expect(known(type.name), `${type.name}.${field}: run npm run generate`).toContain(`'${field}': {`);
    }
  }
});
