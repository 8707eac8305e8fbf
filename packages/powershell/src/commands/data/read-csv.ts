import { runtimeError } from '../../errors/raise.ts';
import { ColumnLayout } from '../../values/column-layout.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { LineSource } from '../../world/text-lines.ts';
import type { CmdletCall } from '../description.ts';
import { CsvReader } from './csv-reader.ts';
import { type CsvRecord, splitRecord } from './csv-record.ts';

/** What a CSV text says before its rows. */
interface Heading {
  readonly names: readonly string[];
  readonly typeName: string | undefined;
}

/**
 * Makes rows of one CSV text after the other; the first begins with the heading, unless names were given. A row keeps the
 * text of its record until somebody asks for a field.
 */
export class RowWriter {
  readonly #call: CmdletCall;
  readonly #delimiter: string;
  readonly #given: readonly string[] | undefined;
  #layout: ColumnLayout | undefined;
  #typeName: string | undefined;

  /** @param given names in the place of a heading: then the first record is a row */
  constructor(call: CmdletCall, delimiter: string, given: readonly string[] | undefined) {
    this.#call = call;
    this.#delimiter = delimiter;
    this.#given = given;
  }

  /** Writes a custom object for each row of a text. Throws `Thrown` where two columns have one name. */
  read(lines: LineSource): void {
    const call = this.#call;
    const { budget } = call.session;
    const delimiter = this.#delimiter;
    const reader = new CsvReader(lines, delimiter, (bytes) => budget.reserve(bytes));
    const layout = this.#layout ?? this.#readHeading(reader);
    if (layout === undefined) return;
    const { length } = layout.names;
    for (let text = reader.nextText(); text !== undefined; text = reader.nextText()) {
      budget.step();
      if (isEmpty(text, delimiter)) continue;
      const fields = reader.isLast ? fitted(splitRecord(text, delimiter, true), length) : text;
      const row = new PSCustomObject(layout, fields);
      if (this.#typeName !== undefined) row.typeNames = [this.#typeName, `CSV:${this.#typeName}`];
      call.write(row);
    }
  }

  #readHeading(reader: CsvReader): ColumnLayout | undefined {
    const { names, typeName } = readHeading(this.#call, reader, this.#delimiter, this.#given);
    this.#typeName ??= typeName;
    if (names.length === 0) return undefined;
    checkNames(names);
    const split = (text: string): CsvRecord => fitted(splitRecord(text, this.#delimiter, false), names.length);
    this.#layout = new ColumnLayout(names, split);
    return this.#layout;
  }
}

/** True for a record whose only field is empty. */
function isEmpty(text: string, delimiter: string): boolean {
  const first = text.charCodeAt(0);
  if (first !== 34 && first !== 32 && first !== 9) return false;
  if (!text.trimStart().startsWith('""')) return false;
  const [field, second] = splitRecord(text, delimiter, false);
  return field === '' && second === undefined;
}

/** As many fields as there are columns: what lacks is null. */
function fitted(record: CsvRecord, length: number): CsvRecord {
  if (record.length > length) record.length = length;
  while (record.length < length) record.push(null);
  return record;
}

function readHeading(
  call: CmdletCall,
  reader: CsvReader,
  delimiter: string,
  given: readonly string[] | undefined,
): Heading {
  let typeName: string | undefined;
  let fields: CsvRecord | undefined;
  for (let line = reader.peekLine(); line?.startsWith('#') === true; line = reader.peekLine()) {
    const type = /^#TYPE\s+(.*)$/i.exec(line)?.[1]?.trim();
    const w3c = /^#Fields: (.*)$/i.exec(line)?.[1];
    reader.skipLine();
    if (type !== undefined && type !== '' && typeName === undefined) typeName = type;
    if (w3c !== undefined && delimiter === ',') fields = splitRecord(w3c, delimiter, true);
  }
  const record = given === undefined ? (fields ?? reader.next()) : [...given];
  return { names: record === undefined ? [] : named(call, record), typeName };
}

/** Columns without a name at the end are left out with their values; others are called H1, H2 and so on. */
function named(call: CmdletCall, record: CsvRecord): string[] {
  let count = record.length;
  while (count > 0 && !record[count - 1]) count--;
  let made = 0;
  const names = record.slice(0, count).map((name) => {
    if (name !== null && name !== '') return name;
    made++;
    return `H${made}`;
  });
  if (made > 0) {
    call.writeWarning(
      'One or more headers were not specified. Default names starting with "H" have been used in place of any missing headers.',
    );
  }
  return names;
}

function checkNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const folded = name.toLowerCase();
    if (seen.has(folded)) {
      throw runtimeError(
        'AlreadyPresentPSMemberInfoInternalCollectionAdd',
        `The member "${name}" is already present.`,
        {
          type: 'System.Management.Automation.ExtendedTypeSystemException',
        },
      );
    }
    seen.add(folded);
  }
}
