/** The site's door to the API. */
import { createClient, type Run } from "@masthead/client";
import { fillHeaders, noteReply } from "./depends.ts";
import { environment } from "./environment.ts";
import { previewHeaders } from "./preview.ts";

let client: Run | undefined;

/**
 * Run an operation against the API that the environment names, within the preview that is loaded, if one is, and noting what
 * the page that is rendered depends on.
 */
export const run: Run = (document, ...variables) => {
  const headers = { ...previewHeaders(), ...fillHeaders() };
  if (Object.keys(headers).length > 0) {
    return createClient({ url: environment().apiUrl, headers, onReply: noteReply })(document, ...variables);
  }
  client ??= createClient({ url: environment().apiUrl });
  return client(document, ...variables);
};
