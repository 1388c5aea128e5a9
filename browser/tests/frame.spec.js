// Every page, at three widths: it answers, has a title and one heading, is light, and fits.

import { test, expect } from '../desk/test.js';
import { PAGES } from '../desk/pages.js';

const MOST_BYTES = 100_000;

for (const { name, path, status = 200 } of PAGES) {
  test(`${name}: answers, has a title and one heading, weighs under 100 KB and fits on 1440, 1024 and 390 pixels`, async ({ page, desk, watch }) => {
    if (status !== 200) watch.allow(new RegExp(`status of ${status}`));
    const requests = [];
    page.on('requestfinished', (request) => requests.push(request));
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      const response = await page.goto(path(desk));
      expect(response.status()).toBe(status);
      await expect(page).toHaveTitle(/\S.* · onrecord$/);
      await expect(page.locator('h1')).toHaveCount(1);
      await expect(page.locator('h1')).not.toBeEmpty();
      await expect(page.locator('html')).toHaveAttribute('lang', 'en');
      await expect(page.getByRole('main')).toHaveCount(1);
      await expect(page.getByRole('navigation', { name: 'Sections' })).toHaveCount(1);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(beyond, `pixels beyond ${width}`).toBeLessThanOrEqual(0);
      if (width === 1440) expect(await weight(requests), 'bytes of all answers').toBeLessThan(MOST_BYTES);
    }
  });
}

test('every section of the navigation leads to a page that says where one is', async ({ page }) => {
  await page.goto('/statements');
  const sections = page.getByRole('navigation', { name: 'Sections' }).getByRole('link');
  const names = await sections.allTextContents();
  expect(names).toEqual(['Statements', 'Articles', 'Speakers', 'Events', 'Timeline', 'Map', 'Sources', 'Ingest', 'Read']);
  for (const name of names) {
    const response = await Promise.all([page.waitForNavigation(), sections.getByText(name, { exact: true }).click()]);
    expect(response[0].status(), name).toBe(200);
    await expect(page.locator('nav a[aria-current=page]')).toHaveText(name);
  }
});

test('every answer forbids what pages here never do', async ({ request, desk }) => {
  for (const { path } of PAGES) {
    const fields = (await request.get(path(desk))).headers();
    expect(fields['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(fields['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(fields['x-content-type-options']).toBe('nosniff');
    expect(fields['referrer-policy']).toBe('no-referrer');
  }
});

/** The bytes of all answers as they came over the wire, without their heads. */
async function weight(requests) {
  const sizes = await Promise.all(requests.map((request) => request.sizes()));
  return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
}
