/** What the editor holds at the first visit: something that answers in this very publication. */
import { send } from "./send.ts";

interface Shape {
  readonly kind: string;
  readonly name: string | null;
  readonly ofType: Shape | null;
}

interface Reply {
  readonly data?: { readonly __schema: { readonly queryType: { readonly fields: readonly Field[] } } } | null;
}

interface Field {
  readonly name: string;
  readonly type: Shape;
}

const ASKED = "{ __schema { queryType { fields { name type { kind name ofType { kind name } } } } } }";
const FAVOURITE = "posts";

/** An operation over a connection of this publication; of any schema where the server does not say what it has. */
export async function firstQuery(): Promise<string> {
  const reply = (await send({ query: ASKED })) as Reply;
  const fields = reply.data?.__schema.queryType.fields ?? [];
  const connections = fields.filter(({ type }) => type.ofType?.name?.endsWith("Connection")).map(({ name }) => name);
  const name = connections.find((found) => found === FAVOURITE) ?? connections[0];
  const selection = name ? `${name}(first: 5) {\n    nodes {\n      id\n      path\n    }\n  }` : "__typename";
  return `# Ctrl-Enter runs it, Ctrl-Space completes.\n{\n  ${selection}\n}\n`;
}
