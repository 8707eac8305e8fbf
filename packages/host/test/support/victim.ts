import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { ScimCaller } from './caller.ts';
import { type TestHome, TOKEN } from './home.ts';

export interface VictimOptions {
  /** Where it kills itself, as `JOINERY_FAIL_POINT` takes it. */
  readonly failPoint?: string;
  /** Imports follow one another all the time. */
  readonly churn?: boolean;
}

/** A host in a process of its own that will be killed. */
export class Victim {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;
  readonly #lines: AsyncIterator<string>;
  #first: Promise<string | undefined> | undefined;

  constructor(home: TestHome, { failPoint = '', churn = false }: VictimOptions = {}) {
    const program = fileURLToPath(new URL('./fault-host.ts', import.meta.url));
    this.child = spawn(process.execPath, [program, home.folder, ...(churn ? ['churn'] : [])], {
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

  /** Resolves when its first imports are done. */
  async untilSettled(): Promise<void> {
    const line = await this.nextLine();
    if (line !== 'settled') throw new Error(`the victim said ${line}`);
  }

  /** A caller of one of its connectors, once it answers. */
  async connect(connector = 'CSV'): Promise<ScimCaller> {
    this.#first ??= this.nextLine();
    const { urls, certificate } = JSON.parse((await this.#first) ?? '{}');
    const scim = new ScimCaller(urls[connector], certificate, TOKEN);
    onTestFinished(() => scim.close());
    return scim;
  }
}
