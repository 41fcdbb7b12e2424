/** GraphiQL over this server's own `/graphql`, or `/graphql/draft`. Nothing is fetched from anywhere else. */
import "./workers.ts";
import { GraphiQL } from "graphiql";
import { useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { colourSheet, EDITOR_FACE, EDITOR_THEMES, editorTheme } from "./colours.ts";
import { cost } from "./cost.ts";
import { firstQuery } from "./first-query.ts";
import { send } from "./send.ts";

const { editor } = await import("monaco-graphql/esm/monaco-editor.js");
editor.defineTheme(EDITOR_THEMES.light, editorTheme("light"));
editor.defineTheme(EDITOR_THEMES.dark, editorTheme("dark"));
editor.onDidCreateEditor((made) => made.updateOptions(EDITOR_FACE));
document.adoptedStyleSheets.push(colourSheet());

function LastCost() {
  return <output className="cost">{useSyncExternalStore(cost.listen, cost.read)}</output>;
}

const page = document.querySelector("#page");
if (!page) throw new Error("graphiql.html has no #page");
createRoot(page).render(
  <GraphiQL fetcher={send} defaultQuery={await firstQuery()} editorTheme={EDITOR_THEMES}>
    <GraphiQL.Logo>
      <a className="wordmark" href="/">
        Masthead
      </a>{" "}
      <a href="/api/docs">REST</a>
    </GraphiQL.Logo>
    <GraphiQL.Footer>
      <LastCost />
    </GraphiQL.Footer>
  </GraphiQL>,
);
