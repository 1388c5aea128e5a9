// A page → what axe finds against WCAG 2.2, levels A and AA.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Each violation as a line: the rule, and the first elements that break it. */
export async function violations(page) {
  await page.evaluate(AXE);
  const options = { runOnly: { type: 'tag', values: TAGS }, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] };
  const found = await page.evaluate((options) => globalThis.axe.run(document, options), options);
  const first = (nodes) => nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} (${failureSummary})`).join(' | ');
  return found.violations.map(({ id, nodes }) => `${id}, ${nodes.length} times: ${first(nodes)}`);
}
