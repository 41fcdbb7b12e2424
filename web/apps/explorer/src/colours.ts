/** GraphiQL and its editor in the colours of packages/ui, on both grounds. */
import type { editor } from "monaco-editor";
import { hsl } from "./hsl.ts";
import { type Ground, palette } from "./palette.ts";

/** Names of the editor's themes, as GraphiQL asks for them. */
export const EDITOR_THEMES: Readonly<Record<Ground, string>> = { light: "masthead-light", dark: "masthead-dark" };

// GraphiQL's variable by our token (node_modules/@graphiql/react/dist/style.css lists them).
const VARIABLES = {
  "--color-primary": "accent",
  "--color-secondary": "code-name",
  "--color-tertiary": "code-name",
  "--color-info": "code-name",
  "--color-success": "code-text",
  "--color-warning": "code-number",
  "--color-error": "accent",
  "--color-neutral": "ink",
  "--color-base": "paper",
} as const;

const SCOPES = [".graphiql-container", ".graphiql-dialog", ".graphiql-dialog-overlay", ".graphiql-tooltip"];
const SURFACES = [...SCOPES, "[data-radix-popper-content-wrapper]"].join(", ");

/** The style sheet that gives GraphiQL its colours: the system's ground, unless one was chosen. */
export function colourSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `body :is(${SURFACES}) { ${declarations("light")} }
     @media (prefers-color-scheme: dark) { body:not(.graphiql-light) :is(${SURFACES}) { ${declarations("dark")} } }
     body.graphiql-dark :is(${SURFACES}) { ${declarations("dark")} }`,
  );
  return sheet;
}

function declarations(ground: Ground): string {
  const colours = palette(ground);
  return Object.entries(VARIABLES)
    .map(([variable, token]) => `${variable}: ${hsl(colours[token] ?? "")};`)
    .join(" ");
}

/** How the editor sets its text; it measures characters, so it must be told and not styled. */
export const EDITOR_FACE: editor.IEditorOptions = {
  fontFamily: '"Masthead Mono", ui-monospace, monospace',
  fontSize: 14,
  // Its number would be dimmed beyond reading.
  renderFinalNewline: "off",
};

/** A theme of the editor: our code colours on our paper. */
export function editorTheme(ground: Ground): editor.IStandaloneThemeData {
  const { paper, sheet, ink, accent, rule, ...code } = palette(ground) as Record<string, string>;
  const wash = code["accent-wash"] ?? "";
  return {
    base: ground === "dark" ? "vs-dark" : "vs",
    inherit: true,
    colors: {
      "editor.background": `${paper}00`,
      "editor.foreground": `${ink}`,
      "editorLineNumber.foreground": code["ink-soft"] ?? "",
      "editorHoverWidget.background": `${paper}`,
      "editorSuggestWidget.background": `${paper}`,
      "editorSuggestWidget.selectedBackground": wash,
      "editorSuggestWidget.selectedForeground": `${ink}`,
      "editorWidget.background": `${paper}`,
      "editorWidget.border": `${rule}`,
      "input.background": `${sheet}`,
      "list.hoverBackground": wash,
      "list.highlightForeground": `${accent}`,
      "list.focusHighlightForeground": `${accent}`,
      "menu.background": `${paper}`,
      "quickInput.background": `${paper}`,
      "scrollbar.shadow": `${paper}00`,
      "textLink.foreground": `${accent}`,
      ...Object.fromEntries(BRACKETS.map((bracket) => [bracket, `${ink}`])),
      focusBorder: `${accent}`,
    },
    rules: Object.entries(RULES).map(([token, colour]) => ({ token, foreground: code[colour] ?? `${ink}` })),
  };
}

const BRACKETS = [1, 2, 3, 4, 5, 6].map((depth) => `editorBracketHighlight.foreground${depth}`);

// Tokens of monaco-graphql's and Monaco's JSON grammar.
const RULES: Readonly<Record<string, string>> = {
  "": "ink",
  "keyword.gql": "code-word",
  "key.identifier.gql": "ink",
  "type.identifier.gql": "code-name",
  "argument.identifier.gql": "code-name",
  "variable.gql": "code-number",
  "annotation.gql": "code-word",
  "string.gql": "code-text",
  "string.key.json": "code-name",
  "string.value.json": "code-text",
  "keyword.json": "code-word",
  "number.json": "code-number",
  string: "code-text",
  number: "code-number",
  comment: "code-note",
};
