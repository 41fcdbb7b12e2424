/** What axe finds on a page. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** The violations, but for those that a library cannot be talked out of: each by its rule, with the reason. */
export async function violations(page: Page, excused: Readonly<Record<string, string>>): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).disableRules(Object.keys(excused)).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" ")}`);
}
