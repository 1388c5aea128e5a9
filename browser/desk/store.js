// Articles → a store, made by the program that is tested: reader, weights and all.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { examples, found, hostile } from './articles.js';
import { inTexts } from './payloads.js';

/** The program. */
export const ONRECORD = process.env.ONRECORD || new URL('../../target/debug/onrecord', import.meta.url).pathname;

const run = (...words) => execFileSync(ONRECORD, words, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });

function made(store, articles) {
  const lines = `${store}.jsonl`;
  writeFileSync(lines, articles.map((article) => JSON.stringify(article) + '\n').join(''));
  run('add', '--store', store, lines);
}

/** The examples, as a desk would have them. */
export const makeOrdinary = (store) => made(store, examples());

/** What wants to run scripts: each payload as text, title, outlet, address, and as the name of a speaker, which a correction may be. */
export function makeHostile(store) {
  made(store, [...hostile(), ...found()]);
  const items = run('search', '--store', store, '--to', 'jsonl', 'board').trim().split('\n').map((line) => JSON.parse(line).id);
  const names = inTexts().map(({ text }) => text).filter((text) => !text.includes('\0'));
  for (let at = 0; at < names.length; at += 10) {
    const speakers = names.slice(at, at + 10).map((name) => `--to=${name}`);
    run('correct', '--store', store, '--who', 'tests', 'attribute', items[at / 10], ...speakers);
  }
}
