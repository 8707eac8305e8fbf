import { describe, expect, test } from 'vitest';
import { anchorsOf, entryFor, sorted } from './entries.ts';
import type { Capability, ContractFixture } from './fixture.ts';
import { Session } from './session.ts';

/** Cancellation: by a signal that was aborted before, and by one that is aborted in the middle. */
export function cancelTests(fixture: ContractFixture, has: ReadonlySet<Capability>): void {
  const [first, second, third] = [fixture.object(0), fixture.object(1), fixture.object(2)];
  const reason = new Error('cancelled by the test');
  const aborted = AbortSignal.abort(reason);

  describe('cancel', () => {
    test('test and schema end with the reason of an aborted signal', async () => {
      await using session = await Session.start(fixture);
      await expect(session.connector.test(aborted)).rejects.toBe(reason);
      await expect(session.connector.schema(aborted)).rejects.toBe(reason);
    });

    if (has.has('fullImport')) {
      test('an aborted signal opens no import', async () => {
        await using session = await Session.start(fixture, [first]);
        await expect(session.connector.fullImport?.(session.step(), aborted)).rejects.toBe(reason);
        expect((await session.import('full')).pages.flat()).toHaveLength(1);
      });

      test('an import cancelled between pages ends with the reason, and the next one is whole', async () => {
        await using session = await Session.start(fixture, [first, second, third]);
        const cancel = new AbortController();
        const run = await session.connector.fullImport?.(session.step({ pageSize: 1 }), session.signal);
        await run?.getEntries(cancel.signal);
        cancel.abort(reason);
        await expect(run?.getEntries(cancel.signal)).rejects.toBe(reason);
        expect(await run?.close('TerminatedByUser', session.signal)).not.toHaveProperty('watermark');
        expect((await session.import('full')).pages.flat()).toHaveLength(3);
      });
    }

    if (has.has('lookup')) {
      test('an aborted signal looks nothing up', async () => {
        await using session = await Session.start(fixture, [first]);
        const anchor = anchorsOf(fixture, first);
        const query = { schema: session.schema, objectType: fixture.objectType, anchor };
        await expect(session.connector.lookup?.(query, aborted)).rejects.toBe(reason);
      });
    }

    if (has.has('export')) {
      test('an aborted signal leaves the target untouched', async () => {
        await using session = await Session.start(fixture, [first]);
        const run = await session.openExport();
        await expect(run.putEntries([entryFor(fixture, 'Delete', first)], aborted)).rejects.toBe(reason);
        await run.close('TerminatedByUser', session.signal);
        expect(await session.target.read()).toEqual([first]);
      });

      test('a batch cancelled on its way is wholly there or not at all per object, and can be sent again', async () => {
        await using session = await Session.start(fixture, [first]);
        const objects = [second, third].slice(0, session.connector.traits.batchSize);
        const cancel = new AbortController();
        const run = await session.openExport();
        const entries = objects.map((object) => entryFor(fixture, 'Add', object));
        const outcome = Promise.allSettled([run.putEntries(entries, cancel.signal)]);
        cancel.abort(reason);
        const [settled] = await outcome;
        if (settled.status === 'rejected') expect(settled.reason).toBe(reason);
        await run.close('TerminatedByUser', session.signal);
        for (const object of await session.target.read()) expect([first, ...objects]).toContainEqual(object);
        await session.export(entries);
        expect(sorted(await session.target.read())).toEqual(sorted([first, ...objects]));
      });
    }
  });
}
