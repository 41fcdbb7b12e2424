/** Builds the pages on which the APIs are explored: `apps/explorer/dist`, two files and what they load. */
import { build } from "vite";
import { EXPLORER, UI } from "./places.ts";

export async function buildExplorer(): Promise<void> {
  await build({
    root: EXPLORER,
    configFile: false,
    logLevel: "warn",
    resolve: { alias: { "/_fonts": `${UI}/generated/files` } },
    build: {
      target: "es2024",
      assetsDir: "explorer",
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 5_000,
      rolldownOptions: {
        input: ["graphiql", "api"].map((name) => `${EXPLORER}/${name}.html`),
        // "use client" means nothing to a browser.
        onwarn: (warning, show) => (warning.code === "MODULE_LEVEL_DIRECTIVE" ? undefined : show(warning)),
      },
    },
    worker: { format: "es" },
  });
}

if (import.meta.main) await buildExplorer();
