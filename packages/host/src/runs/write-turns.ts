import { problem } from '@joinery/problems';
import type { Clock } from '@joinery/runtime';
import type { Exporter } from '../export/exporter.ts';
import type { RunLog } from './run-log.ts';

/** How long a write waits for its turn before its caller is told to come back; callers give up after half a minute or so. */
const PATIENCE_MS = 10_000;

/**
 * The writes of a connector whose target takes none while an import reads it (host sheet 13.1 (17)). They wait; between two
 * pages the import lets those that wait go first, one batch after the other. A write whose turn does not come in time is
 * refused, and was certainly not sent.
 */
export class WriteTurns {
  readonly #exporter: Exporter;
  readonly #clock: Clock;
  #release: (() => void) | undefined;
  #held = false;

  constructor(exporter: Exporter, clock: Clock) {
    this.#exporter = exporter;
    this.#clock = clock;
  }

  /** Waits until the writes that were taken before are done; nothing new starts until {@link release}. */
  async hold(): Promise<void> {
    this.#held = true;
    this.#release = await this.#exporter.hold();
  }

  release(): void {
    this.#held = false;
    this.#release?.();
  }

  /** Called between two pages: lets the writes that wait now go, and no later ones, so that the import ends some time. */
  async between(log: RunLog): Promise<void> {
    const { waiting } = this.#exporter;
    if (!this.#held || waiting === 0) return;
    log.paused(waiting);
    await this.#exporter.hold();
  }

  /** @throws HOST_IMPORT_RUNNING */
  async write<T>(signal: AbortSignal, submit: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (!this.#held) return submit(signal);
    const patience = new AbortController();
    const abort = (): void => patience.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const cancel = this.#clock.timer(PATIENCE_MS, () => patience.abort(importRunning()));
    try {
      return await submit(patience.signal);
    } finally {
      cancel();
      signal.removeEventListener('abort', abort);
    }
  }
}

function importRunning(): Error {
  return problem('HOST_IMPORT_RUNNING', 'This target takes no writes while an import reads it.', {
    retryAfterSeconds: 10,
  });
}
