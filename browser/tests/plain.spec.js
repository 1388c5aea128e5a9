// Without JavaScript: every page has all that it has, and every form works.

import { test, expect } from '../desk/test.js';
import { ANSWERING, SPEAKER } from '../desk/pages.js';

test.use({ javaScriptEnabled: false });

for (const { name, path } of ANSWERING) {
  test(`${name}: without JavaScript, the words are there`, async ({ page, desk }) => {
    const response = await page.goto(path(desk));
    expect(response.status()).toBe(200);
    await expect(page.locator('h1')).toBeVisible();
    expect((await page.getByRole('main').innerText()).length).toBeGreaterThan(40);
  });
}

test('without JavaScript, the search of the masthead finds', async ({ page }) => {
  await page.goto('/articles');
  await page.getByRole('search').getByRole('searchbox').fill('talks');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/statements\?q=talks$/);
  await expect(page.locator('main [data-item]').first()).toContainText(/talks/i);
});

test('without JavaScript, a facet narrows a search and is taken back', async ({ page }) => {
  await page.goto('/statements');
  const rows = page.locator('main [data-item]');
  const before = await page.locator('h1').textContent();
  const act = page.getByRole('complementary', { name: 'Narrow the search' }).getByRole('link', { name: 'deny', exact: true });
  await act.click();
  await expect(page).toHaveURL(/act=deny/);
  for (const words of await rows.locator('.act').allTextContents()) expect(words).toMatch(/\b(did not deny|denies)\b/);
  await expect(page.locator('.facets [aria-current=true]')).toHaveText('deny');
  await page.locator('.facets [aria-current=true]').click();
  await expect(page.locator('h1')).toHaveText(before);
});

test('without JavaScript, a search keeps its facets and dates', async ({ page }) => {
  await page.goto('/statements?act=say');
  await page.getByLabel('From').fill('2026-03-01');
  await page.getByLabel('to', { exact: true }).fill('2026-03-31');
  await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/from=2026-03-01/);
  await expect(page).toHaveURL(/act=say/);
  for (const time of await page.locator('main [data-item] time').all()) expect(await time.getAttribute('datetime')).toMatch(/^2026-03/);
});

test('without JavaScript, each layer of an article is shown and hidden', async ({ page, desk }) => {
  await page.goto(`/articles/${desk.by(SPEAKER).document.id}`);
  const layers = page.getByRole('group', { name: 'Marked' }).getByRole('checkbox');
  expect(await layers.count()).toBeGreaterThan(2);
  const marks = () => page.locator('.text .g').evaluateAll((all) => all.map((one) => [getComputedStyle(one), getComputedStyle(one, '::after')].map(({ backgroundColor, backgroundImage, textDecorationLine, borderBottom, boxShadow }) => [backgroundColor, backgroundImage, textDecorationLine, borderBottom, boxShadow].join())).join());
  const shown = await marks();
  for (const layer of await layers.all()) {
    await layer.uncheck();
    expect(await marks(), 'the marks without a layer').not.toBe(shown);
    await layer.check();
    expect(await marks()).toBe(shown);
  }
});
