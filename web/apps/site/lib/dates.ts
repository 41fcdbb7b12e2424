/** Dates as the publication's readers write them, always in UTC: a day must not depend on where Node runs. */
import type { Day } from "@masthead/ui";

type Form = "day" | "short" | "edition" | "moment";

const FORMS: Readonly<Record<Form, Intl.DateTimeFormatOptions>> = {
  day: { day: "numeric", month: "long", year: "numeric" },
  short: { day: "numeric", month: "short" },
  moment: {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  },
  edition: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment (ISO 8601) as a day: `19 March 2025`. */
export function dayOf(moment: string, language: string, form: Form = "day"): Day {
  return { iso: moment, text: format(language, form).format(new Date(moment)) };
}

/** The year that a moment lies in, as four digits. */
export function yearOf(moment: string): string {
  return String(new Date(moment).getUTCFullYear()).padStart(4, "0");
}

function format(language: string, form: Form): Intl.DateTimeFormat {
  const key = `${language} ${form}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(localeOf(language), { ...FORMS[form], timeZone: "UTC", calendar: "gregory" });
  formats.set(key, made);
  return made;
}

/** Plain `en` writes days first, as most of its readers do; a region that says otherwise is heard. */
function localeOf(language: string): string {
  if (language.toLowerCase() === "en") return "en-GB";
  return Intl.DateTimeFormat.supportedLocalesOf([language]).length > 0 ? language : "en-GB";
}
