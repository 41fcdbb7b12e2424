/**
 * The stories: a real browser against a running publication. `BASE_URL` names it; without one the fixture is
 * started, which needs `npm run build` first.
 */
import { defineConfig } from "@playwright/test";
import { chromium, FLAGS } from "./story/chromium.ts";

const { executablePath, env } = await chromium();
const given = process.env.BASE_URL;

export default defineConfig({
  testDir: "story",
  outputDir: "../test-results",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  reporter: [["list"]],
  use: {
    baseURL: given ?? "http://127.0.0.1:8100",
    browserName: "chromium",
    launchOptions: { executablePath, args: FLAGS, env: { ...(process.env as Record<string, string>), ...env } },
  },
  ...(given
    ? {}
    : {
        webServer: {
          command: `${process.execPath} fixture-api/server.ts --port 8100`,
          url: "http://127.0.0.1:8100/robots.txt",
          gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
        },
      }),
});
