// Corrections in the browser, with and without JavaScript: each is kept, told on the item, in the log and in the data, and taken back.

import { test as served, expect } from '../desk/test.js';
import { current, form, goTo, note } from '../desk/article.js';
import { SPEAKER } from '../desk/pages.js';

/** A server of the test's own, whose store it may change, and the statement that it changes. */
const test = served.extend({
  baseURL: ({ own }, use) => use(own.origin),
  said: async ({ own, origins }, use) => {
    origins.push(own.origin);
    await use(own.by(SPEAKER));
  },
});

const row = async (own, said) => (await own.json(`/s/${said.id}.json`)).rows[0];
const status = async (own, said) => (await row(own, said)).status ?? null;

/** Fills in the form of a statement, signed, and sends it with a button. */
async function correct(page, said, button, fields = {}) {
  const shown = await form(page, said);
  await shown.getByLabel('Your name').fill('Ida Moss');
  await shown.getByLabel('Why').fill('heard the tape');
  for (const [name, value] of Object.entries(fields)) await shown.locator(`[name="${name}"]`).first().fill(String(value));
  await shown.getByRole('button', { name: button, exact: true }).first().click();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    for (const [button, kept] of [['Accept', 'accepted'], ['Reject', 'rejected']]) {
      test(`${button}: kept, told with who and why, and taken back`, async ({ page, own, said }) => {
        await page.goto(`/articles/${said.document.id}`);
        await correct(page, said, button);
        await expect(note(page, said)).toHaveAttribute('data-status', kept);
        expect(await status(own, said)).toBe(kept);
        await page.reload();
        await expect(note(page, said)).toHaveAttribute('data-status', kept);
        const shown = await form(page, said);
        await expect(shown.locator('ol.log > li')).toHaveText([/Ida Moss.*heard the tape/s]);
        await shown.getByLabel('Your name').fill('Bo Lind');
        await shown.locator('ol.log').getByRole('button').click();
        await expect(note(page, said)).not.toHaveAttribute('data-status', /./);
        expect(await status(own, said)).toBeNull();
        await page.reload();
        await expect((await form(page, said)).locator('ol.log > li')).toHaveText([/Ida Moss/, /Bo Lind/]);
      });
    }

    test('somebody else is made the speaker', async ({ page, own, said }) => {
      await page.goto(`/articles/${said.document.id}`);
      await correct(page, said, 'Attribute to this name', { speaker: 'Salim Ndaki' });
      await expect(note(page, said).locator('.who')).toContainText('Salim Ndaki');
      expect((await row(own, said)).speakers.map(({ name }) => name)).toEqual(['Salim Ndaki']);
      await page.reload();
      await expect(note(page, said).locator('.who')).toContainText('Salim Ndaki');
    });

    test('other words are made what was said', async ({ page, own, said }) => {
      await page.goto(`/articles/${said.document.id}`);
      const shown = await form(page, said);
      const start = Number(await shown.locator('[name="content.start"]').first().inputValue());
      await correct(page, said, 'Set these words', { 'content.end': start + 4 });
      await expect.poll(async () => (await row(own, said)).content.slice(0, 4)).toBe(said.content.slice(0, 4));
      await expect.poll(async () => (await row(own, said)).content.length).toBeLessThan(said.content.length);
      await page.reload();
      await expect((await form(page, said)).locator('[name="content.end"]').first()).toHaveValue(String(start + 4));
      await expect(note(page, said)).toHaveAttribute('data-status', 'edited');
    });

    test('a correction that nobody signs is not made', async ({ page, own, said }) => {
      await page.goto(`/articles/${said.document.id}`);
      const shown = await form(page, said);
      await shown.getByRole('button', { name: 'Accept', exact: true }).click();
      expect(await shown.getByLabel('Your name').evaluate((field) => field.validity.valueMissing)).toBe(true);
      expect(await status(own, said)).toBeNull();
    });
  });
}

test('the edge of the words is dragged to another word', async ({ page, own, said }) => {
  await page.goto(`/articles/${said.document.id}`);
  const shown = await form(page, said);
  const end = shown.locator('[name="content.end"]').first();
  const before = Number(await end.inputValue());
  const handle = page.getByRole('button', { name: /^End of the content/ }).first();
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x - 60, box.y + box.height / 2, { steps: 8 });
  await page.mouse.up();
  const after = Number(await end.inputValue());
  expect(after).toBeLessThan(before);
  await correct(page, said, 'Set these words');
  const kept = (await row(own, said)).content;
  // Between words, not within one.
  expect(said.content.startsWith(kept)).toBe(true);
  expect(said.content.slice(kept.length)).toMatch(/^[^\p{L}\p{N}]/u);
});

test('a correction is in the list of all corrections, as page, JSON and CSV', async ({ page, own, said }) => {
  await page.goto(`/articles/${said.document.id}`);
  await correct(page, said, 'Accept');
  await expect(note(page, said)).toHaveAttribute('data-status', 'accepted');
  await page.goto('/corrections');
  await expect(page.locator('tbody tr')).toHaveText([/Ida Moss.*heard the tape/s]);
  const { rows } = await own.json('/corrections.json');
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows[0])).toContain(said.id);
});

test.describe('by keys', () => {
  test.beforeEach(async ({ page, said }) => {
    await page.goto(`/articles/${said.document.id}`);
    // Who signs is remembered from the first correction on.
    await correct(page, said, 'Accept');
    await expect(note(page, said)).toHaveAttribute('data-status', 'accepted');
    await page.goto(`/articles/${said.document.id}`);
    await goTo(page, said);
  });

  test('u takes back, a accepts and r rejects where the keys are', async ({ page, own, said }) => {
    for (const [key, kept] of [['u', null], ['a', 'accepted'], ['r', 'rejected'], ['u', 'accepted']]) {
      await page.keyboard.press(key);
      await expect.poll(() => status(own, said), `after ${key}`).toBe(kept);
      await expect.poll(() => current(page)).toBe(said.id);
    }
  });

  test('e goes to what edits the words, and Esc leaves it as it was', async ({ page, own, said }) => {
    await page.keyboard.press('e');
    await expect.poll(() => page.evaluate(() => document.activeElement.matches('input, textarea, button, [role=slider]'))).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => current(page)).toBe(said.id);
    expect((await row(own, said)).content).toBe(said.content);
  });
});
