/** Bundles the site's few scripts into one file named by its content. */
import { createHash } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { rolldown } from "rolldown";
import { SITE } from "./places.ts";

/** Write `public/_islands/` and `generated/islands.ts`, which says the file's address. */
export async function buildIslands(): Promise<void> {
  const bundle = await rolldown({ input: `${SITE}/islands/site.ts`, platform: "browser" });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  await bundle.close();
  const { code } = output[0];
  const name = `site.${createHash("sha256").update(code).digest("hex").slice(0, 10)}.js`;
  await rm(`${SITE}/public/_islands`, { recursive: true, force: true });
  await mkdir(`${SITE}/public/_islands`, { recursive: true });
  await mkdir(`${SITE}/generated`, { recursive: true });
  await writeFile(`${SITE}/public/_islands/${name}`, code);
  await writeFile(
    `${SITE}/generated/islands.ts`,
    `/** Written by scripts/build-islands.ts. */\nexport const ISLANDS = "/_islands/${name}";\n`,
  );
}
