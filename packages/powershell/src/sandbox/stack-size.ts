import { readFileSync } from 'node:fs';

/** Megabytes of stack that the system gives a process where nothing else is known: Linux and macOS. */
const usualKilobytes = 8192;
/** What V8 must leave free for code that is not its own. */
const reserveKilobytes = 1024;
/** Room for a thousand nested calls of script functions. */
const wantedKilobytes = 7168;

/**
 * The flag for the stack that V8 may use in a child process; none for its own choice of just under one megabyte. A script of
 * the allowed depth of calls must find room; more than the system gives would end the process.
 */
export function stackFlags(): readonly string[] {
  // Windows fixes the stack when the program is built.
  if (process.platform === 'win32') return [];
  const usable = Math.min(wantedKilobytes, systemKilobytes() - reserveKilobytes);
  return usable > 1024 ? [`--stack-size=${usable}`] : [];
}

function systemKilobytes(): number {
  if (process.platform !== 'linux') return usualKilobytes;
  const soft = /^Max stack size\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  // No figure means no limit.
  return soft === undefined ? usualKilobytes : Math.floor(Number(soft) / 1024);
}
