import { readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodingNames, encodingOf } from '../src/encoding.ts';
import { codes, entry, Folder } from './folder.ts';

/** The file of a text: the mark, then the text. */
function encoded(name: string, text: string, mark: boolean): Buffer {
  const encoding = encodingOf(name);
  return Buffer.concat([mark ? encoding.byteOrderMark : Buffer.alloc(0), encoding.fromUtf8(Buffer.from(text, 'utf8'))]);
}

const marked: readonly [string, boolean][] = encodingNames.flatMap((name): [string, boolean][] =>
  name === 'windows-1252'
    ? [[name, false]]
    : [
        [name, false],
        [name, true],
      ],
);

describe('encodings', () => {
  test('windows-1252 has the euro sign at 0x80, Latin-1 from 0xa0, and five bytes without meaning', () => {
    const encoding = encodingOf('windows-1252');
    expect(encoding.toUtf8(Buffer.from([0x80, 0x92, 0x9f, 0xe4, 0xff])).utf8.toString()).toBe('€’Ÿäÿ');
    expect(encoding.fromUtf8(Buffer.from('€’Ÿäÿ'))).toEqual(Buffer.from([0x80, 0x92, 0x9f, 0xe4, 0xff]));
    const bad = [...Array(256).keys()].filter((byte) => encoding.toUtf8(Buffer.from([byte])).bad);
    expect(bad).toEqual([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
  });

  test('of any bytes: what was decoded is encoded to the same bytes, wherever a chunk ends', () => {
    fc.assert(
      fc.property(fc.constantFrom(...encodingNames), fc.uint8Array({ maxLength: 40 }), (name, bytes) => {
        const encoding = encodingOf(name);
        const decoding = encoding.toUtf8(Buffer.from(bytes));
        expect(encoding.fromUtf8(decoding.utf8)).toEqual(Buffer.from(bytes.subarray(0, decoding.used)));
        expect(encoding.lengthOf(decoding.utf8)).toBe(decoding.used);
      }),
    );
  });

  test('of any text: it is encoded and decoded to itself, or named as unwritable by its first such character', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('a', 'ü', '€', '😀', '\u0081') }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...encodingNames), texts, (name, text) => {
        const encoding = encodingOf(name);
        const foreign = encoding.unwritable(text);
        if (foreign === undefined) {
          expect(encoding.toUtf8(encoding.fromUtf8(Buffer.from(text))).utf8.toString()).toBe(text);
        } else {
          expect([name, [...text].includes(foreign)]).toEqual(['windows-1252', true]);
        }
      }),
    );
  });

  test.each(marked)('%s (mark: %s) is read, and rewritten byte for byte where nothing changed', async (name, mark) => {
    const text = 'AzureObjectID;Title;Note\r\n1;Müller;"à la\ncarte"\n2;Straße;\r\n;;\n';
    await using folder = await Folder.with(encoded(name, text, mark), { Encoding: name });
    const { entries, watermark } = await folder.import();
    expect(entries.map((one) => one.attributeChanges[1]?.valueChanges[0]?.value)).toEqual(['Müller', 'Straße']);
    const changes = [
      entry('Replace', '2', { Title: 'Gärtner' }),
      entry('Add', '3', { Title: 'Élan' }),
      entry('Add', '4'),
    ];
    expect(codes(await folder.export(changes))).toEqual(['Success', 'Success', 'Success']);
    const after = text.replace('Straße', 'Gärtner').replace('\n;;\n', '\n3;Élan;""\r\n4;;""\r\n;;\n');
    expect(await readFile(folder.file)).toEqual(encoded(name, after, mark));
    expect((await folder.import('delta', watermark)).entries).toHaveLength(3);
  });

  test.each(marked)('%s (mark: %s) is read whole where characters and rows lie across chunks', async (name, mark) => {
    const rows = Array.from({ length: 3000 }, (_, n) => `${n};${'é'.repeat(60 + (n % 7))};x\n`);
    const text = `AzureObjectID;Title;Note\n${rows.join('')}`;
    await using folder = await Folder.with(encoded(name, text, mark), { Encoding: name });
    await folder.export([entry('Delete', '2999'), entry('Replace', '1500', { Title: 'ä' })]);
    const kept = rows.slice(0, 2999).with(1500, '1500;ä;\n');
    expect(
      (await readFile(folder.file)).equals(encoded(name, `AzureObjectID;Title;Note\n${kept.join('')}`, mark)),
    ).toBe(true);
  });

  test('a character that the encoding does not have is refused for its own entry, and the others are written', async () => {
    await using folder = await Folder.with('AzureObjectID;Title\n1;a\n', { Encoding: 'windows-1252' });
    const results = await folder.export([
      entry('Add', '2', { Title: 'Łódź' }),
      entry('Add', '3', { Title: '10 €' }),
      entry('Replace', '1', { Title: '東京' }),
      entry('Add', 'Ω'),
    ]);
    expect(codes(results)).toEqual([
      'ExportErrorInvalidAttributeValue',
      'Success',
      'ExportErrorInvalidAttributeValue',
      'ExportErrorInvalidAttributeValue',
    ]);
    expect(results[0]?.errorDetail).toMatch(/^"Title" .* U\+0141, .* Windows-1252/);
    expect(await readFile(folder.file)).toEqual(Buffer.from('AzureObjectID;Title\n1;a\n3;10 \u0080\n', 'latin1'));
  });

  const refused: readonly [string, string, Buffer, string][] = [
    ['a byte without meaning', 'windows-1252', Buffer.from('AzureObjectID\n1\nM\u0081ller\n', 'latin1'), ':3:2'],
    ['half a character', 'utf-16le', Buffer.from('AzureObjectID\n1\nab\ud800c\n', 'utf16le'), ':3:3'],
    ['half a character at the end', 'utf-16le', Buffer.from('AzureObjectID\n1\nab\ud800', 'utf16le'), ':3:3'],
    [
      'an odd byte at the end',
      'utf-16be',
      Buffer.concat([encoded('utf-16be', 'AzureObjectID\n1\n', true), Buffer.from('x')]),
      ':3:1',
    ],
    ['the mark of the other byte order', 'utf-16le', encoded('utf-16be', 'AzureObjectID\n', true), ':1:1'],
    ['the mark of UTF-8', 'windows-1252', encoded('utf-8', 'AzureObjectID\n', true), ':1:1'],
    ['the mark of UTF-16', 'utf-8', encoded('utf-16le', 'AzureObjectID\n', true), ':1:1'],
  ];
  test.each(refused)(
    '%s where %s is expected refuses the file by line and character',
    async (_, name, bytes, place) => {
      await using folder = await Folder.with(bytes, { Encoding: name });
      await expect(folder.connector.test(AbortSignal.timeout(5000))).rejects.toMatchObject({
        code: 'CSV_ENCODING_INVALID',
        place: `${folder.file}${place}`,
      });
    },
  );

  test('a file that changes its encoding behind the connector is refused and not written', async () => {
    await using folder = await Folder.with(encoded('utf-16le', 'AzureObjectID\n1\n', true), { Encoding: 'utf-16le' });
    const schema = await folder.schema();
    const signal = AbortSignal.timeout(5000);
    const run = await folder.connector.export?.({ schema }, signal);
    await writeFile(folder.file, encoded('utf-8', 'AzureObjectID\n1\n', true));
    await expect(run?.putEntries([entry('Add', '2')], signal)).rejects.toMatchObject({ code: 'CSV_ENCODING_INVALID' });
    expect(await folder.text()).toBe('\ufeffAzureObjectID\n1\n');
  });
});
