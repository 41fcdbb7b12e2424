/** A page of this server's OpenAPI description, on which every operation can be tried. */
import SwaggerUIBundle from "swagger-ui-dist/swagger-ui-es-bundle.js";
import { type Description, withoutExamples } from "./description.ts";

const DESCRIPTION = "/api/openapi.json";

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = (): void => {
  document.documentElement.classList.toggle("dark-mode", dark.matches);
};
dark.addEventListener("change", follow);
follow();

const response = await fetch(DESCRIPTION);
SwaggerUIBundle({
  spec: withoutExamples((await response.json()) as Description),
  dom_id: "#page",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  // Its colours are set inline, for a dark ground only.
  syntaxHighlight: false,
  // The badge would ask a validator elsewhere.
  validatorUrl: null,
});
