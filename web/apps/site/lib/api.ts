/** The site's door to the API. */
import { createClient, type Run } from "@masthead/client";
import { environment } from "./environment.ts";
import { previewHeaders } from "./preview.ts";

let client: Run | undefined;

/** Run an operation against the API that the environment names, within the preview that is loaded, if one is. */
export const run: Run = (document, ...variables) => {
  const headers = previewHeaders();
  if (headers) return createClient({ url: environment().apiUrl, headers })(document, ...variables);
  client ??= createClient({ url: environment().apiUrl });
  return client(document, ...variables);
};
