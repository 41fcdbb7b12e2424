/** What a page may load: everything from here, pictures and media from anywhere over TLS, scripts by name only. */
import { createHash } from "node:crypto";
import { SPECULATION_RULES, THEME_SCRIPT } from "./inline-scripts.ts";

/** The policy for every answer. Inline styles are allowed: renderers of diagrams and mathematics set some. */
export function contentSecurityPolicy(): string {
  const inline = [THEME_SCRIPT, SPECULATION_RULES].map((script) => {
    return `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
  });
  return [
    "default-src 'self'",
    `script-src 'self' ${inline.join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' https: http: data:",
    "media-src 'self' https:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join("; ");
}
