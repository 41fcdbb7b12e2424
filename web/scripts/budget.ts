/** What a post may cost its reader, and an explorer its visitor. The build fails beyond it; tests/story/publication/weight.spec.ts asks a browser. */
import { readdir, stat } from "node:fs/promises";
import { EXPLORER, SITE, UI } from "./places.ts";

interface Budget {
  readonly what: string;
  readonly folder: string;
  readonly files: RegExp;
  /** Bytes, as they are sent: fonts are compressed already, the script is small enough to count whole. */
  readonly most: number;
}

const BUDGETS: readonly Budget[] = [
  { what: "fonts of an English post", folder: `${UI}/generated/files`, files: /-core\./, most: 60_000 },
  { what: "script", folder: `${SITE}/public/_islands`, files: /\.js$/, most: 6_000 },
  { what: "explorers, which no reader loads", folder: `${EXPLORER}/dist/explorer`, files: /./, most: 9_000_000 },
];

/** Throws when something outgrew its budget; prints what everything weighs. */
export async function checkBudgets(): Promise<void> {
  for (const { what, folder, files, most } of BUDGETS) {
    const names = (await readdir(folder)).filter((name) => files.test(name));
    const sizes = await Promise.all(names.map(async (name) => (await stat(`${folder}/${name}`)).size));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`${what}: ${total} of ${most} bytes`);
    if (total > most)
      throw new Error(`the ${what}: they weigh ${total} bytes; ${most} is the most that a browser shall load`);
  }
}
