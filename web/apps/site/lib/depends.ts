/**
 * What a page depends on. The API process sends a word with each page that it has rendered; GraphQL is asked with that
 * word, and says with each answer what the answer depends on. All of it together is said of the page, so that a change
 * drops this page, and not others. Nothing here reads what is said: it is the API's own affair.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingHttpHeaders } from "node:http";

const WORD = "x-masthead-fill";

/** The header of answers and of pages. A page has one for each answer that it is made of. */
export const DEPENDS = "x-masthead-depends";

/** What depends on nothing. */
const NOTHING = "[[],[],[],[]]";

// The API takes 100 KiB of headers. A page without any is dropped by every change, which is never wrong.
const MOST = 64 * 1024;

interface Fill {
  readonly word: string;
  readonly said: Set<string>;
  asked: number;
  told: number;
}

const current = new AsyncLocalStorage<Fill>();

export interface Collected<Result> {
  readonly result: Result;
  /** Nothing where that is not wanted, or not known. */
  readonly depends: readonly string[] | null;
}

/** Run a loader, and collect what the answers to its questions depend on. */
export async function collecting<Result>(
  headers: IncomingHttpHeaders,
  load: () => Promise<Result>,
): Promise<Collected<Result>> {
  const word = headers[WORD];
  if (typeof word !== "string") return { result: await load(), depends: null };
  const fill: Fill = { word, said: new Set([NOTHING]), asked: 0, told: 0 };
  const result = await current.run(fill, load);
  const said = [...fill.said];
  const isKnown = fill.asked === fill.told && said.join().length <= MOST;
  return { result, depends: isKnown ? said : null };
}

/** What the question that is asked just now is sent with. */
export function fillHeaders(): Readonly<Record<string, string>> | null {
  const fill = current.getStore();
  if (!fill) return null;
  fill.asked += 1;
  return { [WORD]: fill.word };
}

/** Take note of an answer's headers. */
export function noteReply(headers: Headers): void {
  const fill = current.getStore();
  const said = headers.get(DEPENDS);
  if (!fill || !said) return;
  fill.told += 1;
  fill.said.add(said);
}
