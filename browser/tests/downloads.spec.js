// What a page offers as JSON, CSV and a feed: it parses, and has the rows of the page.

import { test, expect } from '../desk/test.js';
import { csv } from '../desk/csv.js';
import { ANSWERING } from '../desk/pages.js';

const LISTS = ANSWERING.filter(({ name }) => !['the front page', 'ingest'].includes(name));
const MEDIA = { JSON: 'application/json', CSV: 'text/csv', Atom: 'application/atom+xml', GeoJSON: 'application/geo+json' };

for (const { name, path } of LISTS) {
  test(`${name}: JSON, CSV and feed parse and have the same rows`, async ({ page, desk }) => {
    await page.goto(path(desk));
    const others = await offered(page);
    expect(Object.keys(others)).toEqual(expect.arrayContaining(['JSON', 'CSV']));
    const answers = {};
    for (const [form, url] of Object.entries(others)) {
      const response = await page.request.get(url);
      expect(response.status(), url).toBe(200);
      expect(response.headers()['content-type']).toContain(MEDIA[form]);
      answers[form] = await response.text();
    }
    const { ok, rows, total } = JSON.parse(answers.JSON);
    expect(ok).toBe(true);
    if (typeof total === 'number') expect(total).toBeGreaterThanOrEqual(rows.length);
    const [columns, ...lines] = csv(answers.CSV);
    const id = columns.indexOf('id');
    // The table of an article is that of its statements.
    const listed = rows[0]?.record?.statements ?? rows;
    expect(lines).toHaveLength(listed.length);
    if (id >= 0 && listed === rows) expect(lines.map((cells) => cells[id])).toEqual(rows.map((row) => row.id));
    if (answers.GeoJSON) expect(JSON.parse(answers.GeoJSON).type).toBe('FeatureCollection');
    if (answers.Atom) expect(await entries(page, answers.Atom)).toBe(rows.length);
  });
}

test('a list of statements shows the very rows that its JSON has', async ({ page, desk }) => {
  await page.goto('/statements?q=talks');
  const shown = await page.locator('main [data-item]').evaluateAll((items) => items.map((item) => item.dataset.item));
  const { rows } = await desk.json('/statements.json?q=talks');
  expect(shown).toEqual(rows.map(({ id }) => id));
  expect(shown.length).toBeGreaterThan(1);
});

test('page by page, every statement comes once', async ({ page, desk }) => {
  const shown = [];
  await page.goto('/statements?limit=40');
  for (;;) {
    shown.push(...(await page.locator('main [data-item]').evaluateAll((items) => items.map((item) => item.dataset.item))));
    const next = page.getByRole('link', { name: 'More', exact: true });
    if ((await next.count()) === 0) break;
    await next.click();
  }
  expect(shown.sort()).toEqual(desk.rows.map(({ id }) => id).sort());
});

/** The same in other forms, as the head of the page says; the foot has to say the same. */
async function offered(page) {
  const links = (selector) => page.locator(selector).evaluateAll((all) => all.map((link) => [link.title || link.textContent, link.href]));
  const head = await links('head link[rel=alternate]');
  expect(await links('footer p:first-child a')).toEqual(head);
  return Object.fromEntries(head);
}

/** How many entries a feed has, each with what Atom asks of it. */
function entries(page, feed) {
  return page.evaluate((feed) => {
    const parsed = new DOMParser().parseFromString(feed, 'application/xml');
    if (parsed.querySelector('parsererror')) throw new Error(parsed.querySelector('parsererror').textContent);
    const all = [...parsed.querySelectorAll('feed > entry')];
    for (const entry of [parsed.documentElement, ...all]) {
      for (const name of ['id', 'title', 'updated']) {
        if (!entry.querySelector(`:scope > ${name}`)?.textContent) throw new Error(`no ${name} in ${entry.outerHTML}`);
      }
    }
    return all.length;
  }, feed);
}
