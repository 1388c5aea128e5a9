// A store → `onrecord serve` over it or over a copy of it, until it is ended.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ONRECORD } from './store.js';

/** A server at work. */
export class Server {
  /** Serves a copy of the store `name` of the tests' folder, so that tests which change it do not meet. */
  static async overCopy(name) {
    const folder = mkdtempSync(join(tmpdir(), 'onrecord-copy-'));
    copyFileSync(join(process.env.DESK, name), join(folder, name));
    return Server.over(join(folder, name), folder);
  }

  /** Runs the program on the store that is served: `correct`, with its words. */
  run(command, ...words) {
    return execFileSync(ONRECORD, [command, '--store', this.path, ...words], { encoding: 'utf8' });
  }

  /** Serves the store at a path as it is; removes `folder` when it ends. */
  static async over(path, folder) {
    const server = new Server();
    server.folder = folder;
    server.path = path;
    server.process = spawn(ONRECORD, ['serve', path, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    server.ended = once(server.process, 'exit');
    const early = server.ended.then(([code]) => Promise.reject(new Error(`onrecord serve ended with ${code}`)));
    try {
      const [line] = await Promise.race([once(createInterface(server.process.stdout), 'line'), early]);
      early.catch(() => {});
      server.origin = new URL(line).origin;
      server.rows = await server.statements();
      return server;
    } catch (error) {
      server.process.kill('SIGKILL');
      throw error;
    }
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
    this.process.kill('SIGINT');
    const [code] = await this.ended;
    if (this.folder) rmSync(this.folder, { recursive: true });
    return code;
  }
}
