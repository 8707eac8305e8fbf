import { runtimeError } from '../../errors/raise.ts';
import { ColumnLayout } from '../../values/column-layout.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { LineSource } from '../../world/text-lines.ts';
import type { CmdletCall } from '../description.ts';
import { CsvReader } from './csv-reader.ts';
import { type CsvRecord, splitRecord } from './csv-record.ts';

/**
 * Makes rows of one CSV text after the other; the first begins with the heading, unless names were given. A row keeps the
 * text of its record until somebody asks for a field.
 */
export class RowWriter {
  readonly #call: CmdletCall;
  readonly #delimiter: string;
  #columns: readonly string[] | undefined;
  #layout: ColumnLayout | undefined;
  /** Where the columns of a record go; absent where each has a property of its own. */
  #places: readonly number[] | undefined;
  #typeNames: readonly string[] | undefined;

  /** @param given names in the place of a heading: then the first record is a row */
  constructor(call: CmdletCall, delimiter: string, given: readonly string[] | undefined) {
    this.#call = call;
    this.#delimiter = delimiter;
    this.#columns = given;
  }

  /** Writes a custom object for each row of a text. Throws `Thrown` where two columns have one name. */
  read(lines: LineSource): void {
    const call = this.#call;
    const { budget } = call.session;
    const delimiter = this.#delimiter;
    const reader = new CsvReader(lines, delimiter, (bytes) => budget.reserve(bytes));
    this.#readHeading(reader);
    for (let text = reader.nextText(); text !== undefined; text = reader.nextText()) {
      budget.step();
      if (isEmpty(text, delimiter)) continue;
      const last = reader.isLast ? splitRecord(text, delimiter, true) : undefined;
      if (last?.length === 0) return;
      this.#layout ??= this.#makeLayout();
      const row = new PSCustomObject(this.#layout, last === undefined ? text : this.#fitted(last));
      if (this.#typeNames !== undefined) row.typeNames = [...this.#typeNames];
      call.write(row);
    }
  }

  #readHeading(reader: CsvReader): void {
    const { columns, typeName } = headingOf(reader, this.#columns, this.#typeNames === undefined);
    this.#columns = columns;
    if (typeName !== undefined) this.#typeNames = [typeName, `CSV:${typeName}`];
  }

  /** Columns without a name are called H1, H2 and so on, with a warning at the first row. */
  #makeLayout(): ColumnLayout {
    const columns = this.#columns ?? [];
    let made = 0;
    const named = columns.map((name) => (name === '' ? `H${++made}` : name));
    if (made > 0) {
      this.#call.writeWarning(
        'One or more headers were not specified. Default names starting with "H" have been used in place of any missing headers.',
      );
    }
    const places = new Map<string, number>();
    const names: string[] = [];
    for (const name of named) {
      const folded = name.toLowerCase();
      if (places.has(folded)) continue;
      places.set(folded, names.length);
      names.push(name);
    }
    // A made name that a column already has: its value counts.
    if (names.length < named.length) this.#places = named.map((name) => places.get(name.toLowerCase()) ?? 0);
    return new ColumnLayout(names, (text) => this.#fitted(splitRecord(text, this.#delimiter, false)));
  }

  /** As many fields as there are columns: what lacks is null. */
  #fitted(record: CsvRecord): CsvRecord {
    const length = this.#columns?.length ?? 0;
    if (record.length > length) record.length = length;
    while (record.length < length) record.push(null);
    if (this.#places === undefined) return record;
    const fields: CsvRecord = [];
    for (const [column, place] of this.#places.entries()) fields[place] = record[column] ?? null;
    return fields;
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

interface Heading {
  readonly columns: readonly string[] | undefined;
  readonly typeName: string | undefined;
}

const fieldsMark = '#Fields: ';

/**
 * Reads what a CSV text says before its rows: a first line that begins with `#`, which may name a type, other such lines, and
 * the names of the columns, without those at the end that are empty. `#Fields: ` names columns too, as log files have them.
 * @param given columns that are known already: none are read
 * @param withType whether the first line may name a type
 * Throws `Thrown` where two columns have one name.
 */
export function headingOf(reader: CsvReader, given?: readonly string[], withType = true): Heading {
  const typeName = withType ? readTypeName(reader) : undefined;
  let columns = given;
  while (columns === undefined) {
    const record = reader.first();
    if (record === undefined) break;
    while (record.length > 1 && (record.at(-1) ?? '') === '') record.pop();
    const [first = '', ...rest] = record.map((name) => name ?? '');
    if (first.startsWith(fieldsMark)) columns = [first.slice(fieldsMark.length), ...rest];
    else if (!first.startsWith('#')) columns = [first, ...rest];
  }
  checkNames(columns ?? []);
  return { columns, typeName };
}

function readTypeName(reader: CsvReader): string | undefined {
  const line = reader.peekLine();
  if (line?.startsWith('#') !== true) return undefined;
  reader.skipLine();
  const name = /^#type(.*)$/is.exec(line)?.[1]?.trim() ?? '';
  return name === '' ? undefined : name;
}

function checkNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const folded = name.toLowerCase();
    if (name !== '' && seen.has(folded)) {
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
