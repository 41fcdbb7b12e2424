/** The Markdown of a post, for programs and for readers who keep texts. */
import { graphql } from "@masthead/client";
import { run } from "../lib/api.ts";

const MARKDOWN = graphql(`
  query PostMarkdown($slug: String!) {
    post(slug: $slug) {
      title
      body {
        source
      }
    }
  }
`);

/** The post's Markdown, or null if there is no such post. */
export async function loadMarkdown(slug: string): Promise<string | null> {
  const { post } = await run(MARKDOWN, { slug });
  return post && withTitle(post.title, post.body.source);
}

/** The source under its title, which front matter held; one that begins with a level-1 heading has it already. */
export function withTitle(title: string, source: string): string {
  const text = source.trimStart();
  return `${/^#\s/.test(text) ? "" : `# ${title}\n\n`}${text.trimEnd()}\n`;
}
