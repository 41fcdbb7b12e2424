/** The site's door to the API. */
import { createClient, type Run } from "@masthead/client";
import { environment } from "./environment.ts";

let client: Run | undefined;

/** Run an operation against the API that the environment names. */
export const run: Run = (document, ...variables) => {
  client ??= createClient({ url: environment().apiUrl });
  return client(document, ...variables);
};
