import axe from "axe-core";
import type { Page } from "playwright-core";

/** What hinders readers: axe's words for how much. */
const GRAVE = new Set(["serious", "critical"]);

/**
 * Serious and critical findings of axe in the page, one line each. `rules` names the only rules to
 * look by. The script comes from outside, so that the page's policy stays on.
 */
export async function graveFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!await page.evaluate("'axe' in globalThis")) await page.evaluate(axe.source);
  const options = {
    resultTypes: ["violations"],
    ...(rules === undefined ? {} : { runOnly: { type: "rule", values: rules } }),
  };
  const result = await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)})`,
  ) as axe.AxeResults;
  return result.violations.filter(({ impact }) => GRAVE.has(impact ?? "")).map((violation) => {
    const [first] = violation.nodes;
    return `${violation.id}, ${violation.nodes.length} times: ${first?.html} (${first?.failureSummary})`;
  });
}
