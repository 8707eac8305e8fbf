import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Where a secret is typed, or comes from through a pipe. */
export type SecretSource = Readable & { readonly isTTY?: boolean; setRawMode?(on: boolean): unknown };

/** Control characters that a terminal in raw mode hands on instead of acting on them. */
const INTERRUPT = '\u0003';
const END = '\u0004';
const RUB_OUT = new Set(['\b', '\u007f']);

/**
 * Reads one line that is to be seen by nobody: a terminal does not echo it, and it never stands among the arguments of a process,
 * which every account of a machine can list.
 * @param prompt shown on a terminal only
 * @returns the line without its end; empty when there is none
 */
export async function readSecretLine(
  source: SecretSource,
  prompt: string,
  screen: Writable,
  signal: AbortSignal,
): Promise<string> {
  const typed = source.isTTY === true;
  if (typed) screen.write(prompt);
  source.setRawMode?.(true);
  const decoder = new StringDecoder('utf8');
  let line: string[] = [];
  const stop = (): void => void source.destroy(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    for await (const chunk of source) {
      for (const character of typeof chunk === 'string' ? chunk : decoder.write(chunk)) {
        if (character === '\n' || character === '\r' || (typed && character === END)) return line.join('');
        // Raw mode takes the signal away from Ctrl+C; it is meant all the same.
        if (typed && character === INTERRUPT) process.kill(process.pid, 'SIGINT');
        else if (typed && RUB_OUT.has(character)) line = line.slice(0, -1);
        else line.push(character);
      }
    }
    return line.join('');
  } finally {
    signal.removeEventListener('abort', stop);
    source.setRawMode?.(false);
    if (typed) screen.write('\n');
  }
}
