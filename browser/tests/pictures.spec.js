// The pages as pictures, for the README: made anew with UPDATE=1; without it, only that they are there and small.

import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { test, expect } from '../desk/test.js';

const FOLDER = new URL('../../docs/pictures/', import.meta.url).pathname;
const MOST_BYTES = 150_000;

const article = (desk) => `/articles/${desk.by('Chimaliro').document.id}`;
const WIDE = { width: 1440, height: 1000 };
const NARROW = { width: 390, height: 844 };

/** @type {{file: string, path: (desk: import('../desk/server.js').Server) => string, size: {width: number, height: number}, colorScheme?: 'dark'}[]} */
const PICTURES = [
  { file: 'article', path: article, size: WIDE },
  { file: 'article-narrow', path: article, size: NARROW },
  { file: 'article-dark', path: article, size: WIDE, colorScheme: 'dark' },
  { file: 'front', path: () => '/', size: WIDE },
  { file: 'statements', path: () => '/statements', size: WIDE },
  { file: 'statements-narrow', path: () => '/statements', size: NARROW },
  { file: 'speaker', path: (desk) => `/speakers/${desk.by('Chimaliro').speakers[0].id}`, size: WIDE },
  { file: 'timeline', path: () => '/timeline', size: WIDE },
  { file: 'map', path: () => '/map', size: WIDE },
];

for (const { file, path, size, colorScheme = 'light' } of PICTURES) {
  test(`the picture of ${file} is there and small`, async ({ page, desk }) => {
    const picture = `${FOLDER}${file}.webp`;
    if (process.env.UPDATE) {
      mkdirSync(FOLDER, { recursive: true });
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      expect((await page.goto(path(desk))).status()).toBe(200);
      const session = await page.context().newCDPSession(page);
      const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
      writeFileSync(picture, Buffer.from(data, 'base64'));
    }
    expect(existsSync(picture), `${picture}; UPDATE=1 makes it`).toBe(true);
    expect(statSync(picture).size).toBeLessThan(MOST_BYTES);
  });
}
