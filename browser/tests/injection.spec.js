// 200 payloads as text, title, outlet, address, speaker and query: none runs, none becomes an element. The pages' Content-Security-Policy is off here,
// so that escaping alone has to hold; what it forbids is held in frame.spec.js.

import { test, expect } from '../desk/test.js';
import { contained, words } from '../desk/contained.js';
import { inTexts, payloads } from '../desk/payloads.js';
import { csv } from '../desk/csv.js';

test.use({ bypassCSP: true, baseURL: ({ hostile }, use) => use(hostile.origin) });

test.beforeEach(async ({ context, hostile, origins }) => {
  origins.push(hostile.origin);
  await context.addInitScript(() => {
    globalThis.__xss = (n) => console.error(`payload ${n} ran`);
  });
});

const KINDS = [...new Set(payloads().map(({ kind }) => kind))];
const ofKind = (kind) => inTexts().filter((payload) => payload.kind === kind);

test('there are 200 payloads, and a page that is careless would be caught', async ({ page, watch }) => {
  expect(payloads()).toHaveLength(200);
  await page.goto('/statements?limit=1');
  const event = ofKind('event')[0].text;
  await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html + '<img src=x onerror=alert(0)><img src="//evil.example/0.png">'), event);
  await expect.poll(() => watch.seen.join('\n')).toMatch(/payload \d+ ran|dialog: \d+/);
  await expect.poll(() => watch.seen.join('\n')).toContain('dialog: 0');
  await expect.poll(() => watch.seen.join('\n')).toContain('request to elsewhere');
  await expect(contained(page)).rejects.toThrow('elements made of words');
  watch.allow(/./);
});

for (const kind of KINDS.filter((kind) => kind !== 'bytes')) {
  test(`${kind}: in text, title, outlet and address of an article`, async ({ page, hostile }) => {
    const ids = articles(hostile);
    for (const { n, text } of ofKind(kind)) {
      await page.goto(`/articles/${ids.get(words(text))}`);
      const shown = await contained(page, text);
      expect(words(shown.title), `title of payload ${n}`).toContain(words(text).slice(0, 60));
    }
  });

  test(`${kind}: in a card`, async ({ page, hostile, watch }) => {
    // A card names no icon, and its policy, which is off here, lets none be loaded.
    watch.allow(/favicon\.ico/);
    for (const { text } of ofKind(kind)) {
      const said = hostile.rows.find(({ document }) => words(document.title ?? '') === words(text));
      expect(said, `a statement in the article of ${text}`).toBeTruthy();
      await page.goto(`/embed/${said.id}`);
      await contained(page, said.content);
    }
  });

  test(`${kind}: as the name of a speaker`, async ({ page, hostile }) => {
    const speakers = hostile.rows.flatMap((row) => row.speakers);
    for (const { text } of ofKind(kind)) {
      const speaker = speakers.find(({ name }) => words(name) === words(text));
      if (!speaker) continue;
      await page.goto(`/speakers/${speaker.id}`);
      await contained(page, speaker.name);
    }
  });
}

for (const kind of KINDS) {
  test(`${kind}: as a query, a parameter and an address`, async ({ page, watch }) => {
    watch.allow(/status of 4\d\d/);
    for (const { n, text } of payloads().filter((payload) => payload.kind === kind)) {
      const written = kind === 'bytes' ? text : encodeURIComponent(text);
      await page.goto(`/statements?q=${written}`);
      await contained(page);
      // A field of one line drops what would end it.
      if (kind !== 'bytes') expect(bare(await page.locator('main input[name=q]').inputValue())).toBe(bare(text));
      const path = [`/statements?${written}=1`, `/statements?from=${written}`, `/nothing/${written}`][n % 3];
      const response = await page.goto(path);
      expect([400, 404], path).toContain(response.status());
      expect(response.headers()['set-cookie']).toBeUndefined();
      await contained(page);
    }
  });
}

for (const path of ['/statements', '/articles', '/speakers', '/sources', '/events', '/timeline', '/map', '/']) {
  test(`all at once: ${path}`, async ({ page }) => {
    await page.goto(path === '/statements' || path === '/articles' ? `${path}?limit=1000` : path);
    await contained(page);
    await page.waitForTimeout(200);
  });
}

test('JSON has them as they are', async ({ hostile }) => {
  const titles = new Set(hostile.rows.map(({ document }) => words(document.title ?? '')));
  expect(inTexts().filter(({ text }) => !titles.has(words(text)))).toEqual([]);
});

test('CSV stays in its cells, and no cell begins as a formula does', async ({ request }) => {
  const response = await request.get('/statements.csv?limit=1000');
  expect(response.headers()['content-type']).toContain('text/csv');
  const rows = csv(await response.text());
  expect(rows).toHaveLength(1001);
  const formulas = rows.slice(1).flat().filter((cell) => /^[=+\-@\t\r]/.test(cell) && !/^-[\d.]+$/.test(cell));
  expect(formulas).toEqual([]);
});

test('a feed has them as text', async ({ page }) => {
  const response = await page.request.get('/statements.atom?limit=1000');
  expect(response.status()).toBe(200);
  const feed = await response.text();
  await page.goto('/statements?limit=1');
  const found = await page.evaluate((feed) => {
    const parsed = new DOMParser().parseFromString(feed, 'application/xml');
    const strange = [...parsed.querySelectorAll('*')].filter(({ namespaceURI }) => namespaceURI !== 'http://www.w3.org/2005/Atom');
    const links = [...parsed.querySelectorAll('link, [href]')].map((link) => new URL(link.getAttribute('href'), document.baseURI).protocol);
    return { error: parsed.querySelector('parsererror')?.textContent, strange: strange.map(({ outerHTML }) => outerHTML), links: [...new Set(links)] };
  }, feed);
  expect(found).toEqual({ error: undefined, strange: [], links: ['http:'] });
});

/** Without any white space. */
const bare = (text) => words(text).replaceAll(' ', '');

/** Articles by their titles. */
function articles(hostile) {
  return new Map(hostile.rows.map(({ document }) => [words(document.title ?? ''), document.id]));
}
