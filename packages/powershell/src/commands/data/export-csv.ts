import { baseOf } from '../../conversion/base.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { onlyFile } from '../items/only-file.ts';
import { resolveNative } from '../items/paths.ts';
import { textsOf } from '../items-of.ts';
import { encodingOf, encodingParameter } from '../output/encoding-parameter.ts';
import { encodingOfFile, type FileEncoding, fileEncoding } from '../output/file-encoding.ts';
import { openLines } from '../output/read-lines.ts';
import { CsvReader } from './csv-reader.ts';
import { CsvWriter, columnNames, refuseBoth, writingParameters } from './csv-writer.ts';
import { headingOf } from './read-csv.ts';
import { delimiterOf } from './read-csv-cmdlets.ts';

/** Characters that wait before they are written. */
const chunk = 1 << 16;

export const exportCsv: CmdletDescription = {
  name: 'Export-Csv',
  typeName: 'Microsoft.PowerShell.Commands.ExportCsvCommand',
  module: 'Microsoft.PowerShell.Utility',
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
    encodingParameter,
    { name: 'Append', type: 'switch' },
    ...writingParameters,
  ],
  start: (call) => {
    const { files } = call.session.world;
    let file: ExportFile | undefined;
    let writer: CsvWriter | undefined;
    let waiting = '';
    const flush = () => {
      if (waiting !== '' && file !== undefined) files.writeBytes(file.path, file.encoding.encode(waiting), 'append');
      waiting = '';
    };
    return {
      begin() {
        refuseBoth(call);
        refusePaths(call);
        const [path = ''] = textsOf(call.get('LiteralPath') ?? call.get('Path'));
        if (call.shouldProcess(path, 'Export-Csv')) file = openExport(call, path);
      },
      process() {
        const input = call.get('InputObject');
        if (baseOf(input) === null || file === undefined) return;
        if (writer === undefined) {
          const own = columnNames(call, input);
          if (file.columns !== undefined && !call.isOn('Force')) checkColumns(call, own, file);
          writer = new CsvWriter(call, file.columns ?? own);
          if (file.columns === undefined)
            waiting += writer
              .heading(input)
              .map((line) => `${line}\n`)
              .join('');
        }
        waiting += `${writer.row(input)}\n`;
        if (waiting.length > chunk) flush();
      },
      clean: flush,
    };
  },
};

/** @property columns those of the file that is appended to; absent for a new one */
interface ExportFile {
  readonly asked: string;
  readonly path: string;
  readonly encoding: FileEncoding;
  readonly columns: readonly string[] | undefined;
}

function refusePaths(call: CmdletCall): void {
  if (call.has('Path') !== call.has('LiteralPath')) return;
  const message = 'You must specify either the -Path or -LiteralPath parameters, but not both.';
  call.fail(cmdletError('CannotSpecifyPathAndLiteralPath', message, { category: 'InvalidData' }));
}

/** Makes or empties the file; one that is appended to keeps its encoding and its columns. */
function openExport(call: CmdletCall, asked: string): ExportFile {
  const { session } = call;
  const { files } = session.world;
  const path = call.has('LiteralPath') ? resolveNative(session, asked) : onlyFile(call, asked);
  const wanted = encodingOf(call) ?? fileEncoding(null, session);
  if (wanted === undefined) throw new Error('UTF-8 is always known');
  const append = call.isOn('Append');
  try {
    if (append && (files.stat(path)?.length ?? 0) > 0) {
      const { encoding, columns } = readExisting(call, path, wanted);
      files.writeBytes(path, new Uint8Array(), 'append');
      return { asked, path, encoding, columns };
    }
    const mode = append ? 'append' : call.isOn('NoClobber') ? 'create' : 'truncate';
    files.writeBytes(path, wanted.preamble, mode);
    return { asked, path, encoding: wanted, columns: undefined };
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    const isThere = call.isOn('NoClobber') && error.exception.type.name === 'System.IO.IOException';
    const [id, category] = isThere
      ? (['NoClobber', 'ResourceExists'] as const)
      : (['FileOpenFailure', 'OpenError'] as const);
    return call.fail(new ErrorRecord(error.exception, id, category, path));
  }
}

function readExisting(call: CmdletCall, path: string, wanted: FileEncoding): Pick<ExportFile, 'encoding' | 'columns'> {
  const { session } = call;
  const { files } = session.world;
  const head = files.open(path, 'read');
  const encoding = encodingOfFile(head.read(4, 0)) ?? wanted;
  head.close();
  const { lines, close } = openLines(session, path, encoding);
  try {
    const reader = new CsvReader(lines, delimiterOf(call), (bytes) => session.budget.reserve(bytes));
    return { encoding, columns: headingOf(reader).columns };
  } finally {
    close();
  }
}

/** What is appended must have every column of the file; others are left out. Only the first object is asked. */
function checkColumns(call: CmdletCall, own: readonly string[], { asked, columns = [] }: ExportFile): void {
  const known = new Set(own.map((name) => name.toLowerCase()));
  const lacking = columns.find((name) => !known.has(name.toLowerCase()));
  if (lacking === undefined) return;
  const message = `Cannot append CSV content to the following file: ${asked}. The appended object does not have a property that corresponds to the following column: ${lacking}. To continue with mismatched properties, add the -Force parameter, and then retry the command.`;
  call.fail(
    cmdletError('CannotAppendCsvWithMismatchedPropertyNames', message, { category: 'InvalidData', target: lacking }),
  );
}
