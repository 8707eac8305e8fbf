import type { HostMessage } from './protocol.ts';

/** A thread or process with a runner in it, as the host's side of the channel sees it. */
export interface Transport {
  /** @throws DataCloneError for what cannot be cloned */
  send(message: HostMessage): void;
  /** Ends it at once, whatever it is doing. `ended` follows when it is really gone. */
  kill(): void;
  /** While a call is on its way the runner keeps this process alive, otherwise not. */
  ref(): void;
  unref(): void;
}

export interface TransportEvents {
  readonly message: (message: unknown) => void;
  /** Called once. @param how a sentence part, e.g. `exited with code 3` */
  readonly ended: (how: string, cause: unknown) => void;
  /** A line that the connector wrote to its standard output or error. */
  readonly output: (line: string) => void;
}

export interface LaunchOptions {
  readonly name: string;
  /** Heap of the runner, in megabytes. */
  readonly heapMegabytes: number;
  readonly events: TransportEvents;
}

/** Starts a runner. */
export type Launch = (options: LaunchOptions) => Transport;
