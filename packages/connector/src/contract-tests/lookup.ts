import { describe, expect, test } from 'vitest';
import { anchorsOf, objectOf } from './entries.ts';
import type { ContractFixture } from './fixture.ts';
import { Session } from './session.ts';

/** Look-ups in the target itself. */
export function lookupTests(fixture: ContractFixture): void {
  const [first, second, third] = [fixture.object(0), fixture.object(1), fixture.object(2)];

  describe('look-up', () => {
    test('by anchor finds the one object', async () => {
      await using session = await Session.start(fixture, [first, second]);
      const found = await session.lookupAnchor(anchorsOf(fixture, second));
      expect(found.map((entry) => objectOf(fixture, entry))).toEqual([second]);
    });

    test('by attribute finds every object with the value', async () => {
      await using session = await Session.start(fixture, [first, second]);
      const found = await session.lookup(fixture.text, first.attributes[fixture.text] ?? '');
      expect(found.map((entry) => objectOf(fixture, entry))).toEqual([first]);
    });

    test('of an object that is not there is empty', async () => {
      await using session = await Session.start(fixture, [first]);
      expect(await session.lookupAnchor(anchorsOf(fixture, third))).toEqual([]);
      expect(await session.lookup(fixture.text, 'nobody has this text')).toEqual([]);
    });

    test('sees what was written a moment ago', async () => {
      await using session = await Session.start(fixture, [first]);
      expect(await session.lookupAnchor(anchorsOf(fixture, second))).toEqual([]);
      await session.target.put([second]);
      expect(await session.lookupAnchor(anchorsOf(fixture, second))).toHaveLength(1);
      await session.target.remove([second.anchor]);
      expect(await session.lookupAnchor(anchorsOf(fixture, second))).toEqual([]);
    });
  });
}
