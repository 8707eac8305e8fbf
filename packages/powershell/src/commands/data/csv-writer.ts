import { baseOf } from '../../conversion/base.ts';
import { toNetText } from '../../conversion/text.ts';
import { DataRow } from '../../types/data/data-table.ts';
import { typeNames } from '../../types/type-names.ts';
import type { ColumnLayout } from '../../values/column-layout.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { PSCustomObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletParameter } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { propertyNames, propertyValue } from '../objects/member-match.ts';
import { quoteKind } from './data-enums.ts';
import { delimiterOf } from './read-csv-cmdlets.ts';

/** What `ConvertTo-Csv` and `Export-Csv` have in common. */
export const writingParameters: readonly CmdletParameter[] = [
  { name: 'Delimiter', type: 'char', sets: ['Delimiter'], position: 1, validate: { notNull: true } },
  { name: 'UseCulture', type: 'switch', sets: ['UseCulture'] },
  { name: 'IncludeTypeInformation', type: 'switch', aliases: ['ITI'] },
  { name: 'NoTypeInformation', type: 'switch', aliases: ['NTI'] },
  { name: 'QuoteFields', type: 'string[]', aliases: ['QF'] },
  { name: 'UseQuotes', type: quoteKind, aliases: ['UQ'] },
  { name: 'NoHeader', type: 'switch' },
];

/** Ends the cmdlet where parameters were given that exclude each other. */
export function refuseBoth(call: CmdletCall): void {
  const refuse = (id: string, first: string, second: string): void => {
    if (!call.has(first) || !call.has(second)) return;
    const message = `You must specify either the -${second} or -${first} parameters, but not both.`;
    call.fail(cmdletError(id, message, { category: 'InvalidData' }));
  };
  refuse('CannotSpecifyQuoteFieldsAndUseQuotes', 'QuoteFields', 'UseQuotes');
  const information = 'CannotSpecifyIncludeTypeInformationAndNoTypeInformation';
  refuse(information, 'NoTypeInformation', 'IncludeTypeInformation');
}

/** The names of the columns that an object makes: keys of a dictionary, columns of a row, properties of anything else. */
export function columnNames(call: CmdletCall, value: Value): readonly string[] {
  const base = baseOf(value);
  if (base instanceof Dictionary) return Array.from(base.items(), ({ key }) => call.session.text(key));
  if (base instanceof DataRow) return base.table.columns.map((column) => column.name);
  return propertyNames(value, call.session);
}

/** Makes the lines of objects, whose columns are those of the first. */
export class CsvWriter {
  readonly #call: CmdletCall;
  readonly #names: readonly string[];
  readonly #delimiter: string;
  /** Whether the values of a column are quoted: always, never, or where they must be. */
  readonly #quotes: readonly ('always' | 'never' | 'asNeeded')[];
  readonly #special: RegExp;
  #layout: ColumnLayout | undefined;
  /** Where the columns are in objects of that layout. */
  #places: readonly number[] = [];

  constructor(call: CmdletCall, names: readonly string[]) {
    this.#call = call;
    this.#names = names;
    this.#delimiter = delimiterOf(call);
    this.#special = new RegExp(`["\\n${this.#delimiter.replace(/[\\\]^-]/, '\\$&')}]`);
    this.#quotes = names.map(quoting(call));
  }

  /** The lines before the first row. */
  heading(first: Value): string[] {
    const lines: string[] = [];
    if (this.#call.isOn('IncludeTypeInformation')) lines.push(`#TYPE ${typeNames(first)[0] ?? ''}`);
    if (!this.#call.isOn('NoHeader')) lines.push(this.#line(this.#names));
    return lines;
  }

  row(value: Value): string {
    const base = baseOf(value);
    const layout = base instanceof PSCustomObject ? base.layout : undefined;
    if (base instanceof PSCustomObject && layout !== undefined) return this.#line(this.#ofLayout(base, layout));
    return this.#line(this.#names.map((name) => this.#field(value, base, name)));
  }

  #ofLayout({ fields }: PSCustomObject, layout: ColumnLayout): Value[] {
    if (layout !== this.#layout) {
      this.#layout = layout;
      this.#places = this.#names.map((name) => layout.indexOf(name));
    }
    return this.#places.map((place) => fields[place]);
  }

  #field(value: Value, base: Value, name: string): Value {
    if (base instanceof Dictionary) return base.get(name);
    const { session } = this.#call;
    const note = base instanceof PSCustomObject ? base.note(name) : undefined;
    if (note !== undefined) return note;
    const folded = name.toLowerCase();
    const has = propertyNames(value, session).some((one) => one.toLowerCase() === folded);
    return has ? propertyValue(value, name, session) : null;
  }

  #line(fields: readonly Value[]): string {
    const { session } = this.#call;
    let line = '';
    for (let at = 0; at < fields.length; at++) {
      if (at > 0) line += this.#delimiter;
      const field = fields[at];
      if (typeof field === 'string') line += this.#quote(field, at);
      else if (baseOf(field) !== null) line += this.#quote(toNetText(field, undefined, session), at);
    }
    return line;
  }

  #quote(text: string, column: number): string {
    const how = this.#quotes[column];
    if (how === 'never' || (how === 'asNeeded' && !this.#special.test(text))) return text;
    return text.includes('"') ? `"${text.replaceAll('"', '""')}"` : `"${text}"`;
  }
}

function quoting(call: CmdletCall): (name: string) => 'always' | 'never' | 'asNeeded' {
  if (call.has('QuoteFields')) {
    const quoted = new Set(textsOf(call.get('QuoteFields')).map((name) => name.toLowerCase()));
    return (name) => (quoted.has(name.toLowerCase()) ? 'always' : 'never');
  }
  switch (call.has('UseQuotes') ? call.session.text(call.get('UseQuotes')) : 'Always') {
    case 'Never':
      return () => 'never';
    case 'AsNeeded':
      return () => 'asNeeded';
    default:
      return () => 'always';
  }
}
