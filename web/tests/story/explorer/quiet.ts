/** A page that must keep to itself: no request leaves its origin, nothing is complained of in the console. */
import { test as base, expect } from "@playwright/test";

export { expect };

export const test = base.extend<{ quiet: undefined }>({
  quiet: [
    async ({ page, baseURL }, use) => {
      const [complaints, origin] = [[] as string[], new URL(baseURL ?? "").origin];
      page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
      page.on("console", (line) => {
        if (["error", "warning"].includes(line.type())) complaints.push(`console: ${line.text()}`);
      });
      page.on("request", (request) => {
        const url = new URL(request.url());
        if (!["data:", "blob:"].includes(url.protocol) && url.origin !== origin) complaints.push(`request: ${url}`);
      });
      await use(undefined);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});
