/**
 * What became of a request for a page: found, absent (404) or unavailable (503). Every page goes through here, so
 * that no fault of the API reaches a reader and no faulty answer is ever kept.
 */
import { ApiError, ApiRefused } from "@masthead/client";
import type { GetServerSideProps, GetServerSidePropsContext } from "next";
import type { Chrome } from "./chrome.ts";
import { collecting, DEPENDS } from "./depends.ts";
import { environment } from "./environment.ts";
import { type Preview, previewOf, within } from "./preview.ts";

export type Outcome<Page> =
  | { readonly kind: "found"; readonly chrome: Chrome; readonly page: Page }
  | { readonly kind: "absent"; readonly chrome: Chrome }
  | { readonly kind: "unavailable" };

/** What a page's loader gives: the frame of every page, and the page itself unless there is none. */
export interface Loaded<Page> {
  readonly chrome: Chrome;
  readonly page: Page | null;
}

export type Load<Page> = (context: GetServerSidePropsContext) => Promise<Loaded<Page>>;

// Kept by the API process until the content changes; a browser asks again each time, which is answered from memory.
const FRESH = "public, max-age=0, must-revalidate";

// One reader's, for a while.
const PRIVATE = "private, no-store";

/** `getServerSideProps` of a page: run the loader, say the outcome in the status and the headers. */
export function outcomeOf<Page>(load: Load<Page>): GetServerSideProps<Outcome<Page>> {
  return async (context) => {
    const { req, res } = context;
    const preview = previewOf(req.headers);
    const { result, depends } = await collecting(req.headers, () => within(preview, () => attempt(load, context)));
    const outcome = shownIn(preview, result);
    if (outcome.kind === "lost") return { redirect: { destination: pathOf(context), permanent: false } };
    res.statusCode = STATUS[outcome.kind];
    if (depends) res.setHeader(DEPENDS, depends);
    res.setHeader("cache-control", preview ? PRIVATE : outcome.kind === "unavailable" ? "no-store" : FRESH);
    if (outcome.kind === "unavailable") res.setHeader("retry-after", "2");
    if (preview || environment().isPreview) res.setHeader("x-robots-tag", "noindex");
    return { props: outcome };
  };
}

/** The same outcome, whose page says above everything that it is a preview. */
function shownIn<Page>(preview: Preview | null, outcome: Attempt<Page>): Attempt<Page> {
  if (!preview || outcome.kind === "lost" || outcome.kind === "unavailable") return outcome;
  return { ...outcome, chrome: { ...outcome.chrome, preview: preview.banner } };
}

const STATUS = { found: 200, absent: 404, unavailable: 503 } as const;

/** A cursor that the API never gave, or gave for another list: the reader starts at the first page. */
type Attempt<Page> = Outcome<Page> | { readonly kind: "lost" };

const pathOf = ({ resolvedUrl }: GetServerSidePropsContext): string => resolvedUrl.split("?", 1)[0] ?? "/";

async function attempt<Page>(load: Load<Page>, context: GetServerSidePropsContext): Promise<Attempt<Page>> {
  try {
    const { chrome, page } = await load(context);
    return page === null ? { kind: "absent", chrome } : { kind: "found", chrome, page };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (
      error instanceof ApiRefused &&
      error.errors.every(({ extensions }) => extensions?.code?.startsWith("CURSOR_"))
    ) {
      return { kind: "lost" };
    }
    console.error(
      JSON.stringify({ level: "error", event: "page_unavailable", path: context.resolvedUrl, error: error.message }),
    );
    return { kind: "unavailable" };
  }
}

/** `getServerSideProps` of what is not a page: a feed, a map, a text. `write` gives its text, or null for 404. */
export function documentOf(
  contentType: string,
  write: (context: GetServerSidePropsContext) => Promise<string | null>,
): GetServerSideProps<never> {
  return async (context) => {
    try {
      const { result: text, depends } = await collecting(context.req.headers, () => write(context));
      if (depends) context.res.setHeader(DEPENDS, depends);
      send(context, text === null ? 404 : 200, text === null ? "text/plain" : contentType, text ?? "Not found.\n");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      console.error(
        JSON.stringify({
          level: "error",
          event: "document_unavailable",
          path: context.resolvedUrl,
          error: error.message,
        }),
      );
      send(context, 503, "text/plain", "The publication is not available just now. Try again in a moment.\n");
    }
    // The answer has been sent: Next renders nothing after that.
    return { props: {} as never };
  };
}

function send({ res }: GetServerSidePropsContext, status: number, contentType: string, text: string): void {
  res.statusCode = status;
  res.setHeader("content-type", `${contentType}; charset=utf-8`);
  res.setHeader("cache-control", status === 503 ? "no-store" : FRESH);
  if (status === 503) res.setHeader("retry-after", "2");
  res.end(text);
}
