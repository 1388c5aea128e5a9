// A statement as a card in somebody else's page; nothing else may stand there.

import { createServer } from 'node:http';
import { test as served, expect } from '../desk/test.js';
import { violations } from '../desk/axe.js';

/** A page of another origin, with whatever body. */
const test = served.extend({
  elsewhere: async ({ origins }, use) => {
    const pages = {};
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(`<!DOCTYPE html><html lang="en"><title>Elsewhere</title><link rel="icon" href="data:,"><h1>Elsewhere</h1>${pages.body}`);
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    const origin = `http://localhost:${server.address().port}`;
    origins.push(origin);
    await use(async (page, body) => {
      pages.body = body;
      await page.goto(origin);
    });
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  },
});

test('a card stands in a page of another site, with the words, who said them and the way to the article', async ({ page, desk, elsewhere }) => {
  const said = desk.by('Chimaliro');
  await elsewhere(page, `<iframe title="Statement" width="480" height="320" src="${desk.origin}/embed/${said.id}"></iframe>`);
  const card = page.frameLocator('iframe');
  await expect(card.locator('blockquote')).toContainText(said.content.slice(0, 30));
  await expect(card.locator('body')).toContainText('Chimaliro');
  await expect(card.locator(`a[href$="/s/${said.id}"]`).first()).toBeVisible();
  await expect(card.locator('script')).toHaveCount(0);
});

test('a card fits and has no barrier, in light and in dark', async ({ page, desk }) => {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 390, height: 320 });
    expect((await page.goto(`/embed/${desk.by('Chimaliro').id}`)).status()).toBe(200);
    await expect(page).toHaveTitle(/\S/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
  }
});

test('a page that is no card stands in no page of another site', async ({ page, desk, elsewhere, watch }) => {
  watch.allow(/frame-ancestors/);
  await elsewhere(page, `<iframe title="Statements" src="${desk.origin}/statements"></iframe>`);
  await expect.poll(() => watch.seen.join()).toContain('frame-ancestors');
  await expect(page.frameLocator('iframe').locator('.masthead')).toHaveCount(0);
});

test('a page of another site changes nothing here', async ({ page, desk, elsewhere, watch }) => {
  watch.allow(/status of 403/);
  const item = desk.by('Chimaliro').id;
  await elsewhere(page, `<form method="post" action="${desk.origin}/corrections"><input name="item" value="${item}"><input name="kind" value="reject"><button>Go</button></form>`);
  const [response] = await Promise.all([page.waitForNavigation(), page.getByRole('button').click()]);
  expect(response.status()).toBe(403);
});
