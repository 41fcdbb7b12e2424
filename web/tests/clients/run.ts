/**
 * One suite against a running server: `node run.ts SUITE URL [FILE]`, SUITE being audits, apollo, urql, relay, live or who,
 * URL that of `/graphql`, FILE the schema (relay reads it), the folder of posts (live writes there) or the secret
 * of the owner's link (who uses it). Prints `[{"rule", "fault"}]`.
 */
import type { Outcome } from "./outcome.ts";

type Suite = (url: string, sdl: string) => Promise<Outcome[]>;

const SUITES: Readonly<Record<string, () => Promise<{ readonly default: Suite }>>> = {
  apollo: () => import("./apollo.ts"),
  audits: () => import("./audits.ts"),
  live: () => import("./live.ts"),
  relay: () => import("./relay/relay.ts"),
  urql: () => import("./urql.ts"),
  who: () => import("./who.ts"),
};

const [name = "", url = "", sdl = ""] = process.argv.slice(2);
const suite = await SUITES[name]?.();
if (!suite) throw new Error(`there is no suite ${name}: ${Object.keys(SUITES).join(", ")}`);
console.log(JSON.stringify(await suite.default(url, sdl), null, 2));
