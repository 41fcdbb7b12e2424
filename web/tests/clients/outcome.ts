/** What a suite says: each rule by name, and what is wrong with it. */
export interface Outcome {
  readonly rule: string;
  /** null: it holds. */
  readonly fault: string | null;
}

/** Every rule tried, in order; one that fails does not keep the others from being tried. */
export async function tried(rules: Readonly<Record<string, () => Promise<void>>>): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [rule, hold] of Object.entries(rules)) {
    const fault = await hold().then(
      () => null,
      (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
    outcomes.push({ rule, fault });
  }
  return outcomes;
}
