import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/*
 * Work over many objects goes through far more memory than it holds. V8 lets its heap grow with what goes through, and keeps
 * it that large. These two bound the one and end the other.
 */

let collect: ((options: { readonly type: 'major'; readonly flavor: 'last-resort' }) => void) | undefined;
let bounded = 0;
let isNurseryBounded = false;

/** Bytes of both halves of the nursery. V8 would let it grow to four times that. */
const NURSERY_BYTES = 16 * 1024 * 1024;

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
 * on imports of 100,000 objects, 80 % saves 80 MB of 330, with the nursery bounded 20 MB more; 30 % costs a fifth of the rate.
 * Holds for the process.
 * @returns a function that ends it; the heap grows freely again when everybody who asked has ended
 */
export function boundHeapGrowth(): () => void {
  bounded += 1;
  if (bounded === 1) {
    setFlagsFromString('--heap-growing-percent=80');
    setFlagsFromString('--no-allocation-site-pretenuring');
  }
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    bounded -= 1;
    if (bounded > 0) return;
    setFlagsFromString('--heap-growing-percent=0');
    setFlagsFromString('--allocation-site-pretenuring');
    if (isNurseryBounded) setFlagsFromString('--semi-space-growth-factor=2');
    isNurseryBounded = false;
  };
}

/**
 * Keeps the nursery at a size that pages of objects go through without being kept for later, and lets it grow no further.
 * To be called now and then while {@link boundHeapGrowth} holds, because V8 lets it grow in steps and not back.
 */
export function boundNursery(): void {
  if (bounded === 0 || isNurseryBounded) return;
  const nursery = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  if (nursery === undefined || nursery.space_size < NURSERY_BYTES) return;
  setFlagsFromString('--semi-space-growth-factor=1');
  isNurseryBounded = true;
}
