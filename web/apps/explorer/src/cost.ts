/** What the last operation cost, as its Server-Timing says: docs/reference/graphql.md has the form. */
export type Cost = string;

/** `1 statement, 1.1 ms of SQL, planned anew, 1.8 ms in all`; empty where the server says nothing. */
export function readCost(serverTiming: string | null): Cost {
  const metrics = new Map(
    (serverTiming ?? "").split(",").map((metric) => {
      const [name = "", ...parameters] = metric.split(";").map((part) => part.trim());
      return [name, Object.fromEntries(parameters.map((each) => each.split("=").map(unquoted)))] as const;
    }),
  );
  const [total, sql, plan] = ["total", "sql", "plan"].map((name) => metrics.get(name));
  if (!total || !sql) return "";
  const planned = plan ? [plan.desc === "hit" ? "planned before" : "planned anew"] : [];
  return [sql.desc, `${milliseconds(sql.dur)} of SQL`, ...planned, `${milliseconds(total.dur)} in all`].join(", ");
}

function unquoted(text: string): string {
  return text.replace(/^"|"$/g, "");
}

function milliseconds(duration: string | undefined): string {
  return `${Number(duration).toFixed(1)} ms`;
}

const listeners = new Set<() => void>();
let last: Cost = "";

/** The last cost, for React's useSyncExternalStore. */
export const cost = {
  tell(told: Cost): void {
    last = told;
    for (const listener of listeners) listener();
  },
  read: (): Cost => last,
  listen(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
