/** Structured data (schema.org) for search engines, safe to stand inside a `<script>`. */
import type { Story } from "@masthead/ui";
import { absolute } from "./urls.ts";

/**
 * JSON that no HTML parser can leave: `</script>`, `<!--` and the two line separators are written as escapes
 * (HTML standard, "Restrictions for contents of script elements").
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

export interface Publication {
  readonly title: string;
  readonly baseUrl: string;
  readonly language: string;
}

/** A post as `BlogPosting`. */
export function blogPosting(site: Publication, story: Story, updated: string | null, keywords: readonly string[]) {
  const url = absolute(site.baseUrl, story.href);
  return {
    "@context": "https://schema.org",
    "@type": "BlogPosting",
    headline: story.title,
    url,
    mainEntityOfPage: url,
    datePublished: story.date.iso,
    dateModified: updated ?? story.date.iso,
    inLanguage: site.language,
    publisher: { "@type": "Organization", name: site.title, url: `${site.baseUrl}/` },
    author: story.authors.map(({ name, href }) => ({
      "@type": "Person",
      name,
      url: absolute(site.baseUrl, href),
    })),
    ...(story.description ? { description: story.description } : {}),
    ...(story.cover ? { image: absolute(site.baseUrl, story.cover.url) } : {}),
    ...(keywords.length > 0 ? { keywords: keywords.join(", ") } : {}),
  };
}

/** Where a page stands, from the front page down. */
export function breadcrumbs(site: Publication, trail: readonly { label: string; href: string }[]) {
  const steps = [{ label: site.title, href: "/" }, ...trail];
  return {
    "@context": "https://schema.org",
    "@type": "BreadcrumbList",
    itemListElement: steps.map(({ label, href }, at) => ({
      "@type": "ListItem",
      position: at + 1,
      name: label,
      item: absolute(site.baseUrl, href),
    })),
  };
}
