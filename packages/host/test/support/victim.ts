import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type Json, ScimCaller } from './caller.ts';
import { type TestHome, TOKEN } from './home.ts';

export interface VictimOptions {
  /** Where it kills itself, as `JOINERY_FAIL_POINT` takes it. */
  readonly failPoint?: string;
  /** Imports follow one another all the time. */
  readonly churn?: boolean;
  /** Words that come before the command, e.g. those that give it a disk of its own. */
  readonly within?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A host in a process of its own that will be killed. */
export class Victim {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;
  readonly #lines: AsyncIterator<string>;
  #first: Promise<string> | undefined;
  #pid: number | undefined;

  constructor(home: TestHome, { failPoint = '', churn = false, within = [], env = {} }: VictimOptions = {}) {
    const program = fileURLToPath(new URL('./fault-host.ts', import.meta.url));
    const [first = '', ...rest] = [...within, process.execPath, program, home.folder, ...(churn ? ['churn'] : [])];
    this.child = spawn(first, rest, {
      env: { ...process.env, JOINERY_FAIL_POINT: failPoint, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.exited = once(this.child, 'exit');
    // Gone already when the test is: a command that it could not take any more is no fault.
    this.child.stdin?.on('error', () => {});
    onTestFinished(() => {
      this.child.kill('SIGKILL');
      if (this.#pid !== undefined && this.child.exitCode === null) kill(this.#pid);
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

  /** Sends a command of `fault-host.ts` and waits for its answer; one at a time, after {@link untilSettled}. */
  async ask(command: 'import' | 'status' | 'history' | 'close', connector: string): Promise<Json> {
    this.child.stdin?.write(`${command} ${connector}\n`);
    return JSON.parse((await this.nextLine()) ?? 'null');
  }

  /** Closes the host and waits for the end of its process. */
  async stop(): Promise<void> {
    this.child.stdin?.end('close \n');
    await this.exited;
    if (this.child.exitCode !== 0) throw new Error(`the victim ended with ${this.child.exitCode}`);
  }

  /** The process of the host itself, which may run inside another one. */
  async pid(): Promise<number> {
    const { pid } = await this.#begun();
    this.#pid = pid;
    return pid;
  }

  /** A caller of one of its connectors, once it answers. */
  async connect(connector = 'CSV'): Promise<ScimCaller> {
    const { urls, certificate } = await this.#begun();
    const scim = new ScimCaller(urls[connector] ?? '', certificate, TOKEN);
    onTestFinished(() => scim.close());
    return scim;
  }

  async #begun(): Promise<{ urls: Record<string, string>; certificate: string; pid: number }> {
    this.#first ??= this.nextLine().then((line) => line ?? '{}');
    return JSON.parse(await this.#first);
  }
}

/** Ends a process that may be gone already. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ESRCH') throw error;
  }
}
