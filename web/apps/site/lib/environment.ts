/** The settings of the site's process: environment variables, read when a request needs them. */

export interface Environment {
  /** Where the API answers. */
  readonly apiUrl: string;
  /** Where readers reach a publication on this machine (`masthead up`); none where only its settings can say. */
  readonly localUrl: string | null;
  /** Pages reload themselves when the publication changes (`masthead up`). */
  readonly isLive: boolean;
  /** Drafts are shown: nothing may be indexed. */
  readonly isPreview: boolean;
}

export function environment(variables: NodeJS.ProcessEnv = process.env): Environment {
  return {
    apiUrl: variables.MASTHEAD_API_URL ?? "http://127.0.0.1:8000",
    localUrl: variables.MASTHEAD_LOCAL_URL || null,
    isLive: variables.MASTHEAD_LIVE_RELOAD === "1",
    isPreview: variables.MASTHEAD_PREVIEW === "1",
  };
}
