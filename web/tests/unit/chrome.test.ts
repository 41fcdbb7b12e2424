/** A publication without settings, or with strange ones, still has a frame. */
import { expect, test, vi } from "vitest";
import { chromeOf } from "../../apps/site/lib/chrome.ts";
import { directionOf, directionOfText } from "../../apps/site/lib/direction.ts";

const settings = (site: object) => chromeOf(site as Parameters<typeof chromeOf>[0]);

test("without settings there is a name, a language and the indexes", () => {
  const chrome = chromeOf(null);
  expect(chrome.language).toBe("en");
  expect(chrome.navigation.map(({ href }) => href)).toEqual(["/archive", "/tags", "/authors"]);
});

test("navigation takes paths and web addresses, and nothing that runs or leaves the host unseen", () => {
  const navigation = [
    { label: "About", path: "/about us" },
    { label: "Code", path: "https://code.example/x" },
    { label: "Bad", path: "javascript:alert(1)" },
    { label: "Sly", path: "//evil.example" },
    { label: 7, path: "/seven" },
    null,
    "text",
  ];
  expect(settings({ title: "N", language: "en", navigation }).navigation).toEqual([
    { label: "About", href: "/about%20us" },
    { label: "Code", href: "https://code.example/x" },
  ]);
});

test("a slash at the end of the base address is not doubled", () => {
  expect(settings({ baseUrl: "https://n.example/" }).baseUrl).toBe("https://n.example");
});

test("languages and texts know their direction", () => {
  expect(directionOf("he-IL")).toBe("rtl");
  expect(directionOf("en")).toBe("ltr");
  expect(directionOfText("18.4: מהימין", "ltr")).toBe("rtl");
  expect(directionOfText("Über", "rtl")).toBe("ltr");
  expect(directionOfText("2026", "rtl")).toBe("rtl");
});

test("an address that nobody stated is where the publication runs", () => {
  vi.stubEnv("MASTHEAD_LOCAL_URL", "http://127.0.0.1:9000");
  expect(settings({ baseUrl: "http://localhost:8000" }).baseUrl).toBe("http://127.0.0.1:9000");
  expect(settings({ baseUrl: "https://n.example" }).baseUrl).toBe("https://n.example");
  vi.unstubAllEnvs();
});
