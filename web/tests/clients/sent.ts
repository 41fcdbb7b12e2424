/** A `fetch` that remembers how each operation went over the wire. */
export interface Sent {
  readonly method: string;
  /** Whether the document itself travelled, and not only its hash. */
  readonly hasDocument: boolean;
  readonly hasHash: boolean;
}

export function remembering(): { readonly fetch: typeof globalThis.fetch; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const parameters = new URL(String(input)).searchParams;
    const body = typeof init?.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : {};
    sent.push({
      method: init?.method ?? "GET",
      hasDocument: parameters.has("query") || typeof body.query === "string",
      hasHash: parameters.has("extensions") || "extensions" in body,
    });
    return globalThis.fetch(input, init);
  };
  return { fetch, sent };
}
