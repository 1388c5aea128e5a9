// Before all tests: the stores that they read, in a folder that goes away after them. `STORES=FOLDER` keeps the stores and takes them up again.

import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foundStrings } from './articles.js';
import { makeHostile, makeOrdinary, ONRECORD } from './store.js';

export default function setup() {
  if (!existsSync(ONRECORD)) throw new Error(`there is no program at ${ONRECORD}; cargo build -p onrecord-cli --features failpoints`);
  const kept = process.env.STORES;
  const folder = kept || mkdtempSync(join(tmpdir(), 'onrecord-browser-'));
  mkdirSync(folder, { recursive: true });
  process.env.DESK = folder;
  for (const [name, make] of [['ordinary.db', makeOrdinary], ['hostile.db', makeHostile]]) {
    if (!existsSync(join(folder, name))) make(join(folder, name));
  }
  const found = foundStrings().length;
  console.log(found ? `with ${found} strings of ../shared/hostile` : 'without the strings of ../shared/hostile: they are not here');
  return () => kept || rmSync(folder, { recursive: true });
}
