import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { dirname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { problem } from '@joinery/problems';
import { faultOf } from '../engine/failure.ts';
import { systemCode } from '../world/file-failure.ts';
import type { Grant } from '../world/granted-paths.ts';
import { isAnswer, jsonParts } from './answer-form.ts';
import { FrameReader } from './frames.ts';
import { processMemory } from './process-memory.ts';
import { type Answer, channels } from './protocol.ts';
import { stackFlags } from './stack-size.ts';

/** Where the sources run as they are: the repository. */
const sources = fileURLToPath(new URL('../../../../', import.meta.url));

/** Characters of what the child printed that are kept: enough for V8's last words. */
const keptOutput = 16_384;

/** @property program what the child runs: see `childProgram` */
export interface ScriptProcessOptions {
  readonly program: string;
  readonly grants: readonly Grant[];
  readonly memoryBytes: number;
}

/** How a process ended that was not asked to. */
export interface Ended {
  /** A sentence part, e.g. `exited with code 3`. */
  readonly how: string;
  readonly isOutOfMemory: boolean;
  readonly output: string;
}

/**
 * One child process in which scripts run. It may read its own program and what is granted, write what is granted, and nothing else:
 * no processes, no threads, no add-ons, no network, no environment (Node's permission model, below the engine's own checks).
 */
export class ScriptProcess {
  readonly #child: ChildProcess;
  readonly #requests: Socket;
  readonly #cancel: Socket;
  readonly #answers: AsyncGenerator<Answer, void>;
  readonly gone: Promise<Ended>;
  #printed = '';

  constructor({ program, grants, memoryBytes }: ScriptProcessOptions) {
    this.#child = spawn(process.execPath, [...flags(program, grants, memoryBytes), program], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
      env: childEnvironment(),
      windowsHide: true,
    });
    this.#requests = this.#socket(channels.requests);
    this.#cancel = this.#socket(channels.cancel);
    this.#answers = readAnswers(this.#socket(channels.answers), Math.ceil(memoryBytes / partBytes));
    this.gone = this.#watchEnd();
    // A child that is gone takes no more: `gone` says so.
    for (const socket of [this.#requests, this.#cancel]) socket.on('error', () => {});
    this.unref();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** @param request a frame */
  send(request: Buffer): void {
    this.#requests.write(request);
  }

  /** The next answer; `undefined` once the process is gone. The child waits while nobody asks. */
  async next(): Promise<Answer | undefined> {
    const { value, done } = await this.#answers.next();
    return done === true ? undefined : value;
  }

  /** Asks the script that runs to end. */
  cancel(): void {
    this.#cancel.write('x');
  }

  /** Ends the process at once, whatever it does. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Lets go of what a process that is gone wrote and nobody read. */
  discard(): void {
    for (const socket of this.#sockets()) socket.destroy();
  }

  /** Its resident memory, where the system tells it. */
  memory(): number | undefined {
    return this.#child.pid === undefined ? undefined : processMemory(this.#child.pid);
  }

  /** A process that waits for work does not keep this program running. */
  unref(): void {
    this.#child.unref();
    for (const socket of this.#sockets()) socket.unref();
  }

  ref(): void {
    this.#child.ref();
    for (const socket of this.#sockets()) socket.ref();
  }

  #sockets(): Socket[] {
    return this.#child.stdio.filter((stream) => stream instanceof Socket);
  }

  #socket(channel: number): Socket {
    const stream = this.#child.stdio[channel];
    if (!(stream instanceof Socket)) throw new TypeError(`channel ${channel} is no pipe`);
    return stream;
  }

  /** Does not wait for the other pipes: an answer that nobody reads keeps one open. */
  async #watchEnd(): Promise<Ended> {
    const printed = this.#child.stderr;
    printed?.setEncoding('utf8').on('data', (text: string) => {
      this.#printed = (this.#printed + text).slice(-keptOutput);
    });
    const allPrinted = printed === null ? undefined : once(printed, 'close');
    try {
      const [code, signal] = await once(this.#child, 'exit');
      await allPrinted;
      return this.#ended(signal === null ? `exited with code ${code}` : `was ended by ${signal}`);
    } catch (error) {
      return this.#ended(`could not be started: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #ended(how: string): Ended {
    const isOutOfMemory = /heap out of memory|Allocation failed|Array buffer allocation/.test(this.#printed);
    return { how, isOutOfMemory, output: this.#printed };
  }
}

function flags(program: string, grants: readonly Grant[], memoryBytes: number): string[] {
  return [
    '--permission',
    ...allowed('--allow-fs-read', [program.endsWith('.ts') ? sources : dirname(program), ...grants.map(pathOf)]),
    ...allowed('--allow-fs-write', grants.filter(({ access }) => access === 'write').map(pathOf)),
    `--max-old-space-size=${Math.ceil(memoryBytes / 2 ** 20)}`,
    ...stackFlags(),
    '--no-warnings',
  ];
}

function pathOf({ path }: Grant): string {
  return path;
}

/**
 * Node forgets a folder that is named after one inside it; and one inside it need not be named. It also loses a folder whose
 * path begins the path of another (`/data` beside `/data2`), unless everything that begins so is allowed, and that first: the
 * engine's own check, above Node's, then tells them apart.
 */
function allowed(flag: string, paths: readonly string[]): readonly string[] {
  const outermost = paths.filter(
    (path) => !paths.some((other) => other !== path && path.startsWith(withSeparator(other))),
  );
  const beginsAnother = (path: string): boolean => outermost.some((other) => other !== path && other.startsWith(path));
  return [
    ...outermost.filter(beginsAnother).map((path) => `${flag}=${path}*`),
    ...outermost.filter((path) => !beginsAnother(path)).map((path) => `${flag}=${path}`),
  ];
}

function withSeparator(path: string): string {
  return path.endsWith(sep) ? path : path + sep;
}

/** The time zone, and what Windows needs to start a program at all. */
function childEnvironment(): Record<string, string> {
  return Object.fromEntries(
    ['TZ', 'SystemRoot'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** Bytes of memory that a part of an answer may take on this side, where it is small: an empty list in a list. */
const partBytes = 128;

async function* readAnswers(stream: Socket, mostParts: number): AsyncGenerator<Answer, void> {
  const reader = new FrameReader((body) => {
    if (body.length <= mostParts || jsonParts(body, mostParts) <= mostParts) return;
    throw problem('POWERSHELL_OUTPUT_LIMIT', `One value that it wrote has more than ${mostParts} parts.`);
  });
  try {
    for await (const piece of stream) {
      for (const message of reader.push(piece)) {
        if (!isAnswer(message)) throw new TypeError('the script process sent something that is no answer');
        yield message;
      }
    }
  } catch (error) {
    // `discard`: nothing more is to come.
    if (systemCode(error) !== 'ERR_STREAM_PREMATURE_CLOSE') throw faultOf(error);
  }
}
