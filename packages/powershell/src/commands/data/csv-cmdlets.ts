import { baseOf } from '../../conversion/base.ts';
import { toNetText } from '../../conversion/text.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { typeNames } from '../../types/type-names.ts';
import { Dictionary } from '../../values/dictionary.ts';
import type { Value } from '../../values/value.ts';
import { TextLines } from '../../world/text-lines.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../description.ts';
import { resolveNative } from '../items/paths.ts';
import { itemsOf, textsOf } from '../items-of.ts';
import { propertyNames, propertyValue } from '../objects/member-match.ts';
import { encodingOfFile, type FileEncoding, fileEncoding } from '../output/file-encoding.ts';
import { type OpenLines, openLines } from '../output/read-lines.ts';
import { CsvReader } from './csv-reader.ts';
import { RowWriter } from './read-csv.ts';

const utility = 'Microsoft.PowerShell.Utility';

function delimiterOf(call: CmdletCall): string {
  return call.has('Delimiter') ? call.session.text(call.get('Delimiter')) : ',';
}

function headerOf(call: CmdletCall): readonly string[] | undefined {
  return call.has('Header') ? textsOf(call.get('Header')) : undefined;
}

export const importCsv: CmdletDescription = {
  name: 'Import-Csv',
  typeName: 'Microsoft.PowerShell.Commands.ImportCsvCommand',
  module: utility,
  defaultSet: 'DelimiterPath',
  parameters: [
    {
      name: 'Delimiter',
      type: 'char',
      sets: ['DelimiterPath', 'DelimiterLiteralPath'],
      position: 1,
      validate: { notNull: true },
    },
    {
      name: 'Path',
      type: 'string[]',
      sets: ['DelimiterPath', 'CulturePath'],
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      validate: { notNullOrEmpty: true },
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: ['DelimiterLiteralPath', 'CultureLiteralPath'],
      mandatory: true,
      fromPipelineByPropertyName: true,
      validate: { notNullOrEmpty: true },
    },
    { name: 'UseCulture', type: 'switch', sets: ['CulturePath', 'CultureLiteralPath'], mandatory: true },
    { name: 'Header', type: 'string[]', validate: { notNullOrEmpty: true } },
    { name: 'Encoding', type: 'object', validate: { notNullOrEmpty: true } },
  ],
  start: (call) => ({
    process() {
      const { session } = call;
      for (const path of textsOf(call.get('LiteralPath') ?? call.get('Path'))) {
        const native = resolveNative(session, path);
        const given = call.has('Encoding') ? fileEncoding(call.get('Encoding'), session) : undefined;
        const file = open(call, native, given);
        try {
          new RowWriter(call, delimiterOf(call), headerOf(call)).read(file.lines);
        } finally {
          file.close();
        }
      }
    },
  }),
};

function open(call: CmdletCall, path: string, encoding: FileEncoding | undefined): OpenLines {
  try {
    return openLines(call.session, path, encoding);
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    return call.fail(new ErrorRecord(error.exception, 'FileOpenFailure', 'OpenError', path));
  }
}

