// How the tests run: Debian's Chromium, without a sight of any network, two at a time.

import { defineConfig } from '@playwright/test';

// The time limits are for a machine that does other work beside: alone, no test takes ten seconds.
export default defineConfig({
  testDir: 'tests',
  outputDir: '../target/browser',
  globalSetup: './desk/setup.js',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 300_000,
  expect: { timeout: 20_000 },
  // What fails once on a busy machine is tried again, and told as such.
  retries: 1,
  reporter: [['dot']],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1', '--font-render-hinting=none'],
    },
  },
});
