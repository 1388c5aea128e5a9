// `/s/ID` and its like: an address for every item, which opens the article at the words.

import { test, expect } from '../desk/test.js';
import { target } from '../desk/article.js';

test('the permalink of a statement opens its article at its words', async ({ page, desk }) => {
  const article = desk.rows.filter(({ document }) => document.id === desk.by('Chimaliro').document.id);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 700 });
    for (const said of [article.reduce(earlier), article.reduce(later)]) {
      const response = await page.goto(`/s/${said.id}`);
      expect(response.status()).toBe(200);
      expect(page.url()).toMatch(new RegExp(`^${desk.origin}/articles/${said.document.id}#s-`));
      const shown = await target(page);
      expect(shown.isInSight).toBe(true);
      expect(words(shown.words)).toContain(words(said.content).slice(0, 12));
    }
  }
});

test('the permalink of an event opens its article at its words', async ({ page, desk }) => {
  const { rows } = await desk.json('/events.json?limit=5');
  await page.goto(`/v/${rows[0].id}`);
  expect(page.url()).toContain(`/articles/${rows[0].document.id}#`);
  const shown = await target(page);
  expect(shown.isInSight).toBe(true);
  expect(words(shown.words)).toContain(words(rows[0].trigger).slice(0, 12));
});

test('the permalinks of an article and of a speaker open their pages', async ({ page, desk }) => {
  const said = desk.by('Chimaliro');
  await page.goto(`/d/${said.document.id}`);
  await expect(page.locator('h1')).toContainText(said.document.title);
  await page.goto(`/e/${said.speakers[0].id}`);
  await expect(page.locator('h1')).toContainText('Chimaliro');
});

test('the permalink of a statement as JSON is its row', async ({ desk }) => {
  const said = desk.by('Chimaliro');
  const { ok, rows } = await desk.json(`/s/${said.id}.json`);
  expect(ok).toBe(true);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ id: said.id, content: said.content });
});

test('what was taken out tells who did it and why, wherever its permalinks stood', async ({ page, own, origins, watch }) => {
  watch.allow(/status of 410/);
  origins.push(own.origin);
  const said = own.by('Chimaliro');
  own.run('correct', '--who', 'Ida Moss', '--why', 'the wrong man', 'withdraw', said.document.id);
  for (const path of [`/s/${said.id}`, `/d/${said.document.id}`, `/articles/${said.document.id}`]) {
    const response = await page.goto(own.origin + path);
    expect(response.status(), path).toBe(410);
    await expect(page.getByRole('main')).toContainText(/taken out by Ida Moss .*: the wrong man/);
  }
  const answer = await fetch(`${own.origin}/s/${said.id}.json`);
  expect([answer.status, (await answer.json()).code]).toEqual([410, 'withdrawn']);
});

test('a permalink that nothing has is told to be one', async ({ page, watch }) => {
  watch.allow(/status of 404/);
  const response = await page.goto('/s/nothing');
  expect(response.status()).toBe(404);
  await expect(page.getByRole('main')).toContainText('nothing');
});

const earlier = (a, b) => (b.start < a.start ? b : a);
const later = (a, b) => (b.start > a.start ? b : a);

/** Without marks and the numbers of notes, which stand between the words. */
const words = (text) => text.replace(/[^\p{L} ]/gu, '').replace(/\s+/g, ' ');
