// How the tests find their way in an article: by what stands there for people, and by `data-item`, the permalink of what a note is about.

import { expect } from '@playwright/test';

/** The permalinks of what an article has notes on, in the order of the notes. */
export const notes = (page) => page.locator('li.note[data-item]').evaluateAll((all) => all.map((note) => note.dataset.item));

/** The permalink of the statement that the keys are at, or null. */
export function current(page) {
  const found = page.evaluate(() => {
    const at = document.activeElement?.closest('[data-item]') ?? document.querySelector('[data-item].current');
    return at?.dataset.item ?? null;
  });
  // A page that is being left is nowhere.
  return found.catch(() => null);
}

/** Presses j until the keys are at a statement. */
export async function goTo(page, said) {
  for (let left = (await notes(page)).length; left > 0 && (await current(page)) !== said.id; left--) await page.keyboard.press('j');
  await expect.poll(() => current(page)).toBe(said.id);
}

/** The note beside an article on a statement. */
export const note = (page, said) => page.locator(`li.note[data-item="${said.id}"]`);

/** The form that corrects a statement, shown. */
export async function form(page, said) {
  const details = note(page, said).locator('details.correct');
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
  return details.locator('form');
}

/** What stands behind the target of an address, to the end of its paragraph, and whether it is in sight. */
export function target(page) {
  return page.evaluate(() => {
    const target = document.querySelector(':target');
    if (!target) return null;
    const { top, bottom } = target.getBoundingClientRect();
    const words = document.createRange();
    words.setStartBefore(target);
    words.setEndAfter(target.closest('p, li, div'));
    return { isInSight: top >= 0 && bottom <= innerHeight, words: words.toString().replace(/\s+/g, ' ').trim() };
  });
}
