/**
 * The whole build: fonts and scripts, the explorers, Next, and `apps/site/dist`, which `node server.js` runs from
 * anywhere.
 */
import { cp, rm, writeFile } from "node:fs/promises";
import { checkBudgets } from "./budget.ts";
import { buildExplorer } from "./build-explorer.ts";
import { command } from "./command.ts";
import { generate } from "./generate.ts";
import { DIST, SITE, WEB } from "./places.ts";

// Next brings a library that makes pictures smaller; ours are served as they are (`images.unoptimized`).
const IMAGE_LIBRARY = ["sharp", "@img"];

await generate();
await buildExplorer();
await checkBudgets();
await rm(`${SITE}/.next`, { recursive: true, force: true });
await command(process.execPath, [`${WEB}/node_modules/next/dist/bin/next`, "build"], SITE);
await assemble();

/** Next's standalone server lacks what a CDN would serve; here it serves that too. */
async function assemble(): Promise<void> {
  await rm(DIST, { recursive: true, force: true });
  await cp(`${SITE}/.next/standalone`, DIST, { recursive: true, verbatimSymlinks: true });
  for (const unused of IMAGE_LIBRARY) await rm(`${DIST}/node_modules/${unused}`, { recursive: true, force: true });
  await cp(`${SITE}/.next/static`, `${DIST}/apps/site/.next/static`, { recursive: true });
  await cp(`${SITE}/public`, `${DIST}/apps/site/public`, { recursive: true });
  await writeFile(`${DIST}/server.js`, 'require("./apps/site/server.js");\n');
  await writeFile(`${DIST}/package.json`, '{ "private": true, "type": "commonjs" }\n');
}
