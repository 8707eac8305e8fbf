import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What a server process has used since its start. */
export interface Usage {
  readonly processorMicros: number;
  /** Milliseconds in which its event loop was busy, and idle. */
  readonly active: number;
  readonly idle: number;
}

/** One server of `bench/servers` in a process of its own. */
export class ServerProcess {
  readonly name: string;
  readonly url: URL;
  readonly token: string;
  readonly certificate: string;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  /** The last of what it wrote to stderr. */
  readonly #complaints: () => string;

  private constructor(
    name: string,
    child: ChildProcess,
    lines: AsyncIterator<string>,
    place: { readonly url: string; readonly token: string; readonly certificate: string },
    complaints: () => string,
  ) {
    this.name = name;
    this.url = new URL(place.url);
    this.token = place.token;
    this.certificate = place.certificate;
    this.#child = child;
    this.#lines = lines;
    this.#complaints = complaints;
  }

  /**
   * Starts `servers/<script>.ts` and waits until it answers.
   * @param folder where it keeps its files; servers of one folder share a certificate
   * @param nodeOptions options of Node, such as `--cpu-prof`
   */
  static async start(options: {
    readonly name: string;
    readonly script: string;
    readonly arguments: readonly string[];
    readonly folder: string;
    readonly nodeOptions: readonly string[];
  }): Promise<ServerProcess> {
    const script = fileURLToPath(new URL(`./servers/${options.script}.ts`, import.meta.url));
    const child = spawn(process.execPath, [...options.nodeOptions, script, ...options.arguments], {
      cwd: options.folder,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-4_000);
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done === true) throw new Error(`${options.name} did not start:\n${complaints}`);
    return new ServerProcess(options.name, child, lines, JSON.parse(first.value), () => complaints);
  }

  get pid(): number {
    return this.#child.pid ?? Number.NaN;
  }

  async usage(): Promise<Usage> {
    const { processorMicros = Number.NaN, active = Number.NaN, idle = Number.NaN } = await this.ask('usage');
    return { processorMicros, active, idle };
  }

  /** Hands a word to the server and waits for its figures; see `servers/announce.ts`. One at a time. */
  async ask(word: string): Promise<Readonly<Record<string, number>>> {
    this.#child.stdin?.write(`${word}\n`);
    const line = await this.#lines.next();
    if (line.done === true) throw new Error(`${this.name} has ended:\n${this.#complaints()}`);
    return JSON.parse(line.value);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await ended;
  }
}
