// What every test has: a server over a store of its own worker, and a watch on all that a browser does which it should not.

import { test as plain, expect } from '@playwright/test';
import { Server } from './server.js';

const served = (name) => async ({}, use) => {
  const server = await Server.overCopy(name);
  await use(server);
  expect(await server.end(), 'the code with which the server ends').toBe(0);
};

/** What a browser did: nothing of it is allowed unless a test says so. */
class Watch {
  seen = [];
  allowed = [];

  constructor(context, origins) {
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.seen.push(`console ${message.type()}: ${message.text()} (${message.location().url} on ${message.page()?.url()})`);
    });
    context.on('weberror', (error) => this.seen.push(`page error: ${error.error()}`));
    context.on('dialog', (dialog) => {
      this.seen.push(`dialog: ${dialog.message()}`);
      return dialog.dismiss();
    });
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol !== 'data:' && !origins.includes(url.origin)) this.seen.push(`request to elsewhere: ${url}`);
    });
  }

  /** What fits `pattern` may happen in this test. */
  allow(pattern) {
    this.allowed.push(pattern);
  }

  /** What happened that may not. */
  get wrong() {
    return this.seen.filter((line) => !this.allowed.some((pattern) => pattern.test(line)));
  }
}

export const test = plain.extend({
  desk: [served('ordinary.db'), { scope: 'worker' }],
  hostile: [served('hostile.db'), { scope: 'worker' }],
  /** A server of this test alone, for what changes the store. */
  own: served('ordinary.db'),
  /** Where pages may come from; a test that serves pages of its own adds to it. */
  origins: async ({}, use) => use([]),
  baseURL: async ({ desk }, use) => use(desk.origin),
  watch: [
    async ({ context, desk, origins }, use) => {
      origins.push(desk.origin);
      const watch = new Watch(context, origins);
      await use(watch);
      expect(watch.wrong, 'what the browser did that it should not').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
