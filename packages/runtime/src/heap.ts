import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/*
 * Work over many objects goes through far more memory than it holds. V8 lets its heap grow with what goes through, and keeps
 * it that large. These two bound the one and end the other.
 */

let collect: ((options: { readonly type: 'major'; readonly flavor: 'last-resort' }) => void) | undefined;
let bounded = 0;

/**
 * Gives the memory back that a long piece of work has left to V8. Stands still for about a millisecond for each megabyte that
 * is alive: for the end of work over many objects, not for requests.
 */
export function collectGarbage(): void {
  if (collect === undefined) {
    // Only contexts that are made while the flag is set have the function; the program's own never does.
    setFlagsFromString('--expose-gc');
    const found: unknown = runInNewContext('gc');
    setFlagsFromString('--no-expose-gc');
    collect = typeof found === 'function' ? (options) => void found(options) : () => {};
  }
  collect({ type: 'major', flavor: 'last-resort' });
}

/**
 * Lets the heap grow by no more than a fraction of what is alive before it is collected, instead of to a multiple. Measured
 * on imports of 100,000 objects, 80 % costs no time and saves 80 MB of 330; 30 % saves 20 MB more and costs a fifth of the
 * rate. Holds for the process.
 * @returns a function that ends it; the heap grows freely again when everybody who asked has ended
 */
export function boundHeapGrowth(): () => void {
  bounded += 1;
  if (bounded === 1) setFlagsFromString('--heap-growing-percent=80');
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    bounded -= 1;
    if (bounded === 0) setFlagsFromString('--heap-growing-percent=0');
  };
}
