import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connect } from './csv-fixture.ts';
import { Folder } from './folder.ts';

const header = 'AzureObjectID;IsActive;Title';

async function started(): Promise<{ folder: Folder; watermark: string }> {
  const folder = await Folder.with(`${header}\n1;True;a\n2;True;b\n3;True;c\n`);
  const { watermark } = await folder.import();
  return { folder, watermark: watermark ?? '' };
}

/** What a delta says, a word for each entry. */
async function delta(folder: Folder, watermark: string): Promise<readonly string[]> {
  const { entries } = await folder.import('delta', watermark);
  return entries.map((entry) => {
    const anchor = String(entry.anchorAttributes[0]?.value ?? '?');
    return entry.errorCodeImport === undefined ? `${entry.objectModificationType} ${anchor}` : `error ${anchor}`;
  });
}

describe('a delta', () => {
  test('does not report rows that were moved or written in another style', async () => {
    const { folder, watermark } = await started();
    await using _ = folder;
    await writeFile(folder.file, `\ufeff"AzureObjectID";IsActive;Title\r\n3;"True";c\r\n\r\n1;True;"a"\r\n2;True;b`);
    expect(await delta(folder, watermark)).toEqual([]);
  });

  test('never reports an object as deleted whose row went bad', async () => {
    const { folder, watermark } = await started();
    await using _ = folder;
    await writeFile(folder.file, `${header}\n1;perhaps;a\n2;True;b\n2;True;b2\n3;True;c\n`);
    expect(await delta(folder, watermark)).toEqual(['error 1', 'error 2', 'error 2']);
  });

  test('reports no deletion at all while a row hides whose it is', async () => {
    const { folder, watermark } = await started();
    await using _ = folder;
    await writeFile(folder.file, `${header}\n1;True;a\n"2;True;b"x\n`);
    expect(await delta(folder, watermark)).toEqual(['error ?']);
    await writeFile(folder.file, `${header}\n1;True;a\n2;True;b\n`);
    expect(await delta(folder, watermark)).toEqual(['Delete 3']);
  });

  test('with a bad row gives no watermark, so that the next one starts from the same place', async () => {
    const { folder, watermark } = await started();
    await using _ = folder;
    await writeFile(folder.file, `${header}\n1;True;changed\n2;perhaps;b\n3;True;c\n`);
    expect((await folder.import('delta', watermark)).watermark).toBeUndefined();
    expect(await delta(folder, watermark)).toEqual(['Replace 1', 'error 2']);
  });

  test('reports every object when other attributes are selected than before', async () => {
    await using folder = await Folder.with(`${header}\n1;True;a\n`);
    const signal = AbortSignal.timeout(5000);
    const narrow = await folder.schema({ attributes: ['IsActive'] });
    const run = await folder.connector.fullImport?.({ schema: narrow, pageSize: 10 }, signal);
    await run?.getEntries(signal);
    const watermark = (await run?.close('Normal', signal))?.watermark ?? '';
    expect(await delta(folder, watermark)).toEqual(['Replace 1']);
  });

  test('of another file asks for a full import, however alike the two are', async () => {
    const { folder, watermark } = await started();
    await using _ = folder;
    await writeFile(join(folder.path, 'Other.txt'), `${header}\n`);
    folder.use(connect(folder.path, { FileName: 'Other.txt' }));
    await expect(folder.import('delta', watermark)).rejects.toMatchObject({ code: 'CONNECTOR_WATERMARK_INVALID' });
  });

  test('after the state was damaged asks for a full import, which works', async () => {
    const { folder, watermark } = await started();
    await using _ = folder;
    await writeFile(join(folder.path, 'seen-rows-1.sqlite'), 'this is not a database, it only stands where one was');
    await expect(folder.import('delta', watermark)).rejects.toMatchObject({ code: 'CONNECTOR_WATERMARK_INVALID' });
    const again = await folder.import();
    expect(await delta(folder, again.watermark ?? '')).toEqual([]);
  });

  test('can be asked again from its own start and from the one before, then no longer', async () => {
    const { folder, watermark: first } = await started();
    await using _ = folder;
    await writeFile(folder.file, `${header}\n1;True;a\n2;True;b\n`);
    const second = (await folder.import('delta', first)).watermark ?? '';
    await writeFile(folder.file, `${header}\n1;True;a\n`);
    const third = (await folder.import('delta', second)).watermark ?? '';
    expect(await delta(folder, second)).toEqual(['Delete 2']);
    expect(await delta(folder, third)).toEqual([]);
    await expect(folder.import('delta', first)).rejects.toMatchObject({ code: 'CONNECTOR_WATERMARK_INVALID' });
  });

  test('is refused while another import is open, and works when that one is closed', async () => {
    const { folder, watermark } = await started();
    await using _ = folder;
    const signal = AbortSignal.timeout(5000);
    const open = await folder.connector.fullImport?.({ schema: await folder.schema(), pageSize: 1 }, signal);
    await expect(folder.import('delta', watermark)).rejects.toMatchObject({
      code: 'CSV_IMPORT_RUNNING',
      retry: 'backoff',
    });
    await open?.close('TerminatedByUser', signal);
    expect(await delta(folder, watermark)).toEqual([]);
  });

  test('of integers and binary anchors reports deletions with the anchor it had', async () => {
    await using folder = await Folder.with('AzureObjectID;Title\nAAEC;a\n', { ColumnTypes: 'AzureObjectID:Binary' });
    const { watermark } = await folder.import();
    await writeFile(folder.file, 'AzureObjectID;Title\n');
    const { entries } = await folder.import('delta', watermark ?? '');
    expect(entries[0]?.anchorAttributes[0]?.value).toEqual(Uint8Array.of(0, 1, 2));
  });

  test.each([
    ['AzureObjectID;Title', '1;a', ';'],
    ['AzureObjectID', '1', ''],
  ])('of %s reports who is gone though rows of empty cells are left behind', async (header, row, empty) => {
    await using folder = await Folder.with(`${header}\n${row}\n${empty}\n`);
    const { entries, watermark } = await folder.import();
    expect(entries).toHaveLength(1);
    await writeFile(folder.file, `${header}\n${empty}\n${empty}\n`);
    expect(await delta(folder, watermark ?? '')).toEqual(['Delete 1']);
  });
});
