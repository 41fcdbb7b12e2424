/** What is made before anything can be checked or built: fonts and scripts. */
import { cp, rm } from "node:fs/promises";
import { buildFonts } from "../packages/ui/fonts/build.ts";
import { buildIslands } from "./build-islands.ts";
import { SITE, UI } from "./places.ts";

export async function generate(): Promise<void> {
  await Promise.all([buildFonts(), buildIslands()]);
  await rm(`${SITE}/public/_fonts`, { recursive: true, force: true });
  await cp(`${UI}/generated/files`, `${SITE}/public/_fonts`, { recursive: true });
}

if (import.meta.main) await generate();
