// A store → `onrecord serve` over a copy of it, until it is ended.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ONRECORD } from './store.js';

/** A server at work. */
export class Server {
  /** Serves the store `name` of the tests' folder, or the one at a path, as it is. */
  static async over(name, path = copied(name)) {
    const server = new Server();
    server.process = spawn(ONRECORD, ['serve', path, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(server.process, 'exit').then(([code]) => Promise.reject(new Error(`onrecord serve ended with ${code}`)));
    ended.catch(() => {});
    const [line] = await Promise.race([once(createInterface(server.process.stdout), 'line'), ended]);
    server.origin = new URL(line).origin;
    server.rows = await server.statements();
    return server;
  }

  /** What a path answers as JSON. */
  async json(path) {
    const response = await fetch(this.origin + path);
    if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
    return response.json();
  }

  /** Its statements, the newest first; not more than a few thousand. */
  async statements() {
    const rows = [];
    let next = '/statements.json?limit=1000&facets=false';
    while (next && rows.length < 5000) {
      const answer = await this.json(next);
      rows.push(...answer.rows);
      next = answer.next_url;
    }
    return rows;
  }

  /** The first statement that `name` is on record with. */
  by(name) {
    return this.rows.find(({ speakers }) => speakers.some((speaker) => speaker.name.includes(name)));
  }

  /** Ends it as Ctrl-C does, and says with what code it ended. */
  async end() {
    const ended = once(this.process, 'exit');
    this.process.kill('SIGINT');
    return (await ended)[0];
  }
}

/** A copy of a store, so that tests that change it do not meet. */
function copied(name) {
  const path = join(mkdtempSync(join(process.env.DESK, 'copy-')), name);
  copyFileSync(join(process.env.DESK, name), path);
  return path;
}
