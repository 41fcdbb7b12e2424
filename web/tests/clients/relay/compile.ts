/** relay-compiler over documents.ts and a schema, into a folder of its own. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import program from "relay-compiler";
import type { ConcreteRequest, ReaderFragment } from "relay-runtime";

export interface Compiled {
  readonly folder: string;
  readonly request: (name: string) => ConcreteRequest;
  readonly fragment: (name: string) => ReaderFragment;
}

/** Compile; throws what the compiler says where the schema or a document does not suit it. */
export function compile(sdl: string): Compiled {
  const folder = mkdtempSync(join(tmpdir(), "masthead-relay-"));
  for (const name of ["artifacts", "src"]) mkdirSync(join(folder, name));
  // It holds no type, so it is JavaScript too; then the artifacts are, which Node can load as they are.
  copyFileSync(fileURLToPath(new URL("./documents.ts", import.meta.url)), join(folder, "src", "documents.js"));
  copyFileSync(sdl, join(folder, "schema.graphql"));
  const config = { src: "src", schema: "schema.graphql", language: "javascript", artifactDirectory: "artifacts" };
  writeFileSync(join(folder, "relay.config.json"), JSON.stringify({ ...config, eagerEsModules: false }));
  if (!program) throw new Error("relay-compiler has no program for this machine");
  const ended = spawnSync(program, ["relay.config.json"], { cwd: folder, encoding: "utf8" });
  if (ended.status !== 0) throw new Error(`relay-compiler: ${ended.stdout}${ended.stderr}`);
  const load = createRequire(join(folder, "artifacts", "x.js"));
  const artifact = (name: string): unknown => load(`./${name}.graphql.js`);
  if (readdirSync(join(folder, "artifacts")).length === 0) throw new Error("relay-compiler wrote nothing");
  return {
    folder,
    request: (name) => artifact(name) as ConcreteRequest,
    fragment: (name) => artifact(name) as ReaderFragment,
  };
}
