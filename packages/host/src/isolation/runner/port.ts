import { PassThrough, type Readable } from 'node:stream';
import { parentPort, Worker } from 'node:worker_threads';
import { siblingModule } from '@joinery/runtime';
import type { HostMessage, RunnerMessage } from '../protocol.ts';

/** The runner's end of the channel. */
export interface Port {
  /** @throws DataCloneError for what cannot be cloned */
  post(message: RunnerMessage<unknown>): void;
  listen(take: (message: HostMessage) => void): void;
  /** What the connector prints, as far as the host does not see it by itself. */
  readonly output: readonly Readable[];
}

/** The channel that this thread or process was started with. */
export function hostPort(): Port {
  const port = parentPort;
  if (port !== null) {
    return {
      post: (message) => port.postMessage(message),
      listen: (take) => void port.on('message', take),
      output: [divert('stdout'), divert('stderr')],
    };
  }
  // A terminal and a service manager signal the whole group: the host ends its runners itself, after the writes on their way.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  new Worker(siblingModule(import.meta.url, './orphan-watch'), { workerData: process.argv[2] }).unref();
  // Nobody is left to answer to.
  process.on('disconnect', () => process.exit());
  return {
    post: (message) => {
      process.send?.(message, undefined, undefined, (error) => {
        if (error !== null) process.exit();
      });
    },
    listen: (take) => void process.on('message', (message) => take(asHostMessage(message))),
    output: [],
  };
}

/** A thread prints on the host's own output, where lines have a meaning; and one whose output the host reads keeps the host alive. */
function divert(name: 'stdout' | 'stderr'): Readable {
  const stream = new PassThrough();
  Object.defineProperty(process[name], 'write', { value: stream.write.bind(stream) });
  return stream;
}

/** What arrives was sent by the host's own code; the check keeps a program that forked this one by mistake from getting anywhere. */
function asHostMessage(message: unknown): HostMessage {
  if (isHostMessage(message)) return message;
  throw new TypeError('This program is started by a connector host.');
}

function isHostMessage(message: unknown): message is HostMessage {
  return (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    'call' in message &&
    typeof message.call === 'number' &&
    (message.type === 'call' || message.type === 'abort')
  );
}
