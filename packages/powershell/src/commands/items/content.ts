import { baseOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { toNetText } from '../../conversion/text.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import type { Session } from '../../runtime/session.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { NetArray, objectArray } from '../../values/array.ts';
import { SmallInteger } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../description.ts';
import { itemsOf } from '../items-of.ts';
import { type FileEncoding, fileEncoding } from '../output/file-encoding.ts';
import { driveNamed } from './drives.ts';
import { filterParameters, force, pathParameters } from './path-parameters.ts';
import { resolveNative, splitDrive } from './paths.ts';
import { driveNotFound, glob, type Item, itemFilter, pathsOf, resolveItems } from './resolve-items.ts';

const encoding: CmdletParameter = { name: 'Encoding', type: 'object', validate: { notNullOrEmpty: true } };

function encodingOf(call: CmdletCall): FileEncoding | undefined {
  if (!call.has('Encoding')) return undefined;
  const found = fileEncoding(call.get('Encoding'), call.session);
  if (found !== undefined) return found;
  const name = call.session.text(call.get('Encoding'));
  const message = `'${name}' is not a supported encoding name. For information on defining a custom encoding, see the documentation for the Encoding.RegisterProvider method. (Parameter 'name')`;
  return call.fail(cmdletError('ParameterArgumentTransformationError', message, { category: 'InvalidData' }));
}

export const getContent: CmdletDescription = {
  name: 'Get-Content',
  typeName: 'Microsoft.PowerShell.Commands.GetContentCommand',
  module: 'Microsoft.PowerShell.Management',
  defaultSet: 'Path',
  parameters: [
    { name: 'ReadCount', type: 'long', fromPipelineByPropertyName: true },
    { name: 'TotalCount', type: 'long', aliases: ['First', 'Head'], fromPipelineByPropertyName: true },
    { name: 'Tail', type: 'int', aliases: ['Last'], fromPipelineByPropertyName: true },
    ...pathParameters({ fromPipeline: false }),
    ...filterParameters,
    force,
    { name: 'Delimiter', type: 'string' },
    { name: 'Wait', type: 'switch', coverage: { state: 'missing', why: 'there is no waiting for what comes later' } },
    { name: 'Raw', type: 'switch' },
    encoding,
    { name: 'AsByteStream', type: 'switch' },
  ],
  start: (call) => ({
    process() {
      const { paths, isLiteral } = pathsOf(call);
      const isWanted = itemFilter(call);
      for (const path of paths) {
        for (const item of resolveItems(call, path, isLiteral)) if (isWanted(item)) readItem(call, item);
      }
    },
  }),
};

function readItem(call: CmdletCall, item: Item): void {
  if (item.kind === 'item') {
    call.writeAll(item.item.content);
    return;
  }
  if (item.status.kind === 'directory') {
    const message = `Unable to get content because it is a directory: '${item.path}'. Please use 'Get-ChildItem' instead.`;
    call.writeError(cmdletError('GetContainerContentException', message));
    return;
  }
  try {
    readFile(call, item.path);
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    call.writeError(new ErrorRecord(error.exception, 'GetContentReaderIOError', 'ReadError', item.path));
  }
}

function readFile(call: CmdletCall, path: string): void {
  const { files } = call.session.world;
  if (call.isOn('AsByteStream')) {
    const bytes = [...files.readBytes(path)].map((byte) => new SmallInteger(netTypes.byte, byte));
    if (call.isOn('Raw')) call.write(new NetArray(netTypes.byte, bytes));
    else for (const byte of bytes) call.write(byte);
    return;
  }
  const given = encodingOf(call);
  const text = given === undefined ? files.readText(path) : withoutMark(given.decode(files.readBytes(path)));
  if (call.isOn('Raw')) {
    if (text !== '') call.write(text);
    return;
  }
  const delimiter = call.has('Delimiter') ? call.session.text(call.get('Delimiter')) : undefined;
  const lines = delimiter === undefined ? linesOf(text) : partsOf(text, delimiter);
  writeLines(call, lines);
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function partsOf(text: string, delimiter: string): string[] {
  const parts = delimiter === '' ? [text] : text.split(delimiter);
  if (parts.at(-1) === '') parts.pop();
  return parts;
}

function writeLines(call: CmdletCall, lines: readonly string[]): void {
  const count = (parameter: string) =>
    call.has(parameter) ? Number(call.session.text(call.get(parameter))) : undefined;
  const total = count('TotalCount');
  const tail = count('Tail');
  let wanted = total === undefined ? lines : lines.slice(0, total);
  if (tail !== undefined) wanted = tail === 0 ? [] : wanted.slice(-tail);
  const readCount = count('ReadCount') ?? 1;
  if (readCount === 1) {
    for (const line of wanted) call.write(line);
    return;
  }
  const size = readCount <= 0 ? Math.max(wanted.length, 1) : readCount;
  for (let at = 0; at < wanted.length; at += size) call.write(objectArray(wanted.slice(at, at + size)));
}

function writingParameters(): readonly CmdletParameter[] {
  return [
    {
      name: 'Value',
      type: 'object[]',
      mandatory: true,
      position: 1,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      allowNull: true,
      allowEmptyCollection: true,
    },
    { name: 'PassThru', type: 'switch' },
    ...pathParameters({ fromPipeline: false }),
    ...filterParameters,
    force,
    { name: 'NoNewline', type: 'switch' },
    encoding,
    { name: 'AsByteStream', type: 'switch' },
  ];
}

function writer(name: 'Set-Content' | 'Add-Content', typeName: string): CmdletDescription {
  const append = name === 'Add-Content';
  return {
    name,
    typeName,
    module: 'Microsoft.PowerShell.Management',
    defaultSet: 'Path',
    supportsShouldProcess: true,
    parameters: writingParameters(),
    start: (call) => {
      const targets = targetsOf(call, append);
      const values: Value[] = [];
      return {
        process() {
          for (const value of itemsOf(call.get('Value'))) {
            values.push(...(enumerable(value, call.session) ?? [value ?? null]));
            if (call.isOn('PassThru')) call.write(value ?? null);
          }
        },
        end() {
          for (const target of targets) {
            try {
              target(values);
            } catch (error) {
              if (!(error instanceof NetFailure)) throw error;
              call.writeError(writeFailed(error));
            }
          }
        },
      };
    },
  };
}

type Write = (values: readonly Value[]) => void;

/** What writes to each target; files are made or emptied at once, as PowerShell does before it has any value. */
function targetsOf(call: CmdletCall, append: boolean): Write[] {
  const { session, scope } = call;
  const { paths, isLiteral } = pathsOf(call);
  const chosen = encodingOf(call) ?? fileEncoding(null, session);
  return paths.flatMap((path): Write[] => {
    const { drive: driveName, path: name } = splitDrive(path);
    if (!call.shouldProcess(`Path: ${path}`, append ? 'Add Content' : 'Set Content')) return [];
    if (driveName !== 'file') {
      const drive = driveNamed(driveName);
      if (drive === undefined) return noDrive(call, driveName);
      return [
        (values) => drive.set(session, scope, name, values.length === 1 ? values[0] : objectArray([...values]), true),
      ];
    }
    const natives =
      !isLiteral && WildcardPattern.has(path)
        ? glob(session, path).map((found) => found.path)
        : [resolveNative(session, path)];
    return natives.flatMap((native) => (chosen === undefined ? [] : fileTarget(call, native, chosen, append)));
  });
}

function noDrive(call: CmdletCall, name: string): Write[] {
  call.writeError(driveNotFound(name));
  return [];
}

function fileTarget(call: CmdletCall, native: string, chosen: FileEncoding, append: boolean): Write[] {
  const { files } = call.session.world;
  const isNew = !append || files.stat(native) === undefined;
  const asBytes = call.isOn('AsByteStream');
  try {
    files.writeBytes(native, isNew && !asBytes ? chosen.preamble : new Uint8Array(), append ? 'append' : 'truncate');
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    call.writeError(writeFailed(error, native));
    return [];
  }
  const end = call.isOn('NoNewline') ? '' : '\n';
  return [
    (values) => {
      if (asBytes) {
        files.writeBytes(
          native,
          Uint8Array.from(values, (value) => Number(call.session.text(value))),
          'append',
        );
        return;
      }
      const text = values.map((value) => `${contentText(call.session, value)}${end}`).join('');
      if (text !== '') files.writeBytes(native, chosen.encode(text), 'append');
    },
  ];
}

function contentText(session: Session, value: Value): string {
  return baseOf(value) === null ? '' : toNetText(value, undefined, session);
}

function writeFailed({ exception }: NetFailure, path?: string): ErrorRecord {
  if (exception.type.name === 'System.IO.DirectoryNotFoundException') {
    return new ErrorRecord(exception, 'GetContentWriterDirectoryNotFoundError', 'ObjectNotFound', path ?? null);
  }
  if (exception.type.name === 'System.UnauthorizedAccessException') {
    return new ErrorRecord(exception, 'GetContentWriterUnauthorizedAccessError', 'PermissionDenied', path ?? null);
  }
  return new ErrorRecord(exception, 'GetContentWriterIOError', 'WriteError', path ?? null);
}

export const setContent = writer('Set-Content', 'Microsoft.PowerShell.Commands.SetContentCommand');
export const addContent = writer('Add-Content', 'Microsoft.PowerShell.Commands.AddContentCommand');

export const clearContent: CmdletDescription = {
  name: 'Clear-Content',
  typeName: 'Microsoft.PowerShell.Commands.ClearContentCommand',
  module: 'Microsoft.PowerShell.Management',
  defaultSet: 'Path',
  supportsShouldProcess: true,
  parameters: [...pathParameters({ fromPipeline: false }), ...filterParameters, force],
  start: (call) => ({
    process() {
      const { paths, isLiteral } = pathsOf(call);
      for (const path of paths) {
        for (const item of resolveItems(call, path, isLiteral)) {
          if (item.kind === 'file') call.session.world.files.writeBytes(item.path, new Uint8Array(), 'truncate');
        }
      }
    },
  }),
};
