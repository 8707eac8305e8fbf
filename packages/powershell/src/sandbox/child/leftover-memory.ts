import { collectGarbage } from '@joinery/runtime/heap';

/** Bytes that a process may keep which has done its work: below, looking for garbage would find little. */
const usualBytes = 144 * 2 ** 20;
/** What is alive may grow by as much before it is worth looking again. */
const growth = 1.5;

/**
 * Gives back what an invocation left behind. V8 keeps a heap as large as it once was, and a process that waits for its next
 * request never comes to tidy up by itself: after a million rows that would be hundreds of megabytes for as long as the
 * engine is open.
 */
export class LeftoverMemory {
  #limit = usualBytes;

  /** To be called when an invocation is over. Takes about a millisecond for each megabyte that is alive, where there is much. */
  giveBack(): void {
    if (process.memoryUsage.rss() < this.#limit) return;
    collectGarbage();
    this.#limit = Math.max(usualBytes, process.memoryUsage.rss() * growth);
  }
}
