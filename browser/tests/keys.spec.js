// With the keyboard alone.

import { test, expect } from '../desk/test.js';
import { ANSWERING, SPEAKER } from '../desk/pages.js';
import { current, goTo, notes } from '../desk/article.js';

const MOST_TABS = 1500;

for (const { name, path } of ANSWERING) {
  test(`${name}: Tab reaches all that can be used, and shows where one is`, async ({ page, desk }) => {
    await page.goto(path(desk));
    const unmarked = await tabThrough(page);
    expect(unmarked, 'what has the focus without showing it').toEqual([]);
    const missed = await page.evaluate(() => {
      const usable = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
      const isChoice = (element) => element.type === 'radio';
      const all = [...document.querySelectorAll(usable)].filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && !isChoice(element));
      return all.filter((element) => element.tabIndex >= 0 && !globalThis.reached.has(element)).map((element) => element.outerHTML.slice(0, 120));
    });
    expect(missed, 'what Tab does not reach').toEqual([]);
  });
}

test('the first Tab offers to skip to the content', async ({ page }) => {
  await page.goto('/statements');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement.closest('main') !== null)).toBe(true);
});

test('/ goes to the search, where it is a character as any other', async ({ page }) => {
  await page.goto('/articles');
  await page.keyboard.press('/');
  // The search of the page itself goes before that of all statements.
  const search = page.locator('#q');
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('');
  await page.keyboard.type('24/7 jk');
  await expect(search).toHaveValue('24/7 jk');
});

test('? shows the keys in a dialog that keeps the focus until Esc closes it', async ({ page }) => {
  await page.goto('/statements');
  const link = page.locator('nav a').first();
  await link.focus();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  for (const key of ['/', 'j', 'k', 'n', 'p', 'a', 'r', 'e', 'u']) await expect(dialog.locator('kbd').filter({ hasText: new RegExp(`^${key}$`) })).toHaveCount(1);
  for (let tabs = 0; tabs < 8; tabs++) {
    await page.keyboard.press(tabs % 3 === 2 ? 'Shift+Tab' : 'Tab');
    // Beside the dialog, the focus may leave the page for the browser's own controls, where it is nowhere on the page.
    expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('dialog, [role=dialog]') !== null)).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(link).toBeFocused();
});

test('j and k go from note to note of an article, and the words come into sight', async ({ page, desk }) => {
  await page.goto(`/articles/${desk.by(SPEAKER).document.id}`);
  const all = await notes(page);
  for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
  await expect.poll(() => current(page)).toBe(all[1]);
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await expect.poll(() => current(page)).toBe(all[0]);
  await goTo(page, { id: all.at(-1) });
  await expect(page.locator(`li.note[data-item="${all.at(-1)}"]`)).toBeInViewport();
});

test('n and p go to the next and the last statement of the same speaker', async ({ page, desk }) => {
  const hers = desk.rows.filter(({ document, speakers }) => document.id === desk.by(SPEAKER).document.id && speakers.some(({ name }) => name.includes(SPEAKER)));
  await page.goto(`/articles/${hers[0].document.id}`);
  const inOrder = (await notes(page)).filter((id) => hers.some((said) => said.id === id));
  expect(inOrder.length).toBeGreaterThan(1);
  await goTo(page, { id: inOrder[0] });
  await page.keyboard.press('n');
  await expect.poll(() => current(page)).toBe(inOrder[1]);
  await page.keyboard.press('p');
  await expect.poll(() => current(page)).toBe(inOrder[0]);
});

test('j and k go from row to row of a list', async ({ page, desk }) => {
  const { rows } = await desk.json('/statements.json');
  await page.goto('/statements');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect.poll(() => current(page)).toBe(rows[1].id);
});

/** Presses Tab until the focus has been everywhere; what had it without an outline. The page remembers what was `reached`. */
async function tabThrough(page) {
  await page.evaluate(() => {
    globalThis.reached = new Set();
  });
  const unmarked = new Set();
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const at = document.activeElement;
      const { reached, last } = globalThis;
      globalThis.last = at;
      // A field for a date has several stops.
      if (at === document.body || at === document.documentElement || (reached.has(at) && at !== last)) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      const isMarked = reached.has(at) || (outlineStyle !== 'none' && outlineWidth !== '0px');
      reached.add(at);
      return { html: at.outerHTML.slice(0, 120), isMarked };
    });
    if (!at) break;
    if (!at.isMarked) unmarked.add(at.html);
  }
  return [...unmarked];
}
