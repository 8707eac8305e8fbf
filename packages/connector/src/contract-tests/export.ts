import { describe, expect, test } from 'vitest';
import type { CSEntryChange, ExportErrorCode } from '../index.ts';
import { anchorsOf, entryFor, sorted, textUpdate, withText } from './entries.ts';
import type { ContractFixture, ContractObject } from './fixture.ts';
import { Session } from './session.ts';

/** Exports of every kind of entry, and what is answered when they cannot be carried out. */
export function exportTests(fixture: ContractFixture): void {
  const [first, second, third] = [fixture.object(0), fixture.object(1), fixture.object(2)];

  /** Exports one batch and compares outcome and target. */
  async function expectExport(
    before: readonly ContractObject[],
    entries: readonly CSEntryChange[],
    codes: readonly ExportErrorCode[],
    after: readonly ContractObject[],
  ): Promise<void> {
    await using session = await Session.start(fixture, before);
    const results = await session.export(entries);
    expect(results.map((result) => result.errorCode)).toEqual(codes);
    expect(sorted(await session.target.read())).toEqual(sorted(after));
  }

  describe('export', () => {
    test('Add creates the object with all its attributes', async () => {
      await expectExport([first], [entryFor(fixture, 'Add', second)], ['Success'], [first, second]);
    });

    test('Add takes the anchor from among the attributes too', async () => {
      const entry = entryFor(fixture, 'Add', second);
      const anchors = anchorsOf(fixture, second).map(({ name, value }) => ({
        name,
        modificationType: 'Add' as const,
        valueChanges: [{ value, modificationType: 'Add' as const }],
      }));
      const moved = { ...entry, anchorAttributes: [], attributeChanges: [...anchors, ...entry.attributeChanges] };
      await expectExport([first], [moved], ['Success'], [first, second]);
    });

    test('Replace sets what it names and empties what it does not', async () => {
      const bare = { ...first, attributes: { [fixture.text]: 'replaced' } };
      await expectExport([first, second], [entryFor(fixture, 'Replace', bare)], ['Success'], [bare, second]);
    });

    test('Update changes what it names and nothing else', async () => {
      const expected = withText(fixture, first, 'updated');
      await expectExport([first, second], [textUpdate(fixture, first, 'updated')], ['Success'], [expected, second]);
    });

    test('Update with the modification Delete empties the attribute', async () => {
      const { [fixture.text]: _, ...others } = first.attributes;
      const change = { name: fixture.text, modificationType: 'Delete', valueChanges: [] } as const;
      const entry = { ...entryFor(fixture, 'Update', { ...first, attributes: {} }), attributeChanges: [change] };
      await expectExport([first, second], [entry], ['Success'], [{ ...first, attributes: others }, second]);
    });

    test('Delete removes the object and no other', async () => {
      await expectExport([first, second], [entryFor(fixture, 'Delete', first)], ['Success'], [second]);
    });

    test('values come back as they were sent, whatever characters they hold', async () => {
      const texts = [
        'semi;colon, comma\ttab',
        '"quoted" and \'single\'',
        'two\nlines',
        ' padded ',
        'Ærøskøbing 東京 😀',
        '=1+1',
        "O'Neil \\ (x)=*",
      ];
      const objects = texts.map((text, n) => withText(fixture, fixture.object(n), text));
      await using session = await Session.start(fixture);
      for (const object of objects) {
        expect(await session.export([entryFor(fixture, 'Add', object)])).toMatchObject([{ errorCode: 'Success' }]);
      }
      expect(sorted(await session.target.read())).toEqual(sorted(objects));
    });

    test('Add of an object that exists is refused and changes nothing', async () => {
      const again = entryFor(fixture, 'Add', withText(fixture, first, 'again'));
      await expectExport([first], [again], ['ExportErrorConnectedDirectoryExistingObject'], [first]);
    });

    test.each(['Replace', 'Delete'] as const)('%s of an object that is not there is reported', async (modification) => {
      const entry = entryFor(fixture, modification, third);
      await expectExport([first], [entry], ['ExportErrorConnectedDirectoryMissingObject'], [first]);
    });

    test('Update of an object that is not there is reported', async () => {
      const entry = textUpdate(fixture, third, 'updated');
      await expectExport([first], [entry], ['ExportErrorConnectedDirectoryMissingObject'], [first]);
    });

    test('an entry without an anchor is refused', async () => {
      const entry = { ...entryFor(fixture, 'Delete', first), anchorAttributes: [] };
      await expectExport([first], [entry], ['ExportErrorMissingAnchorComponent'], [first]);
    });

    test('an attribute that the schema does not have is refused', async () => {
      const stray = withText({ ...fixture, text: 'NoSuchAttribute' }, second, 'x');
      await expectExport([first], [entryFor(fixture, 'Add', stray)], ['ExportErrorInvalidAttributeValue'], [first]);
    });

    const { badValue } = fixture;
    if (badValue !== undefined) {
      test('a value that the attribute cannot hold fails its own entry only', async () => {
        const bad = withText({ ...fixture, text: badValue.attribute }, second, badValue.value);
        await using session = await Session.start(fixture, [first]);
        const run = await session.openExport();
        const codes: ExportErrorCode[] = [];
        for (const batch of inBatches([entryFor(fixture, 'Add', bad), entryFor(fixture, 'Add', third)], session)) {
          const results = await run.putEntries(batch, session.signal);
          codes.push(
            ...batch.map(
              ({ identifier }) => results.find((one) => one.identifier === identifier)?.errorCode ?? 'Success',
            ),
          );
        }
        await run.close('Normal', session.signal);
        expect(codes).toEqual(['ExportErrorInvalidAttributeValue', 'Success']);
        expect(sorted(await session.target.read())).toEqual(sorted([first, third]));
      });
    }

    test('every failure has its own result, named by the identifier of its entry', async () => {
      await using session = await Session.start(fixture, [first]);
      const entries = [
        entryFor(fixture, 'Add', first),
        entryFor(fixture, 'Add', second),
        entryFor(fixture, 'Delete', third),
      ];
      const run = await session.openExport();
      const failed: string[] = [];
      for (const batch of inBatches(entries, session)) {
        const results = await run.putEntries(batch, session.signal);
        expect(new Set(results.map((result) => result.identifier)).size).toBe(results.length);
        failed.push(...results.filter((result) => result.errorCode !== 'Success').map((result) => result.identifier));
      }
      await run.close('Normal', session.signal);
      expect(failed.toSorted()).toEqual([entries[0]?.identifier, entries[2]?.identifier].toSorted());
      expect(sorted(await session.target.read())).toEqual(sorted([first, second]));
    });

    test('the same Replace and Update twice are as good as once', async () => {
      const replaced = withText(fixture, first, 'replaced');
      await using session = await Session.start(fixture, [first]);
      for (const _ of [1, 2]) {
        expect(await session.export([entryFor(fixture, 'Replace', replaced)])).toMatchObject([
          { errorCode: 'Success' },
        ]);
      }
      for (const _ of [1, 2]) {
        expect(await session.export([textUpdate(fixture, replaced, 'updated')])).toMatchObject([
          { errorCode: 'Success' },
        ]);
      }
      expect(await session.target.read()).toEqual([withText(fixture, first, 'updated')]);
    });

    test('a run that is closed takes nothing more, and the next run works', async () => {
      await using session = await Session.start(fixture);
      const run = await session.openExport();
      await run.close('TerminatedByUser', session.signal);
      await expect(run.putEntries([entryFor(fixture, 'Add', first)], session.signal)).rejects.toMatchObject({
        code: 'CONNECTOR_RUN_CLOSED',
      });
      expect(await session.export([entryFor(fixture, 'Add', second)])).toMatchObject([{ errorCode: 'Success' }]);
      expect(await session.target.read()).toEqual([second]);
    });
  });
}

/** Cuts entries into batches that the connector takes. */
function inBatches(entries: readonly CSEntryChange[], session: Session): readonly (readonly CSEntryChange[])[] {
  const { batchSize } = session.connector.traits;
  return Array.from({ length: Math.ceil(entries.length / batchSize) }, (_, n) =>
    entries.slice(n * batchSize, (n + 1) * batchSize),
  );
}
