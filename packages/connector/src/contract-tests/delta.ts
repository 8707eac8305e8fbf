import { isProblem } from '@joinery/problems';
import { describe, expect, test } from 'vitest';
import type { CSEntryChange } from '../index.ts';
import { entryFor, objectOf, withText } from './entries.ts';
import type { ContractFixture } from './fixture.ts';
import { Session } from './session.ts';

/** Delta imports: every change once and only once, and again from the old watermark. */
export function deltaTests(fixture: ContractFixture): void {
  const [first, second, third] = [fixture.object(0), fixture.object(1), fixture.object(2)];

  /** What happened to which object. */
  const summary = (entries: readonly CSEntryChange[]): readonly string[] =>
    entries.map((entry) => `${entry.objectModificationType} ${String(objectOf(fixture, entry).anchor)}`).toSorted();

  async function started(): Promise<{ session: Session; watermark: string }> {
    const session = await Session.start(fixture, [first, second]);
    const { watermark } = await session.import('full');
    expect(watermark).toBeDefined();
    return { session, watermark: watermark ?? '' };
  }

  describe('delta import', () => {
    test('without a watermark asks for a full import first', async () => {
      await using session = await Session.start(fixture, [first]);
      const refusal = await session.import('delta').catch((error: unknown) => error);
      expect(isProblem(refusal, 'CONNECTOR_WATERMARK_INVALID')).toBe(true);
    });

    test('with a watermark nobody gave out asks for a full import', async () => {
      await using session = await Session.start(fixture, [first]);
      await session.import('full');
      const refusal = await session
        .import('delta', { watermark: 'nobody-gave-this-out' })
        .catch((error: unknown) => error);
      expect(isProblem(refusal, 'CONNECTOR_WATERMARK_INVALID')).toBe(true);
    });

    test('with nothing changed has no entry', async () => {
      const { session, watermark } = await started();
      await using _ = session;
      expect((await session.import('delta', { watermark })).pages.flat()).toEqual([]);
    });

    test('reports an added, a changed and a removed object exactly once each', async () => {
      const { session, watermark } = await started();
      await using _ = session;
      await session.target.put([third, withText(fixture, first, 'changed')]);
      await session.target.remove([second.anchor]);
      const delta = await session.import('delta', { watermark, pageSize: 1 });
      const entries = delta.pages.flat();
      const [added, removed] = [String(third.anchor), String(second.anchor)];
      expect(entries).toHaveLength(3);
      expect(summary(entries)).toContain(`Add ${added}`);
      expect(summary(entries)).toContain(`Delete ${removed}`);
      const changed = entries.find((entry) => objectOf(fixture, entry).anchor === first.anchor);
      expect(['Replace', 'Update']).toContain(changed?.objectModificationType);
      expect(changed === undefined ? undefined : objectOf(fixture, changed).attributes[fixture.text]).toBe('changed');
      const next = await session.import('delta', { watermark: delta.watermark ?? '' });
      expect(next.pages.flat()).toEqual([]);
    });

    test('from the old watermark tells the same again', async () => {
      const { session, watermark } = await started();
      await using _ = session;
      await session.target.put([third, withText(fixture, first, 'changed')]);
      await session.target.remove([second.anchor]);
      const once = await session.import('delta', { watermark });
      const again = await session.import('delta', { watermark });
      expect(summary(again.pages.flat())).toEqual(summary(once.pages.flat()));
      expect(again.pages.flat()).toHaveLength(3);
    });

    test('that was not closed normally moves nothing', async () => {
      const { session, watermark } = await started();
      await using _ = session;
      await session.target.put([third]);
      const run = await session.connector.deltaImport?.(session.step({ watermark }), session.signal);
      await run?.getEntries(session.signal);
      await run?.close('TerminatedByUser', session.signal);
      expect(summary((await session.import('delta', { watermark })).pages.flat())).toEqual([
        `Add ${String(third.anchor)}`,
      ]);
    });

    test('works with a watermark from before a restart', async () => {
      const { session, watermark } = await started();
      await using _ = session;
      await session.target.put([third]);
      await session.leave();
      const later = await Session.reopen(fixture, session.folder);
      const delta = await later.import('delta', { watermark });
      await later.leave();
      expect(summary(delta.pages.flat())).toEqual([`Add ${String(third.anchor)}`]);
    });

    if (fixture.capabilities.includes('export')) {
      test('reports a change that was exported exactly once', async () => {
        const { session, watermark } = await started();
        await using _ = session;
        await session.export([entryFor(fixture, 'Add', third)]);
        const delta = await session.import('delta', { watermark });
        expect(summary(delta.pages.flat())).toEqual([`Add ${String(third.anchor)}`]);
        expect((await session.import('delta', { watermark: delta.watermark ?? '' })).pages.flat()).toEqual([]);
      });
    }
  });
}
