import { readFileSync } from 'node:fs';

/** Megabytes of stack that the system gives a process where nothing else is known: Linux and macOS. */
const usualKilobytes = 8192;
/** What V8 must leave free for code that is not its own. */
const reserveKilobytes = 1024;

/**
 * Kilobytes of stack that V8 may use in a child process, `undefined` for its own choice of just under one megabyte. A script of
 * the allowed depth of calls must find room; more than the system gives would end the process.
 */
export function stackKilobytes(wanted: number): number | undefined {
  // Windows fixes the stack when the program is built.
  if (process.platform === 'win32') return undefined;
  const available = Math.min(systemKilobytes(), 64 * 1024);
  const usable = Math.min(wanted, available - reserveKilobytes);
  return usable > 1024 ? usable : undefined;
}

function systemKilobytes(): number {
  if (process.platform !== 'linux') return usualKilobytes;
  const soft = /^Max stack size\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  // No figure means no limit.
  return soft === undefined ? usualKilobytes : Math.floor(Number(soft) / 1024);
}
