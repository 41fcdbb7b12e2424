/** What packages do not say of themselves. */
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  /** Draws the page into `dom_id` (https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration/). */
  export default function SwaggerUIBundle(options: Readonly<Record<string, unknown>>): unknown;
}

declare var MonacoEnvironment: import("monaco-editor").Environment;
