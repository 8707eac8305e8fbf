import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { ScimCaller } from './caller.ts';
import { type TestHome, TOKEN } from './home.ts';

/** A host in a process of its own that will be killed. */
export class Victim {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;
  readonly #lines: AsyncIterator<string>;

  /** @param failPoint where it kills itself, as `JOINERY_FAIL_POINT` takes it */
  constructor(home: TestHome, failPoint = '') {
    const program = fileURLToPath(new URL('./fault-host.ts', import.meta.url));
    this.child = spawn(process.execPath, [program, home.folder], {
      env: { ...process.env, JOINERY_FAIL_POINT: failPoint },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.exited = once(this.child, 'exit');
    onTestFinished(() => {
      this.child.kill('SIGKILL');
    });
    if (this.child.stdout === null) throw new Error('the child has no standard output');
    this.#lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async nextLine(): Promise<string | undefined> {
    const next = await this.#lines.next();
    return next.done === true ? undefined : next.value;
  }

  /** A caller of its connector, once it answers. */
  async connect(): Promise<ScimCaller> {
    const { url, certificate } = JSON.parse((await this.nextLine()) ?? '{}');
    const scim = new ScimCaller(url, certificate, TOKEN);
    onTestFinished(() => scim.close());
    return scim;
  }
}

/** The titles that the rows of the input file have, by anchor. */
export async function fileTitles(home: TestHome): Promise<Map<string, string[]>> {
  const titles = new Map<string, string[]>();
  const [header = '', ...lines] = (await readFile(home.file('CSV', 'InputFile.txt'), 'utf8')).trim().split('\n');
  const title = header.split(';').indexOf('Title');
  for (const line of lines) {
    const cells = line.split(';');
    const anchor = cells[0] ?? '';
    titles.set(anchor, [...(titles.get(anchor) ?? []), cells[title] ?? '']);
  }
  return titles;
}
