/**
 * The stories: a real browser against a running site, in four sets. `publication` holds for any publication and
 * runs against `BASE_URL`; `explorer` is about the pages that the API process serves itself, at `BASE_URL` only;
 * `preview` needs a link to a draft there, `PREVIEW_LINK`;
 * `fixture` needs particular texts and runs against our double of the API. Without `BASE_URL` the first runs against
 * the double too. The site must have been built (`npm run build`).
 */
import { defineConfig } from "@playwright/test";
import { chromium, FLAGS } from "./story/chromium.ts";
import { freePort } from "./story/free-port.ts";

const { executablePath, env } = await chromium();

// Chosen once: this file is read again by every worker, which inherits the choice.
process.env.FIXTURE_PORT ??= String(await freePort());
process.env.EMPTY_PORT ??= String(await freePort());
process.env.DOWN_PORT ??= String(await freePort());
const { FIXTURE_PORT, EMPTY_PORT, DOWN_PORT } = process.env;
const fixture = `http://127.0.0.1:${FIXTURE_PORT}`;

const server = (port: string | undefined, ...options: string[]) => ({
  command: [process.execPath, "fixture-api/server.ts", "--port", port, ...options].join(" "),
  // Answered by the site's own process: it is up when this is there, whatever the API says.
  url: `http://127.0.0.1:${port}/favicon.svg`,
  gracefulShutdown: { signal: "SIGTERM" as const, timeout: 5_000 },
});

export default defineConfig({
  testDir: "story",
  outputDir: "../../.artefacts/stories",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath, args: FLAGS, env: { ...(process.env as Record<string, string>), ...env } },
  },
  projects: [
    { name: "publication", testDir: "story/publication", use: { baseURL: process.env.BASE_URL ?? fixture } },
    ...(process.env.BASE_URL
      ? [{ name: "explorer", testDir: "story/explorer", use: { baseURL: process.env.BASE_URL } }]
      : []),
    ...(process.env.PREVIEW_LINK
      ? [{ name: "preview", testDir: "story/preview", use: { baseURL: process.env.BASE_URL } }]
      : []),
    { name: "fixture", testDir: "story/fixture", use: { baseURL: fixture } },
  ],
  webServer: [server(FIXTURE_PORT), server(EMPTY_PORT, "--empty"), server(DOWN_PORT, "--down")],
});
