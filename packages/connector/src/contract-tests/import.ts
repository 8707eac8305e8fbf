import { describe, expect, test } from 'vitest';
import { objectOf, sorted } from './entries.ts';
import type { ContractFixture } from './fixture.ts';
import { Session } from './session.ts';

/** Full imports. */
export function importTests(fixture: ContractFixture): void {
  const objects = [0, 1, 2, 3, 4].map((n) => fixture.object(n));

  describe('full import', () => {
    test.each([1, 2, 5, 1000])('hands over every object once, in pages of %i at most', async (pageSize) => {
      await using session = await Session.start(fixture, objects);
      const { pages } = await session.import('full', { pageSize });
      for (const page of pages) expect(page.length).toBeLessThanOrEqual(pageSize);
      const entries = pages.flat();
      expect(entries.map((entry) => entry.objectModificationType)).toEqual(objects.map(() => 'Add'));
      expect(sorted(entries.map((entry) => objectOf(fixture, entry)))).toEqual(sorted(objects));
    });

    test('gives every entry an identifier of its own', async () => {
      await using session = await Session.start(fixture, objects);
      const entries = (await session.import('full')).pages.flat();
      expect(new Set(entries.map((entry) => entry.identifier)).size).toBe(objects.length);
    });

    test('of an empty target is one empty page', async () => {
      await using session = await Session.start(fixture);
      expect((await session.import('full')).pages).toEqual([[]]);
    });

    test('reports only selected attributes', async () => {
      await using session = await Session.start(fixture, objects);
      const types = session.schema.types.map((type) => ({
        ...type,
        attributes: type.attributes.filter((attribute) => attribute.isAnchor || attribute.name === fixture.text),
      }));
      const entries = (await session.import('full', { schema: { types } })).pages.flat();
      const names = new Set(entries.flatMap((entry) => Object.keys(objectOf(fixture, entry).attributes)));
      expect([...names]).toEqual([fixture.text]);
    });

    test('can be closed before its first page and after a failure, and the next import is whole', async () => {
      await using session = await Session.start(fixture, objects);
      const unread = await session.connector.fullImport?.(session.step(), session.signal);
      await unread?.close('TerminatedByUser', session.signal);
      const failed = await session.connector.fullImport?.(session.step({ pageSize: 1 }), session.signal);
      await failed?.getEntries(session.signal);
      await failed?.close('Unknown', session.signal);
      expect((await session.import('full')).pages.flat()).toHaveLength(objects.length);
    });

    test('leaves the target as it was', async () => {
      await using session = await Session.start(fixture, objects);
      await session.import('full');
      expect(sorted(await session.target.read())).toEqual(sorted(objects));
    });
  });
}
