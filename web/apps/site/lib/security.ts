/** What a page may load: everything from here, pictures and media from anywhere over TLS, scripts by name only. */
import { createHash } from "node:crypto";
import { THEME_SCRIPT } from "./theme-script.ts";

/** The policy for every answer. Inline styles are allowed: renderers of diagrams and mathematics set some. */
export function contentSecurityPolicy(): string {
  const theme = createHash("sha256").update(THEME_SCRIPT).digest("base64");
  return [
    "default-src 'self'",
    `script-src 'self' 'inline-speculation-rules' 'sha256-${theme}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' https: data:",
    "media-src 'self' https:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join("; ");
}
