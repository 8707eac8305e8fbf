import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { problem } from '@joinery/problems';
import { type Clock, siblingModule } from '@joinery/runtime';
import { ProtocolBatches } from './protocol-batches.ts';

/** What every stream to one data folder shares: only one thread may have the folder open. */
export interface PGliteFolder {
  readonly path: string;
  readonly clock: Clock;
  /** Milliseconds a statement may take. */
  statementMs: number;
  /** Settles once the thread of the stream before has ended. */
  previous: Promise<void>;
}

/**
 * A socket to PGlite: speaks the PostgreSQL wire protocol with a worker thread, so that `pg` drives both engines by the same code.
 * Destroying it ends the thread at once, even inside a statement; the next stream recovers the folder as after a crash.
 */
export class PGliteStream extends Duplex {
  readonly #folder: PGliteFolder;
  readonly #batches = new ProtocolBatches();
  #worker: Worker | undefined;
  #ended: Promise<void> = Promise.resolve();
  #stopTimer: () => void = () => {};
  #unanswered = 0;

  constructor(folder: PGliteFolder) {
    super();
    this.#folder = folder;
  }

  /** Called by `pg` in place of a TCP connect; emits `connect` when the engine is ready. */
  connect(): void {
    const previous = this.#folder.previous;
    let ended: () => void = () => {};
    this.#ended = new Promise((resolve) => {
      ended = resolve;
    });
    this.#folder.previous = this.#ended;
    previous.then(() => (this.destroyed ? ended() : this.#start(ended)));
  }

  #start(ended: () => void): void {
    const worker = new Worker(siblingModule(import.meta.url, './pglite-worker'), {
      workerData: this.#folder.path,
      // The engine's own notices go to the client by the protocol; its console output is noise.
      stdout: true,
      stderr: true,
    });
    this.#worker = worker;
    worker.on('message', (message: Uint8Array | 'ready') => {
      if (message === 'ready') this.emit('connect');
      else this.#answered(message);
    });
    worker.on('error', (cause) => this.destroy(engineFault(this.#folder.path, cause)));
    worker.on('exit', () => {
      ended();
      if (this.writableEnded) this.push(null);
      else this.destroy(engineFault(this.#folder.path, undefined));
    });
  }

  #answered(bytes: Uint8Array): void {
    this.#unanswered--;
    if (this.#unanswered === 0) this.#stopTimer();
    this.push(bytes);
  }

  #send(bytes: Uint8Array): void {
    for (const batch of this.#batches.push(bytes)) {
      this.#unanswered++;
      this.#stopTimer();
      this.#stopTimer = this.#folder.clock.timer(this.#folder.statementMs, () =>
        this.destroy(
          problem('STORE_STATEMENT_TIMEOUT', `A statement did not end within ${this.#folder.statementMs} ms.`),
        ),
      );
      this.#worker?.postMessage(batch);
    }
  }

  override _read(): void {}

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#send(chunk);
    done();
  }

  override _writev(chunks: { chunk: Uint8Array }[], done: (error?: Error | null) => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    done();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#stopTimer();
    this.#worker?.postMessage(null);
    this.#ended.then(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#stopTimer();
    if (this.#worker === undefined) done(error);
    else this.#worker.terminate().then(() => done(error), done);
  }

  /** TCP settings that `pg` makes on any stream; a thread has none. */
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    this.#worker?.ref();
    return this;
  }
  unref(): this {
    this.#worker?.unref();
    return this;
  }
}

/** WASI's numbers for "no room left": EFBIG, ENOSPC, EDQUOT. PGlite's file system throws them while it makes or opens a folder. */
const noRoom = new Set<unknown>([22, 51, 19]);

function engineFault(place: string, cause: unknown): Error {
  const isDiskFull = typeof cause === 'object' && cause !== null && 'errno' in cause && noRoom.has(cause.errno);
  return isDiskFull
    ? problem('STORE_DISK_FULL', 'There is no room left for the embedded database.', { place, cause })
    : problem('STORE_UNAVAILABLE', 'The embedded database stopped unexpectedly.', { place, cause });
}
