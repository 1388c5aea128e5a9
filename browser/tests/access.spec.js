// Every page: nothing that axe holds against it, in light at full width and in dark on a telephone.

import { test, expect } from '../desk/test.js';
import { violations } from '../desk/axe.js';
import { PAGES } from '../desk/pages.js';

const LOOKS = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 390 },
];

for (const { name, path, status } of PAGES) {
  test(`${name}: no barrier by WCAG 2.2 AA, in light and in dark`, async ({ page, desk, watch }) => {
    if (status) watch.allow(new RegExp(`status of ${status}`));
    for (const { colorScheme, width } of LOOKS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path(desk));
      expect(await violations(page), `${colorScheme}, ${width} pixels`).toEqual([]);
    }
  });
}
