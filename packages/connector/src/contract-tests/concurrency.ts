import { isProblem } from '@joinery/problems';
import { describe, expect, test } from 'vitest';
import { entryFor, objectOf, sorted } from './entries.ts';
import type { Capability, ContractFixture } from './fixture.ts';
import { Session } from './session.ts';

/** Runs at the same time: whatever is promised holds, and what cannot be done at once is refused with a code that says to try again. */
export function concurrencyTests(fixture: ContractFixture, has: ReadonlySet<Capability>): void {
  const [first, second, third, fourth] = [fixture.object(0), fixture.object(1), fixture.object(2), fixture.object(3)];

  describe('concurrent runs', () => {
    if (has.has('export') && has.has('fullImport') && fixture.traits.exportDuringImport) {
      test('an export during an import is carried out, and the import tells of every other object once', async () => {
        await using session = await Session.start(fixture, [first, second, third]);
        const run = await session.connector.fullImport?.(session.step({ pageSize: 1 }), session.signal);
        const entries = [...((await run?.getEntries(session.signal))?.entries ?? [])];
        expect(await session.export([entryFor(fixture, 'Add', fourth)])).toMatchObject([{ errorCode: 'Success' }]);
        for (let more = true; more; ) {
          const page = await run?.getEntries(session.signal);
          entries.push(...(page?.entries ?? []));
          more = page?.moreToImport ?? false;
        }
        await run?.close('Normal', session.signal);
        const told = entries
          .map((entry) => objectOf(fixture, entry))
          .filter((object) => object.anchor !== fourth.anchor);
        expect(sorted(told)).toEqual(sorted([first, second, third]));
        expect((await session.import('full')).pages.flat()).toHaveLength(4);
      });
    }

    if (has.has('fullImport')) {
      test('two imports at once are each whole, or one is refused and may be tried again', async () => {
        await using session = await Session.start(fixture, [first, second, third]);
        const outcomes = await Promise.allSettled([
          session.import('full', { pageSize: 1 }),
          session.import('full', { pageSize: 1 }),
        ]);
        expect(outcomes.some((outcome) => outcome.status === 'fulfilled')).toBe(true);
        for (const outcome of outcomes) {
          if (outcome.status === 'fulfilled') expect(outcome.value.pages.flat()).toHaveLength(3);
          else expectRetry(outcome.reason);
        }
      });
    }

    if (has.has('export')) {
      test('two exports of one connector at once are both carried out', async () => {
        await using session = await Session.start(fixture, [first]);
        const [one, other] = [await session.openExport(), await session.openExport()];
        await Promise.all([
          one.putEntries([entryFor(fixture, 'Add', second)], session.signal),
          other.putEntries([entryFor(fixture, 'Add', third)], session.signal),
        ]);
        await one.close('Normal', session.signal);
        await other.close('Normal', session.signal);
        expect(sorted(await session.target.read())).toEqual(sorted([first, second, third]));
      });

      test('of two connectors that write at once, what is not refused is in the target', async () => {
        await using session = await Session.start(fixture, [first]);
        await using competitor = await session.target.connect();
        const runs = [await session.openExport(), await session.openExport(competitor)];
        const objects = [second, third];
        const outcomes = await Promise.allSettled(
          runs.map((run, index) =>
            run.putEntries(
              objects.slice(index, index + 1).map((object) => entryFor(fixture, 'Add', object)),
              session.signal,
            ),
          ),
        );
        for (const run of runs) await run.close('Normal', session.signal);
        const expected = objects.filter((_, index) => outcomes[index]?.status === 'fulfilled');
        for (const outcome of outcomes) if (outcome.status === 'rejected') expectRetry(outcome.reason);
        expect(expected).not.toEqual([]);
        expect(sorted(await session.target.read())).toEqual(sorted([first, ...expected]));
      });
    }
  });

  function expectRetry(refusal: unknown): void {
    expect(isProblem(refusal)).toBe(true);
    if (isProblem(refusal)) expect(refusal.retry).not.toBe('never');
  }
}
