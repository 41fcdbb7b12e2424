/** Everything that can be said about the sources without running them: format, lint, types of every workspace. */
import { existsSync } from "node:fs";
import { command } from "./command.ts";
import { generate } from "./generate.ts";
import { SITE, UI, WEB } from "./places.ts";

const PROJECTS = ["packages/client", "packages/ui", "apps/site", "apps/site/islands", "apps/explorer", "."];

// Types look at what is generated; a clean checkout has none yet.
if (!existsSync(`${UI}/generated/fonts.ts`) || !existsSync(`${SITE}/generated/islands.ts`)) await generate();
const run = (program: string, ...args: string[]): Promise<void> => {
  return command(process.execPath, [`${WEB}/node_modules/${program}`, ...args], WEB);
};
await Promise.all([
  run("@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."),
  ...PROJECTS.map((project) => run("typescript/bin/tsc", "-p", project)),
]);
