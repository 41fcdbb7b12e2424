/** The committed SDLs are valid, and the types that TypeScript sees were generated from them. */
import { readFileSync } from "node:fs";
import { buildSchema, isEnumType, isInputObjectType, isObjectType } from "graphql";
import { describe, expect, test } from "vitest";

const client = new URL("../../packages/client/", import.meta.url);
const SCHEMAS = [
  ["schema.graphql", "src/schema-types.d.ts"],
  ["editorial.graphql", "src/editorial/schema-types.d.ts"],
] as const;

describe.each(SCHEMAS)("%s", (sdl, output) => {
  const schema = buildSchema(readFileSync(new URL(sdl, client), "utf8"));
  const generated = readFileSync(new URL(output, client), "utf8");
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));

  function expectKnown(type: string, member: string, text: string): void {
    const known = new RegExp(`^    '${type}': (.*)$`, "m").exec(generated)?.[1] ?? "";
    expect(known, `${type}.${member}: run npm run generate`).toContain(text);
  }

  test("every object type of the SDL, and every field of it, is in the generated types", () => {
    for (const type of types.filter(isObjectType)) {
      for (const field of Object.keys(type.getFields())) expectKnown(type.name, field, `'${field}': {`);
    }
  });

  test("every input of the SDL, and every field of it, is in the generated types", () => {
    for (const type of types.filter(isInputObjectType)) {
      for (const field of Object.keys(type.getFields())) expectKnown(type.name, field, `{ name: '${field}';`);
    }
  });

  test("every enumeration of the SDL, and every value of it, is in the generated types", () => {
    for (const type of types.filter(isEnumType)) {
      for (const { name } of type.getValues()) expectKnown(type.name, name, `'${name}'`);
    }
  });
});
