import { type AttributeType, coerceValue, nameKey } from '@joinery/connector';
import { splitCell } from './cell-values.ts';
import type { OpenFile } from './file.ts';
import type { Header } from './header.ts';
import { dataRows } from './rows.ts';
import type { CsvSettings } from './settings.ts';

/** What a column may still be. */
interface Candidate {
  readonly index: number;
  readonly separator: string | undefined;
  type: AttributeType | undefined;
  isText: boolean;
}

/**
 * Finds types by looking at every value of the file once: Boolean where all are `true` or `false`, Integer where all are whole numbers as a
 * computer writes them, text otherwise and where there is none. `1` and `0` are numbers, and a number with leading zeros or a plus sign is text:
 * it would come back as another text. Anchors are text, since a person must not become another one by the next row's looks.
 * @returns types by column index, of columns that are not text
 */
export async function deduceTypes(
  file: OpenFile,
  settings: CsvSettings,
  header: Header,
  check: () => void,
): Promise<ReadonlyMap<number, AttributeType>> {
  const columns = header.columns.map(
    (name, index): Candidate => ({
      index,
      separator: settings.separators.get(nameKey(name))?.separator,
      type: undefined,
      isText: name === '' || header.anchors.has(index) || settings.columnTypes.has(nameKey(name)),
    }),
  );
  for await (const rows of dataRows(file, settings, check)) {
    for (const { cells, fault } of rows) {
      if (fault !== undefined || cells.length !== columns.length) continue;
      for (const column of columns) {
        if (column.isText) continue;
        for (const text of splitCell(cells[column.index] ?? '', column.separator)) {
          const type = typeOf(text);
          column.isText ||= type === 'String' || (column.type !== undefined && column.type !== type);
          column.type = type;
        }
      }
    }
  }
  return new Map(
    columns.flatMap(({ index, isText, type }): [number, AttributeType][] =>
      isText || type === undefined ? [] : [[index, type]],
    ),
  );
}

function typeOf(text: string): AttributeType {
  if (/^(?:true|false)$/i.test(text)) return 'Boolean';
  if (!/^(?:0|-?[1-9][0-9]{0,18})$/.test(text)) return 'String';
  return coerceValue({ name: '', type: 'Integer' }, text).ok ? 'Integer' : 'String';
}
