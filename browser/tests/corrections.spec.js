// Corrections in the browser, with and without JavaScript: each is kept, told on the item, in the log and in the data, and taken back.

import { test as served, expect } from '../desk/test.js';
import { SPEAKER } from '../desk/pages.js';
import { current, inOrder, log, open, statement } from '../desk/article.js';

/** A server of the test's own, whose store it may change, and the statement that it changes. */
const test = served.extend({
  baseURL: ({ own }, use) => use(own.origin),
  said: async ({ own, origins }, use) => {
    origins.push(own.origin);
    await use(own.by(SPEAKER));
  },
});

const row = async (own, said) => (await own.json(`/s/${said.id}.json`)).rows[0];

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    for (const [button, status] of [['Accept', 'accepted'], ['Reject', 'rejected']]) {
      test(`${button} is kept, told and taken back`, async ({ page, own, said }) => {
        await page.goto(`/articles/${said.document.id}`);
        const note = await open(page, said);
        await note.getByRole('button', { name: button, exact: true }).click();
        await expect(statement(page, said)).toHaveAttribute('data-status', status);
        expect((await row(own, said)).status).toBe(status);
        await page.reload();
        await expect(statement(page, said)).toHaveAttribute('data-status', status);
        await expect(await log(page, said)).toContainText(status);
        await (await open(page, said)).getByRole('button', { name: /^Undo/ }).first().click();
        await expect(statement(page, said)).not.toHaveAttribute('data-status', status);
        expect((await row(own, said)).status).toBeNull();
      });
    }

    test('somebody else is made the speaker', async ({ page, own, said }) => {
      await page.goto(`/articles/${said.document.id}`);
      const note = await open(page, said);
      const speaker = note.getByLabel(/speaker|said by/i);
      await speaker.fill('Joseph Mwakyembo');
      await speaker.press('Enter');
      await expect.poll(async () => (await row(own, said)).speakers.map(({ name }) => name)).toEqual(['Joseph Mwakyembo']);
      await page.goto(`/articles/${said.document.id}`);
      await expect(await log(page, said)).toContainText('Joseph Mwakyembo');
    });

    test('other words are made what was said', async ({ page, own, said }) => {
      await page.goto(`/articles/${said.document.id}`);
      const note = await open(page, said);
      const words = note.getByLabel(/words/i);
      await words.fill('We came here with eleven open questions');
      await words.press('Enter');
      await expect.poll(async () => (await row(own, said)).content).toBe('We came here with eleven open questions');
      await page.reload();
      await expect(statement(page, said)).toContainText('We came here with eleven open questions');
    });
  });
}

test('a accepts, r rejects and u takes back where the keys are', async ({ page, own, said }) => {
  const article = inOrder(own, said.document.id);
  await page.goto(`/articles/${said.document.id}`);
  for (let at = article.findIndex(({ id }) => id === said.id); at >= 0; at--) await page.keyboard.press('j');
  await expect.poll(() => current(page)).toBe(said.id);
  for (const [key, status] of [['a', 'accepted'], ['u', null], ['r', 'rejected'], ['u', null]]) {
    await page.keyboard.press(key);
    await expect.poll(async () => (await row(own, said)).status, key).toBe(status);
  }
});

test('e opens what edits the words, and Esc leaves it', async ({ page, own, said }) => {
  const article = inOrder(own, said.document.id);
  await page.goto(`/articles/${said.document.id}`);
  for (let at = article.findIndex(({ id }) => id === said.id); at >= 0; at--) await page.keyboard.press('j');
  await page.keyboard.press('e');
  await expect.poll(() => page.evaluate(() => document.activeElement.matches('input, textarea, button, [role=slider]'))).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(() => current(page)).toBe(said.id);
  expect((await row(own, said)).content).toBe(said.content);
});

test('a correction is in the list of all corrections', async ({ own, page, said }) => {
  await page.goto(`/articles/${said.document.id}`);
  await (await open(page, said)).getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(statement(page, said)).toHaveAttribute('data-status', 'accepted');
  const { rows } = await own.json('/corrections.json');
  expect(rows.at(-1)).toMatchObject({ item: said.id, kind: 'accept' });
});
