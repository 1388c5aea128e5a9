// How the tests find their way in an article: by what stands there for people, and by `data-item`, the permalink of what a note is about.

/** The statements of an article in the order of its words. */
export const inOrder = (desk, document) => desk.rows.filter((row) => row.document.id === document).sort((a, b) => a.start - b.start);

/** The permalink of the statement that the keys are at, or null. */
export function current(page) {
  return page.evaluate(() => {
    const at = document.activeElement?.closest('[data-item]') ?? document.querySelector('[data-item][aria-current], [data-item].current');
    return at?.dataset.item ?? null;
  });
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
