/**
 * A preview: who has its link sees what is not public. The API process says so with two headers, for one request;
 * nothing of it outlives that. What is no page (feeds, maps, texts) never looks here.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingHttpHeaders } from "node:http";

export interface Preview {
  /** What GraphQL is asked with. A secret: it is never part of a page. */
  readonly token: string;
  readonly banner: Banner;
}

/** What a page of a preview says above everything. */
export interface Banner {
  readonly kind: "revision" | "latest" | "release";
  readonly title: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

const TOKEN = "x-masthead-preview";
const BANNER = "x-masthead-preview-banner";

const current = new AsyncLocalStorage<Preview>();

/** The preview that a request is for. */
export function previewOf(headers: IncomingHttpHeaders): Preview | null {
  const token = headers[TOKEN];
  const banner = headers[BANNER];
  if (typeof token !== "string" || typeof banner !== "string") return null;
  return { token, banner: JSON.parse(decodeURIComponent(banner)) as Banner };
}

/** Run a loader whose questions are asked within the preview. */
export function within<Result>(preview: Preview | null, load: () => Promise<Result>): Promise<Result> {
  return preview ? current.run(preview, load) : load();
}

/** What the question that is asked just now is sent with. */
export function previewHeaders(): Readonly<Record<string, string>> | null {
  const preview = current.getStore();
  return preview ? { [TOKEN]: preview.token } : null;
}
