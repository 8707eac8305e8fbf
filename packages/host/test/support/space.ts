import { silentLogger, systemClock } from '@joinery/runtime';
import { onTestFinished } from 'vitest';
import type { SpaceRow } from '../../src/space/row.ts';
import type { RunRecord } from '../../src/space/run-record.ts';
import { Space, type SpaceOptions, untilDone } from '../../src/space/space.ts';

/** An attribute of the rows that tests make. */
export const title = { name: 'urn:x:title', steps: ['urn:x', 'title'], caseExact: false };

/** Opens a space that is closed when the test ends. */
export async function openSpace(path: string, options: Partial<SpaceOptions> = {}): Promise<Space> {
  const space = await Space.open({
    path,
    name: 'x',
    clock: systemClock,
    logger: silentLogger,
    indexed: [title],
    indexable: [title],
    shape: 'one',
    searchMs: 10_000,
    ...options,
  });
  onTestFinished(() => space.close());
  return space;
}

/** A row that refers to nothing and that nothing refers to. */
export function plainRow(id: string, values: Readonly<Record<string, unknown>>, type = 'User'): SpaceRow {
  const body = JSON.stringify({ schemas: ['urn:x'], id, 'urn:x': values });
  return { id, type, body, hidden: null, dn: null, referenceKey: null, references: null };
}

export const fullRun: RunRecord = {
  kind: 'fullImport',
  startedAt: 1,
  endedAt: 2,
  outcome: 'finished',
  adds: 0,
  updates: 0,
  renames: 0,
  deletes: 0,
  unchanged: 0,
  failed: 0,
  detail: null,
  profile: 'full',
  why: 'a test',
  held: [],
  differing: 0,
  differences: [],
};

/** Ends the open import as a full one. @returns the ids that its sweep names */
export async function finishFull(space: Space): Promise<readonly string[]> {
  const swept: string[] = [];
  for (let after = -1, done = false; !done; ) {
    const step = await space.writer.call('sweep', { after });
    swept.push(...step.examples);
    ({ next: after, done } = step);
  }
  await finish(space, fullRun);
  return swept;
}

/** Ends the open import as a delta import. */
export async function finishDelta(space: Space): Promise<void> {
  await finish(space, { ...fullRun, kind: 'deltaImport' });
}

async function finish(space: Space, run: RunRecord): Promise<void> {
  await untilDone(() => space.writer.call('resolve', { now: 2 }));
  await space.writer.call('flip', { watermark: null, run, errors: [] });
  await untilDone(() => space.writer.call('collect', null));
}

export async function abandon(space: Space): Promise<void> {
  await untilDone(() => space.writer.call('abandon', null));
}
