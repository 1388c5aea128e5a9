// examples/, payloads and ../shared/hostile → articles as JSON lines, as `onrecord add` takes them.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inTexts } from './payloads.js';

const ROOT = new URL('../..', import.meta.url).pathname;
const SHARED = process.env.SHARED || join(ROOT, '../shared');

/** Outlets for the examples, which would otherwise all come from one: as invented as the articles are. */
const OUTLETS = {
  'agency-diplomacy': 'Lakes Wire',
  'british-single-quotes': 'The Allerdale Post',
  'business-earnings': 'Harbour Ledger',
  'conflict-capitals': 'Lakes Wire',
  'court-report': 'Prairie Courier',
  interview: 'The Allerdale Post',
  'live-report': 'Western Coast Live',
  'magazine-feature': 'Prairie Courier',
};

/** The articles of examples/, with what their source.toml says of them. */
export function examples() {
  const folder = join(ROOT, 'examples');
  return readdirSync(folder).sort().map((name) => {
    const source = readFileSync(join(folder, name, 'source.toml'), 'utf8');
    const field = (key) => JSON.parse(new RegExp(`^${key} = (".*")$`, 'm').exec(source)[1]);
    return {
      id: name,
      title: field('title'),
      outlet: OUTLETS[name],
      published_at: field('published_at'),
      url: `https://desk.example/${name}`,
      text: readFileSync(join(folder, name, 'article.txt'), 'utf8'),
    };
  });
}

/** An article in which `text` stands wherever an article can have words: in a statement, as title, as outlet and in the address. */
function article(id, text, url) {
  const words = `“We saw ${text} on the board,” said Ada Quill, the town clerk.\n\n“It was a prank and no more than that,” Ms Quill told reporters in the hall.`;
  return { id, title: text, outlet: text, published_at: '2026-03-11', url, text: words };
}

/** An article for each payload. */
export function hostile() {
  return inTexts().map(({ n, kind, text }) => {
    return article(`payload-${n}`, text, kind === 'address' ? text : `https://desk.example/${n}?q=${text}`);
  });
}

/** The strings of ../shared/hostile, none where it is not there. */
export function foundStrings() {
  const file = join(SHARED, 'hostile/naughty-strings.txt');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
}

/** An article for each of these strings. */
export const found = () => foundStrings().map((text, at) => article(`found-${at}`, text, `https://desk.example/found/${at}?q=${text}`));
