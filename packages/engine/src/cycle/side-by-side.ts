/**
 * Works on pages side by side, at most `width` at a time, each told when the one before it is done. The first fault ends the
 * walk, once what is under way has ended.
 * @param work gets a page and a promise that settles with the page before
 */
export async function sideBySide<P>(
  pages: AsyncIterable<P>,
  width: number,
  work: (page: P, turn: Promise<void>) => Promise<void>,
): Promise<void> {
  const running: Promise<void>[] = [];
  let last: Promise<void> = Promise.resolve();
  try {
    for await (const page of pages) {
      last = work(page, last);
      // Whoever waits for it throws it; without a listener until then the process would end.
      last.catch(() => {});
      running.push(last);
      if (running.length >= width) await running.shift();
    }
    await last;
  } finally {
    await Promise.allSettled(running);
  }
}
