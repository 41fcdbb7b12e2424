/** Paths and addresses. Slugs may hold `/`, `.`, capitals and any letter of any script. */

/** A public path as it stands in a link: `/posts/Über uns` becomes `/posts/%C3%9Cber%20uns`. */
export function hrefOf(path: string): string {
  return path.split("/").map(encodeSegment).join("/");
}

// RFC 3986, section 3.3 (pchar) allows these in a segment; encoding them would give a second address to one page.
const KEPT = /%(?:21|24|26|27|28|29|2A|2B|2C|3A|3B|3D|40)/g;

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(KEPT, decodeURIComponent);
}

/** The slug that a catch-all route's segments spell. Next has decoded them. */
export function slugOf(segments: string | readonly string[] | undefined): string {
  if (segments === undefined) return "";
  return typeof segments === "string" ? segments : segments.join("/");
}

/** An address on the publication's own host, from a path; one that is absolute stays. */
export function absolute(base: string, path: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(path) ? path : `${base}${path}`;
}

const REFERENCE = /(<[a-z][^<>]*?\s(?:href|src|poster)=")([^"]*)(")/gi;

/** HTML for readers elsewhere (feeds): every address in it absolute; `page` is where the HTML stands. */
export function absoluteHtml(html: string, base: string, page: string): string {
  return html.replace(REFERENCE, (whole, before: string, reference: string, after: string) => {
    if (reference.startsWith("#")) return `${before}${page}${reference}${after}`;
    if (reference.startsWith("/") && !reference.startsWith("//")) return `${before}${base}${reference}${after}`;
    return whole;
  });
}
