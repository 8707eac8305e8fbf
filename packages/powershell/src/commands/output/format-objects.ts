import { baseOf, typeOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import type { Session } from '../../runtime/session.ts';
import { getMember } from '../../types/members.ts';
import { typeNames } from '../../types/type-names.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { Decimal, Double, Single, SmallInteger, UInt64 } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { propertyNames } from '../objects/member-match.ts';

/**
 * Objects as lines of text, as the end of a pipeline, `Out-String` and `>` show them: text and values as they are, other
 * objects as a table of up to four properties, or as a list.
 */
export class ObjectFormatter {
  readonly #session: Session;
  readonly #line: (text: string) => void;
  #kind: string | undefined;
  #rows: Value[] = [];
  #names: readonly string[] = [];

  constructor(session: Session, line: (text: string) => void) {
    this.#session = session;
    this.#line = line;
  }

  write(value: Value): void {
    const plain = plainText(value, this.#session);
    if (plain !== undefined) {
      this.#flushRows();
      for (const text of plain.split('\n')) this.#line(text);
      return;
    }
    const kind = typeNames(value)[0] ?? '';
    if (kind !== this.#kind) this.#begin(value, kind);
    this.#rows.push(value);
  }

  end(): void {
    this.#finish();
  }

  #begin(value: Value, kind: string): void {
    this.#finish();
    this.#kind = kind;
    const base = baseOf(value);
    this.#names = base instanceof Dictionary ? ['Name', 'Value'] : propertyNames(value, this.#session);
    this.#headerDone = false;
  }

  #headerDone = false;
  #widths: number[] = [];

  #finish(): void {
    if (this.#kind === undefined) return;
    this.#flushRows();
    if (this.#names.length > 0) this.#line('');
    this.#kind = undefined;
  }

  #flushRows(): void {
    const rows = this.#rows;
    this.#rows = [];
    if (rows.length === 0) return;
    if (this.#names.length === 0) {
      if (!(baseOf(rows[0]) instanceof Dictionary)) this.#line('');
      return;
    }
    const isTable = this.#names.length <= 4;
    if (isTable) this.#table(rows);
    else this.#list(rows);
  }

  #table(rows: readonly Value[]): void {
    const cells = rows.flatMap((row) => this.#cells(row));
    if (!this.#headerDone) {
      this.#widths = this.#names.map((name, column) =>
        Math.max(name.length, ...cells.map((row) => row[column]?.text.length ?? 0)),
      );
      this.#line('');
    }
    const isRight = this.#names.map((_, column) => cells[0]?.[column]?.isNumber === true);
    const show = (texts: readonly string[]) => {
      const padded = texts.map((text, column) => {
        const width = this.#widths[column] ?? 0;
        if (isRight[column] === true) return text.padStart(width);
        return column === texts.length - 1 ? text : text.padEnd(width);
      });
      this.#line(padded.join(' '));
    };
    if (!this.#headerDone) {
      show(this.#names);
      show(this.#names.map((name) => '-'.repeat(name.length)));
      this.#headerDone = true;
    }
    for (const row of cells) show(row.map((cell) => cell.text));
  }

  #cells(row: Value): { readonly text: string; readonly isNumber: boolean }[][] {
    const base = baseOf(row);
    if (base instanceof Dictionary) {
      return [...base.items()].map(({ key, value }) => [
        { text: this.#cell(key, true).padEnd(30), isNumber: false },
        { text: this.#cell(value, true), isNumber: false },
      ]);
    }
    return [
      this.#names.map((name) => {
        const value = this.#read(row, name);
        return { text: this.#cell(value, true), isNumber: isNumber(value) };
      }),
    ];
  }

  #list(rows: readonly Value[]): void {
    if (!this.#headerDone) this.#line('');
    const width = Math.max(...this.#names.map((name) => name.length));
    for (const [at, row] of rows.entries()) {
      if (at > 0 || this.#headerDone) this.#line('');
      for (const name of propertyNames(row, this.#session)) {
        this.#line(`${name.padEnd(width)} : ${this.#cell(this.#read(row, name), false)}`);
      }
      this.#headerDone = true;
    }
  }

  #read(row: Value, name: string): Value {
    return propertyNames(row, this.#session).some((own) => own.toLowerCase() === name.toLowerCase())
      ? getMember(row, name, this.#session)
      : null;
  }

  #cell(value: Value, isTable: boolean): string {
    const base = baseOf(value);
    if (base === null || base === undefined) return '';
    if (isTable && (base instanceof Double || base instanceof Single)) return base.value.toFixed(2);
    const items = enumerable(base, this.#session);
    if (items === undefined) return this.#session.text(value);
    const texts: string[] = [];
    for (const item of items) {
      if (texts.length === 4) {
        texts[3] = '…';
        break;
      }
      texts.push(this.#cell(item, false));
    }
    return `{${texts.join(', ')}}`;
  }
}

/** The text of what is shown by itself: text, numbers and other single values; `undefined` for objects of properties. */
function plainText(value: Value, session: Session): string | undefined {
  const base = baseOf(value);
  if (base === null || base === undefined) return '';
  if (typeof base !== 'object' || isNumber(base)) return session.text(base);
  if (base instanceof ErrorRecord) return session.text(base);
  const { name, description } = typeOf(base);
  if (description.kind === 'enum' || name === 'System.Char') return session.text(base);
  if (description.toText !== undefined && propertyNames(base, session).length === 0) return session.text(base);
  if (/Record$/.test(name) && name.startsWith('System.Management.Automation.')) return session.text(base);
  if (name === 'System.DateTime') return `\n${session.text(base)}\n`;
  return undefined;
}

function isNumber(value: Value): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return true;
  return (
    value instanceof Double ||
    value instanceof Single ||
    value instanceof Decimal ||
    value instanceof SmallInteger ||
    value instanceof UInt64
  );
}
