/** A day reads as the publication's readers write it, and is the same day wherever Node runs. */
import { describe, expect, test } from "vitest";
import { dayOf, yearOf } from "../../apps/site/lib/dates.ts";

describe("a day", () => {
  test("is written in the language of the publication", () => {
    expect(dayOf("2025-03-19T00:00:00Z", "en").text).toBe("19 March 2025");
    expect(dayOf("2025-03-19T00:00:00Z", "en-US").text).toBe("March 19, 2025");
    expect(dayOf("2025-03-19T00:00:00Z", "de").text).toBe("19. März 2025");
  });

  test("is the one in UTC", () => {
    expect(dayOf("2025-03-19T23:59:59Z", "en").text).toBe("19 March 2025");
    expect(dayOf("2025-03-19T00:30:00+02:00", "en").text).toBe("18 March 2025");
  });

  test("keeps its moment for machines", () => {
    expect(dayOf("2025-03-19T08:00:00Z", "en").iso).toBe("2025-03-19T08:00:00Z");
  });

  test("names the weekday on the front page", () => {
    expect(dayOf("2026-11-18T09:00:00Z", "en", "edition").text).toBe("Wednesday, 18 November 2026");
  });

  test("falls back to English for a language that nobody knows", () => {
    expect(dayOf("2025-03-19T00:00:00Z", "xx").text).toBe("19 March 2025");
  });
});

test("a year has four digits, also before the first thousand", () => {
  expect(yearOf("2025-12-31T23:59:59Z")).toBe("2025");
  expect(yearOf("0998-01-01T00:00:00Z")).toBe("0998");
});
