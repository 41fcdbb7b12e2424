/**
 * A double of the API process that we own: it answers `/graphql` from the committed SDL, serves two pictures, and
 * hands every other request to the site's Node process, which it starts. It keeps nothing.
 *
 *     node tests/fixture-api/server.ts [--port 8100] [--empty] [--more 1050] [--down]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { parseArgs } from "node:util";
import { buildSchema, graphql } from "graphql";
import { DIST, WEB } from "../../scripts/places.ts";
import { freePort } from "../story/free-port.ts";
import { publication } from "./resolvers.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8100" },
    empty: { type: "boolean", default: false },
    more: { type: "string", default: "0" },
    down: { type: "boolean", default: false },
  },
});
const port = Number(values.port);
const sitePort = await freePort();
const schema = buildSchema(readFileSync(`${WEB}/packages/client/schema.graphql`, "utf8"));
const rootValue = publication({ isEmpty: values.empty, more: Number(values.more) });
const site = startSite();

createServer((incoming, outgoing) => {
  const url = incoming.url ?? "/";
  if (url === "/graphql") void answer(incoming, outgoing);
  else if (url.startsWith("/assets/")) sendAsset(url, outgoing);
  else forward(incoming, outgoing);
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}`));

process.on("SIGTERM", () => stop());
process.on("SIGINT", () => stop());

function stop(): void {
  site.kill();
  process.exit(0);
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  if (values.down) {
    outgoing.writeHead(503).end();
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { query, variables, operationName } = JSON.parse(Buffer.concat(chunks).toString());
  const result = await graphql({ schema, rootValue, source: query, variableValues: variables, operationName });
  outgoing.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result));
}

function sendAsset(url: string, outgoing: ServerResponse): void {
  const name = url.split("/").at(-1);
  const file = new URL(`./assets/${name === "bars.svg" ? "bars.svg" : "press.svg"}`, import.meta.url);
  outgoing.writeHead(200, { "content-type": "image/svg+xml" }).end(readFileSync(file));
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { url, method, headers } = incoming;
  const onward = request({ host: "127.0.0.1", port: sitePort, path: url, method, headers }, (reply) => {
    outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(outgoing);
  });
  onward.on("error", () => outgoing.writeHead(502).end("the site is not up yet"));
  incoming.pipe(onward);
}

function startSite(): ChildProcess {
  const environment = { HOSTNAME: "127.0.0.1", PORT: String(sitePort), MASTHEAD_API_URL: `http://127.0.0.1:${port}` };
  return spawn(process.execPath, [`${DIST}/server.js`], { stdio: "inherit", env: { ...process.env, ...environment } });
}
