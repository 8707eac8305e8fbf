import type { Budget } from '../../runtime/budget.ts';

/** Sleeps in short steps, so that a run that is cancelled or out of time ends soon. */
export function pause(budget: Budget, milliseconds: number): void {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const end = performance.now() + milliseconds;
  for (let left = milliseconds; left > 0; left = end - performance.now()) {
    budget.look();
    Atomics.wait(cell, 0, 0, Math.min(left, 50));
  }
}
