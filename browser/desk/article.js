// How the tests find their way in an article.

/** The statements of an article in the order of its words. */
export const inOrder = (desk, document) => desk.rows.filter((row) => row.document.id === document).sort((a, b) => a.start - b.start);

/** The permalink of the statement that the keys are at, or null. */
export function current(page) {
  return page.evaluate(() => {
    const at = document.activeElement?.closest('[data-item]') ?? document.querySelector('[data-item][aria-current]');
    return at?.dataset.item ?? null;
  });
}

/** What the page has of a statement: its note in the margin, or its row. */
export const statement = (page, said) => page.locator(`[data-item="${said.id}"]`).first();

/** The note of a statement with its forms shown. */
export async function open(page, said) {
  const note = statement(page, said);
  const summary = note.locator('summary').first();
  if ((await summary.count()) && !(await note.locator('details').first().evaluate((details) => details.open))) await summary.click();
  return note;
}

/** The log of a statement. */
export async function log(page, said) {
  return open(page, said);
}
