// On paper: the words, without what can only be clicked.

import { test, expect } from '../desk/test.js';
import { ANSWERING } from '../desk/pages.js';

for (const { name, path } of ANSWERING) {
  test(`${name}: printed, it has its heading and no navigation`, async ({ page, desk }) => {
    await page.emulateMedia({ media: 'print' });
    await page.goto(path(desk));
    await expect(page.locator('h1')).toBeVisible();
    await expect(page.getByRole('navigation')).toHaveCount(0);
    await expect(page.locator('input:visible, button:visible')).toHaveCount(0);
  });
}
