// Pages are there at once. With `ONRECORD_STORE=FILE`, also over that store: the claim is made for 300,000 statements.

import { test, expect } from '../desk/test.js';
import { ANSWERING } from '../desk/pages.js';
import { Server } from '../desk/server.js';

const MOST_MILLIS = 1000;

for (const { name, path } of ANSWERING) {
  test(`${name}: the largest part is painted within a second`, async ({ page, desk }) => {
    expect(await bestPaint(page, path(desk))).toBeLessThan(MOST_MILLIS);
  });
}

test('the same over a large store', async ({ page, origins }) => {
  test.skip(!process.env.ONRECORD_STORE, 'not measured: ONRECORD_STORE names no store');
  test.setTimeout(300_000);
  const large = await Server.over(process.env.ONRECORD_STORE);
  origins.push(large.origin);
  const said = large.rows.find(({ speakers }) => speakers.length > 0);
  const desk = { by: () => said };
  const paints = [];
  for (const { name, path } of ANSWERING) {
    paints.push({ name, millis: await bestPaint(page, large.origin + path(desk)) });
  }
  console.table(paints);
  expect(paints.filter(({ millis }) => millis >= MOST_MILLIS)).toEqual([]);
  expect(await large.end()).toBe(0);
});

/** When the largest part of a page is painted, in milliseconds from its start: up to five times, since other work of the machine may come between. */
async function bestPaint(page, url) {
  let best = Infinity;
  for (let tries = 0; tries < 5 && best >= MOST_MILLIS; tries++) {
    await page.goto(url);
    best = Math.min(best, await page.evaluate(largestPaint));
  }
  return Math.round(best);
}

function largestPaint() {
  return new Promise((done) => {
    new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true });
  });
}
