/** llms.txt (llmstxt.org): the publication for programs that read, each post as a link to its Markdown. */
export interface LlmsPublication {
  readonly title: string;
  readonly description: string | null;
  readonly posts: readonly LlmsPost[];
  /** Every post there is; the list may hold fewer. */
  readonly total: number;
  readonly sitemapUrl: string;
}

export interface LlmsPost {
  readonly title: string;
  /** The address of its Markdown. */
  readonly url: string;
  readonly description: string | null;
}

export function llmsText({ title, description, posts, total, sitemapUrl }: LlmsPublication): string {
  const head = `# ${line(title)}\n\n${description ? `> ${line(description)}\n\n` : ""}`;
  if (posts.length === 0) return head;
  const list = posts.map((post) => {
    const about = post.description ? `: ${line(post.description)}` : "";
    return `- [${line(post.title).replace(/[[\]]/g, "\\$&")}](${post.url})${about}\n`;
  });
  const rest =
    total > posts.length ? `\nThe other ${total - posts.length} posts are in the [sitemap](${sitemapUrl}).\n` : "";
  return `${head}## Posts\n\n${list.join("")}${rest}`;
}

function line(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
