import { describe, expect, test } from 'vitest';
import { byName } from '../index.ts';
import { type ContractFixture, capabilities } from './fixture.ts';
import { Session } from './session.ts';

/** What holds before any run: capabilities, traits, test and schema. */
export function reachTests(fixture: ContractFixture): void {
  describe('reach', () => {
    test('the connector has exactly the capabilities its fixture names', async () => {
      await using session = await Session.start(fixture);
      const present = capabilities.filter((capability) => session.connector[capability] !== undefined);
      expect(present.toSorted()).toEqual(fixture.capabilities.toSorted());
    });

    test('the connector has exactly the traits its fixture names, with a batch size of 1 to 100', async () => {
      await using session = await Session.start(fixture);
      expect(session.connector.traits).toEqual(fixture.traits);
      expect([...Array(100).keys()].map((n) => n + 1)).toContain(session.connector.traits.batchSize);
    });

    test('a connection test that succeeds says what it found', async () => {
      await using session = await Session.start(fixture, [fixture.object(0)]);
      const report = await session.connector.test(session.signal);
      expect(report.summary).not.toBe('');
    });

    test('the schema has the object type with the anchor, and no attribute twice', async () => {
      await using session = await Session.start(fixture);
      const schema = await session.connector.schema(session.signal);
      const type = byName(schema.types, fixture.objectType);
      const names = type?.attributes.map((attribute) => attribute.name.toLowerCase()) ?? [];
      expect(new Set(names).size).toBe(names.length);
      expect(byName(type?.attributes ?? [], fixture.text)).toMatchObject({ type: 'String', isMultiValued: false });
      expect(names).toContain(fixture.anchor.toLowerCase());
    });

    test('reading the schema and testing change nothing in the target', async () => {
      await using session = await Session.start(fixture, [fixture.object(0)]);
      await session.connector.test(session.signal);
      await session.connector.schema(session.signal);
      expect(await session.target.read()).toEqual([fixture.object(0)]);
    });
  });
}
