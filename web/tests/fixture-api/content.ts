/** The publication that the fixture serves: `content.json`, and if asked for, a thousand small posts more. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

export interface Markdown {
  readonly source: string;
  readonly html: string;
  readonly text: string;
  readonly excerpt: string;
  readonly toc: readonly { level: number; id: string; text: string }[];
  readonly readingTime: number;
}

export interface PostSource {
  readonly title: string;
  readonly slug: string;
  readonly description?: string;
  readonly date: string;
  readonly updated?: string;
  readonly authors?: readonly string[];
  readonly tags?: readonly string[];
  readonly cover?: string;
  readonly keywords?: readonly string[];
  readonly body: Markdown;
}

interface Content {
  readonly posts: readonly PostSource[];
  readonly about: Markdown;
  readonly bio: Markdown;
}

const content = JSON.parse(readFileSync(new URL("./content.json", import.meta.url), "utf8")) as Content;

export const { about, bio } = content;

export const PEOPLE: Readonly<Record<string, string>> = {
  ada: "Ada Lindqvist",
  edsger: "Edsger Baumann",
  grace: "Grace Okafor",
  team: "The Rust Core Team",
};

/** The posts, newest first; `more` adds so many small ones, three a day backwards. */
export function posts(more: number): readonly PostSource[] {
  const small = Array.from({ length: more }, (_, at) => smallPost(at));
  return [...content.posts, ...small].sort((a, b) => b.date.localeCompare(a.date));
}

function smallPost(at: number): PostSource {
  const date = new Date(Date.UTC(2026, 5, 1) - at * 3 * 86_400_000).toISOString();
  const body = { ...about, excerpt: "One of many." };
  return {
    title: `Weekly notes, number ${at + 1}`,
    slug: `weekly/${at + 1}`,
    date,
    tags: ["weekly"],
    authors: ["ada"],
    body,
  };
}

/** A stable identity for a thing of the fixture. */
export function idOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
