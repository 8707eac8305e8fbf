import { describe, expect, test } from 'vitest';
import type { CSEntryChange } from '../index.ts';
import { entryFor, sorted, textUpdate, withText } from './entries.ts';
import type { ContractFixture, ContractObject } from './fixture.ts';
import { Session } from './session.ts';

/** Several batches in one run, as a host sends them that keeps the run open, and what it may conclude from each result. */
export function exportSessionTests(fixture: ContractFixture): void {
  const [first, second, third] = [fixture.object(0), fixture.object(1), fixture.object(2)];
  const changed = withText(fixture, first, 'changed');
  const steps: readonly { readonly entry: CSEntryChange; readonly after: readonly ContractObject[] }[] = [
    { entry: entryFor(fixture, 'Add', second), after: [first, second] },
    { entry: textUpdate(fixture, first, 'changed'), after: [changed, second] },
    { entry: entryFor(fixture, 'Delete', second), after: [changed] },
    { entry: entryFor(fixture, 'Add', third), after: [changed, third] },
  ];

  describe('several batches in one run', () => {
    test('every batch is carried out, in order', async () => {
      await using session = await Session.start(fixture, [first]);
      const run = await session.openExport();
      for (const { entry } of steps) {
        const results = await run.putEntries([entry], session.signal);
        expect(results.filter(({ errorCode }) => errorCode !== 'Success')).toEqual([]);
      }
      await run.close('Normal', session.signal);
      expect(sorted(await session.target.read())).toEqual(sorted([changed, third]));
    });

    test('an entry that is said to have succeeded has taken effect while the run is still open', async () => {
      await using session = await Session.start(fixture, [first]);
      const run = await session.openExport();
      for (const { entry, after } of steps) {
        const results = await run.putEntries([entry], session.signal);
        if (results.length > 0) expect(sorted(await session.target.read())).toEqual(sorted(after));
      }
      await run.close('Normal', session.signal);
    });

    test('an entry that fails leaves the run usable', async () => {
      await using session = await Session.start(fixture, [first]);
      const run = await session.openExport();
      const [refused] = await run.putEntries([entryFor(fixture, 'Add', first)], session.signal);
      expect(refused?.errorCode).toBe('ExportErrorConnectedDirectoryExistingObject');
      await run.putEntries([entryFor(fixture, 'Add', second)], session.signal);
      await run.close('Normal', session.signal);
      expect(sorted(await session.target.read())).toEqual(sorted([first, second]));
    });

    if (fixture.resultForEveryEntry === true) {
      test('every entry of every batch has its result', async () => {
        await using session = await Session.start(fixture, [first]);
        const run = await session.openExport();
        for (const { entry } of steps) {
          const results = await run.putEntries([entry], session.signal);
          expect(results.map(({ identifier }) => identifier)).toEqual([entry.identifier]);
        }
        await run.close('Normal', session.signal);
      });
    }
  });
}
