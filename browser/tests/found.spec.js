// The strings of ../shared/hostile, where they are: as text, title, outlet and address of articles, and as queries.

import { test, expect } from '../desk/test.js';
import { foundStrings } from '../desk/articles.js';
import { contained } from '../desk/contained.js';

test.use({ bypassCSP: true, baseURL: ({ hostile }, use) => use(hostile.origin) });
test.skip(foundStrings().length === 0, 'not tested: ../shared/hostile is not here');

test.beforeEach(async ({ context, origins, hostile }) => {
  origins.push(hostile.origin);
  await context.addInitScript(() => {
    globalThis.__xss = (n) => console.error(`payload ${n} ran`);
  });
});

const PARTS = 4;

for (let part = 0; part < PARTS; part++) {
  test(`articles made of them, part ${part + 1} of ${PARTS}`, async ({ page, hostile }) => {
    const found = hostile.rows.filter(({ document }) => document.url?.startsWith('https://desk.example/found/'));
    const ids = [...new Set(found.map(({ document }) => document.id))];
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids.filter((_, at) => at % PARTS === part)) {
      await page.goto(`/articles/${id}`);
      await contained(page);
    }
  });

  test(`queries made of them, part ${part + 1} of ${PARTS}`, async ({ page }) => {
    for (const text of foundStrings().filter((_, at) => at % PARTS === part)) {
      const response = await page.goto(`/statements?q=${encodeURIComponent(text.toWellFormed?.() ?? text)}`);
      expect(response.status(), text).toBe(200);
      await contained(page);
    }
  });
}
