import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryRoot } from './temporary-root.ts';

/** When something is undone: after the running test, unless a hook that serves several tests says otherwise. */
export type Later = (undo: () => Promise<void>) => void;

/** A fresh folder for the running test, removed after it. */
export async function temporaryFolder(later: Later = onTestFinished): Promise<string> {
  const folder = await mkdtemp(join(temporaryRoot(), 'joinery-'));
  later(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
