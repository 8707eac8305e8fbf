import { runtimeError } from '../../errors/raise.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { CmdletCall } from '../description.ts';
import { CsvReader, type CsvRecord } from './csv-reader.ts';

/** What a CSV text says before its rows. */
interface Heading {
  readonly names: readonly string[];
  readonly typeName: string | undefined;
}

/** Makes rows of one CSV text after the other; the first begins with the heading, unless names were given. */
export class RowWriter {
  readonly #call: CmdletCall;
  readonly #delimiter: string;
  readonly #given: readonly string[] | undefined;
  #columns: readonly Column[] | undefined;
  #typeName: string | undefined;

  /** @param given names in the place of a heading: then the first record is a row */
  constructor(call: CmdletCall, delimiter: string, given: readonly string[] | undefined) {
    this.#call = call;
    this.#delimiter = delimiter;
    this.#given = given;
  }

  /** Writes a custom object for each row of a text. Throws `Thrown` where two columns have one name. */
  read(text: string): void {
    const reader = new CsvReader(text, this.#delimiter);
    const columns = this.#columns ?? this.#readHeading(reader);
    if (columns === undefined) return;
    for (let record = reader.next(); record !== undefined; record = reader.next()) {
      if (record.length === 1 && record[0] === '') continue;
      const row = new PSCustomObject();
      for (let at = 0; at < columns.length; at++) {
        const column = columns[at];
        if (column === undefined) continue;
        row.members.set(column.folded, { kind: 'note', name: column.name, value: record[at] ?? null });
      }
      if (this.#typeName !== undefined) row.typeNames = [this.#typeName, `CSV:${this.#typeName}`];
      this.#call.write(row);
    }
  }

  #readHeading(reader: CsvReader): readonly Column[] | undefined {
    const { names, typeName } = readHeading(this.#call, reader, this.#delimiter, this.#given);
    this.#typeName ??= typeName;
    if (names.length === 0) return undefined;
    const columns = names.map((name) => ({ name, folded: name.toLowerCase() }));
    checkNames(columns);
    this.#columns = columns;
    return columns;
  }
}

interface Column {
  readonly name: string;
  readonly folded: string;
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
    if (w3c !== undefined && delimiter === ',') fields = new CsvReader(w3c, delimiter).next();
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

function checkNames(columns: readonly Column[]): void {
  const seen = new Set<string>();
  for (const { name, folded } of columns) {
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
