import { afterAll, beforeAll } from 'vitest';
import type { Later } from './folder.ts';

/**
 * Opens something once for all tests of the surrounding `describe`, and undoes it after them, the last first.
 * @returns what was opened, from the first test on
 */
export function shared<T>(open: (later: Later) => Promise<T>): () => T {
  const undone: (() => Promise<void>)[] = [];
  let opened: { readonly it: T } | undefined;
  beforeAll(async () => {
    opened = { it: await open((undo) => void undone.push(undo)) };
  });
  afterAll(async () => {
    for (const undo of undone.reverse()) await undo();
  });
  return () => {
    if (opened === undefined) throw new Error('only tests may ask for what they share');
    return opened.it;
  };
}