export const convertFromCsv: CmdletDescription = {
  name: 'ConvertFrom-Csv',
  typeName: 'Microsoft.PowerShell.Commands.ConvertFromCsvCommand',
  module: utility,
  defaultSet: 'Delimiter',
  parameters: [
    { name: 'Delimiter', type: 'char', sets: ['Delimiter'], position: 1 },
    { name: 'UseCulture', type: 'switch', sets: ['UseCulture'], mandatory: true },
    {
      name: 'InputObject',
      type: 'object[]',
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    { name: 'Header', type: 'string[]', validate: { notNullOrEmpty: true } },
  ],
  start: (call) => {
    const rows = new RowWriter(call, delimiterOf(call), headerOf(call));
    return {
      process() {
        for (const item of itemsOf(call.get('InputObject'))) rows.read(new TextLines(call.session.text(item)));
      },
    };
  },
};

const writing: readonly CmdletParameter[] = [
  { name: 'Delimiter', type: 'char', sets: ['Delimiter'], position: 1, validate: { notNull: true } },
  { name: 'UseCulture', type: 'switch', sets: ['UseCulture'] },
  { name: 'IncludeTypeInformation', type: 'switch', aliases: ['ITI'] },
  { name: 'NoTypeInformation', type: 'switch', aliases: ['NTI'] },
  { name: 'QuoteFields', type: 'string[]', aliases: ['QF'] },
  { name: 'UseQuotes', type: 'string', aliases: ['UQ'], validate: { set: ['Never', 'Always', 'AsNeeded'] } },
  { name: 'NoHeader', type: 'switch' },
];

/** Makes the lines of objects: the heading is that of the first. */
class CsvWriter {
  readonly #call: CmdletCall;
  readonly #delimiter: string;
  readonly #quotes: string;
  readonly #quoted: ReadonlySet<string> | undefined;
  #names: readonly string[] | undefined;

  constructor(call: CmdletCall, names?: readonly string[]) {
    this.#call = call;
    this.#delimiter = delimiterOf(call);
    this.#quotes = call.has('UseQuotes') ? call.session.text(call.get('UseQuotes')) : 'Always';
    const fields = call.has('QuoteFields') ? textsOf(call.get('QuoteFields')) : undefined;
    this.#quoted = fields === undefined ? undefined : new Set(fields.map((name) => name.toLowerCase()));
    this.#names = names;
  }

  lines(value: Value): string[] {
    const lines: string[] = [];
    if (this.#names === undefined) {
      this.#names = this.#namesOf(value);
      if (this.#names.length === 0) return lines;
      if (this.#call.isOn('IncludeTypeInformation')) lines.push(`#TYPE ${typeNames(value)[0] ?? ''}`);
      if (!this.#call.isOn('NoHeader')) lines.push(this.#line(this.#names.map((name) => [name, name] as const)));
    }
    if (this.#names.length === 0) return lines;
    lines.push(this.#line(this.#names.map((name) => [name, this.#field(value, name)] as const)));
    return lines;
  }

  #namesOf(value: Value): readonly string[] {
    const base = baseOf(value);
    if (base instanceof Dictionary) return [...base.items()].map(({ key }) => this.#call.session.text(key));
    return propertyNames(value, this.#call.session);
  }

  #field(value: Value, name: string): string | undefined {
    const { session } = this.#call;
    const base = baseOf(value);
    const has =
      base instanceof Dictionary
        ? base.has(name)
        : propertyNames(value, session).some((one) => one.toLowerCase() === name.toLowerCase());
    const field = !has ? null : base instanceof Dictionary ? base.get(name) : propertyValue(value, name, session);
    return baseOf(field) === null ? undefined : toNetText(field, undefined, session);
  }

  #line(fields: readonly (readonly [name: string, text: string | undefined])[]): string {
    return fields.map(([name, text]) => (text === undefined ? '' : this.#quote(name, text))).join(this.#delimiter);
  }

  #quote(name: string, text: string): string {
    const isSpecial = text.includes(this.#delimiter) || /["\n\r]/.test(text);
    const isWanted =
      this.#quoted === undefined
        ? this.#quotes === 'Always' || (this.#quotes === 'AsNeeded' && isSpecial)
        : this.#quoted.has(name.toLowerCase());
    return isWanted ? `"${text.replaceAll('"', '""')}"` : text;
  }
}

export const convertToCsv: CmdletDescription = {
  name: 'ConvertTo-Csv',
  typeName: 'Microsoft.PowerShell.Commands.ConvertToCsvCommand',
  module: utility,
  defaultSet: 'Delimiter',
  parameters: [
    {
      name: 'InputObject',
      type: 'object',
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    ...writing,
  ],
  start: (call) => {
    const writer = new CsvWriter(call);
    return {
      process() {
        const input = call.get('InputObject');
        if (baseOf(input) !== null) for (const line of writer.lines(input)) call.write(line);
      },
    };
  },
};

export const exportCsv: CmdletDescription = {
  name: 'Export-Csv',
  typeName: 'Microsoft.PowerShell.Commands.ExportCsvCommand',
  module: utility,
  defaultSet: 'Delimiter',
  supportsShouldProcess: true,
  parameters: [
    {
      name: 'InputObject',
      type: 'object',
      mandatory: true,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    { name: 'Path', type: 'string', position: 0, validate: { notNullOrEmpty: true } },
    { name: 'LiteralPath', type: 'string', aliases: ['PSPath', 'LP'], validate: { notNullOrEmpty: true } },
    { name: 'Force', type: 'switch' },
    { name: 'NoClobber', type: 'switch', aliases: ['NoOverwrite'] },
    { name: 'Encoding', type: 'object', validate: { notNullOrEmpty: true } },
    { name: 'Append', type: 'switch' },
    ...writing,
  ],
  start: (call) => {
    const { session } = call;
    const { files } = session.world;
    const [path = ''] = textsOf(call.get('LiteralPath') ?? call.get('Path'));
    const native = resolveNative(session, path);
    let encoding = fileEncoding(call.get('Encoding'), session);
    let waiting = '';
    let writer: CsvWriter | undefined;
    const flush = () => {
      if (waiting !== '' && encoding !== undefined) files.writeBytes(native, encoding.encode(waiting), 'append');
      waiting = '';
    };
    let names: readonly string[] | undefined;
    return {
      begin() {
        if (encoding === undefined || !call.shouldProcess(path, 'Export-Csv')) return;
        try {
          const append = call.isOn('Append');
          const known = append && (files.stat(native)?.length ?? 0) > 0 ? files.readBytes(native) : undefined;
          if (known !== undefined) {
            encoding = encodingOfFile(known) ?? encoding;
            names = headingOf(files.readText(native), delimiterOf(call));
          }
          const isNew = known === undefined;
          const mode = append ? 'append' : call.isOn('NoClobber') && !call.isOn('Force') ? 'create' : 'truncate';
          files.writeBytes(native, isNew ? encoding.preamble : new Uint8Array(), mode);
        } catch (error) {
          if (!(error instanceof NetFailure)) throw error;
          call.fail(openFailure(call, error, native));
        }
        writer = new CsvWriter(call, names);
      },
      process() {
        const input = call.get('InputObject');
        if (baseOf(input) === null || writer === undefined) return;
        if (names !== undefined && !call.isOn('Force')) checkColumns(call, input, names, path);
        const lines = writer.lines(input);
        if (lines.length > 0) waiting += `${lines.join('\n')}\n`;
        if (waiting.length > 1 << 16) flush();
      },
      clean: flush,
    };
  },
};

function openFailure(call: CmdletCall, { exception }: NetFailure, path: string): ErrorRecord {
  const isThere = call.isOn('NoClobber') && exception.type.name === 'System.IO.IOException';
  if (isThere) return new ErrorRecord(exception, 'NoClobber', 'ResourceExists', path);
  return new ErrorRecord(exception, 'FileOpenFailure', 'OpenError', path);
}

/** The names that the heading of a file has, without its type line. */
function headingOf(text: string, delimiter: string): readonly string[] {
  const reader = new CsvReader(new TextLines(text), delimiter);
  while (reader.peekLine()?.startsWith('#') === true) reader.skipLine();
  return (reader.next() ?? []).map((name) => name ?? '');
}

/** What is appended must have every column of the file; others are left out. */
function checkColumns(call: CmdletCall, value: Value, names: readonly string[], path: string): void {
  const base = baseOf(value);
  const own =
    base instanceof Dictionary
      ? undefined
      : new Set(propertyNames(value, call.session).map((one) => one.toLowerCase()));
  const lacking = names.find((name) => (base instanceof Dictionary ? !base.has(name) : !own?.has(name.toLowerCase())));
  if (lacking === undefined) return;
  const message = `Cannot append CSV content to the following file: ${path}. The appended object does not have a property that corresponds to the following column: ${lacking}. To continue with mismatched properties, add the -Force parameter, and then retry the command.`;
  call.fail(
    cmdletError('CannotAppendCsvWithMismatchedPropertyNames', message, { category: 'InvalidData', target: lacking }),
  );
}
