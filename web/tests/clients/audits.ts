/** The GraphQL over HTTP audits of the reference implementation: every one, whether it says MUST, SHOULD or MAY. */
import { auditServer } from "graphql-http";
import type { Outcome } from "./outcome.ts";

export default async function audits(url: string): Promise<Outcome[]> {
  const results = await auditServer({ url });
  return results.map((result) => ({
    rule: `${result.id} ${result.name}`,
    fault: result.status === "ok" ? null : `${result.status}: ${result.reason}`,
  }));
}
