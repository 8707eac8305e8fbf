import { baseOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { toNetText } from '../../conversion/text.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { Thrown } from '../../errors/thrown.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import type { Session } from '../../runtime/session.ts';
import { netTypes } from '../../types/intrinsic.ts';
import { NetArray, objectArray } from '../../values/array.ts';
import { SmallInteger } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { argumentError, cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../description.ts';
import { itemsOf } from '../items-of.ts';
import { encodingOf, encodingParameter } from '../output/encoding-parameter.ts';
import { encodingOfFile, type FileEncoding, fileEncoding } from '../output/file-encoding.ts';
import { attempt, notSupported } from './change-files.ts';
import { nothingFound } from './get-content.ts';
import { filterParameters, force, pathParameters } from './path-parameters.ts';
import { itemName, nativeOf, type PlacedPath, placePath } from './paths.ts';
import { itemsOfProvider } from './provider-items.ts';
import { type FoundFile, glob, itemFilter, pathsOf, resolveItems } from './resolve-items.ts';

/** Characters that wait until they are written. */
const chunk = 1 << 16;

const parameters: readonly CmdletParameter[] = [
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
  encodingParameter,
  { name: 'AsByteStream', type: 'switch' },
];

type Mode = 'Set-Content' | 'Add-Content';

function writer(name: Mode, typeName: string): CmdletDescription {
  return {
    name,
    typeName,
    module: 'Microsoft.PowerShell.Management',
    defaultSet: 'Path',
    supportsShouldProcess: true,
    parameters,
    start: (call) => {
      let targets: readonly Target[] | undefined;
      return {
        process() {
          targets ??= targetsOf(call, name);
          const given = call.get('Value') ?? null;
          if (call.isOn('PassThru')) call.write(given);
          const values = itemsOf(given).flatMap((value) => [value ?? null]);
          for (const target of targets) for (const value of values) target.write(value);
        },
        end() {
          for (const target of targets ?? []) target.end();
        },
      };
    },
  };
}

/** What values are written to. Files are made or emptied at once, as PowerShell does before it has any value. */
interface Target {
  write(value: Value): void;
  end(): void;
}

function targetsOf(call: CmdletCall, mode: Mode): Target[] {
  const { paths, isLiteral } = pathsOf(call);
  return paths.flatMap((path) => {
    try {
      return targetsAt(call, mode, path, isLiteral);
    } catch (error) {
      if (!(error instanceof Thrown) || error.record.errorId !== 'DriveNotFound') throw error;
      call.writeError(error.record);
      return [];
    }
  });
}

function targetsAt(call: CmdletCall, mode: Mode, path: string, isLiteral: boolean): Target[] {
  const isPattern = !isLiteral && WildcardPattern.has(path);
  const placed = placePath(call.session, path, isPattern ? 'pattern' : 'literal');
  if (itemsOfProvider(placed.drive.provider) !== undefined) {
    if (mode === 'Add-Content')
      return notSupported(call, 'Cannot call method. The content Seek method is not supported by this provider.');
    return [new ItemTarget(call, placed)];
  }
  const natives = isPattern
    ? glob(call.session, placed, !call.isOn('Force')).map((found) => found.path)
    : [nativeOf(isLiteral ? placed : { ...placed, inside: WildcardPattern.unescape(placed.inside) })];
  const isWanted = namesWanted(call);
  const wanted = natives.filter(isWanted);
  if (wanted.length === 0) nothingFound(call, path);
  return wanted.flatMap((native) => {
    if (!call.shouldProcess(`Path: ${native}`, mode === 'Add-Content' ? 'Add Content' : 'Set Content')) return [];
    return fileTarget(call, native, mode === 'Add-Content');
  });
}

/** `-Include` and `-Exclude`; `-Filter` is for folders. */
function namesWanted(call: CmdletCall): (native: string) => boolean {
  if (!call.has('Include') && !call.has('Exclude')) return () => true;
  const isWanted = itemFilter(call);
  const status = {
    kind: 'file',
    isLink: false,
    length: 0,
    created: 0,
    modified: 0,
    accessed: 0,
    readOnly: false,
  } as const;
  const { drive } = call.session;
  return (path) => isWanted({ kind: 'file', path, status, drive } satisfies FoundFile);
}

/** A variable, function, alias or variable of the environment: it is set once, with all values. */
class ItemTarget implements Target {
  readonly #call: CmdletCall;
  readonly #placed: PlacedPath;
  readonly #values: Value[] = [];
  constructor(call: CmdletCall, placed: PlacedPath) {
    this.#call = call;
    this.#placed = placed;
  }
  write(value: Value): void {
    this.#values.push(value);
  }
  end(): void {
    const { session, scope } = this.#call;
    const values = this.#values;
    const value = values.length === 1 ? values[0] : objectArray(values);
    itemsOfProvider(this.#placed.drive.provider)?.set(session, scope, itemName(this.#placed), value ?? null, true);
  }
}

function fileTarget(call: CmdletCall, native: string, append: boolean): Target[] {
  const { session } = call;
  const { files } = session.world;
  try {
    const status = files.stat(native);
    if (status?.kind === 'directory') {
      const message = `Unable to clear content of '${native}' because it is a directory. Clear-Content is only supported on files.`;
      const type = 'System.NotSupportedException';
      call.writeError(cmdletError(type, message, { type, category: 'NotSpecified', target: native }));
      return [];
    }
    const isNew = !append || status === undefined;
    const asBytes = call.isOn('AsByteStream');
    const encoding =
      encodingOf(call) ?? (isNew ? undefined : encodingAt(session, native)) ?? fileEncoding(null, session);
    if (encoding === undefined) return [];
    files.writeBytes(native, isNew && !asBytes ? encoding.preamble : new Uint8Array(), append ? 'append' : 'truncate');
    return [asBytes ? new ByteTarget(call, native) : new TextTarget(call, native, encoding)];
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    call.writeError(writeFailed(error, native));
    return [];
  }
}

/** What is added to a file is of its own encoding. */
function encodingAt({ world: { files } }: Session, path: string): FileEncoding | undefined {
  const file = files.open(path, 'read');
  try {
    return encodingOfFile(file.read(4, 0));
  } finally {
    file.close();
  }
}

class TextTarget implements Target {
  readonly #call: CmdletCall;
  readonly #path: string;
  readonly #encoding: FileEncoding;
  readonly #lineEnd: string;
  #waiting = '';
  constructor(call: CmdletCall, path: string, encoding: FileEncoding) {
    this.#call = call;
    this.#path = path;
    this.#encoding = encoding;
    this.#lineEnd = call.isOn('NoNewline') ? '' : '\n';
  }
  write(value: Value): void {
    const { session } = this.#call;
    if (baseOf(value) === null) return;
    for (const item of enumerable(value, session) ?? [value]) {
      this.#waiting += `${baseOf(item) === null ? '' : toNetText(item, undefined, session)}${this.#lineEnd}`;
      if (this.#waiting.length >= chunk) this.end();
    }
  }
  end(): void {
    const text = this.#waiting;
    this.#waiting = '';
    if (text === '') return;
    const { files } = this.#call.session.world;
    written(this.#call, this.#path, () => files.writeBytes(this.#path, this.#encoding.encode(text), 'append'));
  }
}

class ByteTarget implements Target {
  readonly #call: CmdletCall;
  readonly #path: string;
  #waiting: number[] = [];
  constructor(call: CmdletCall, path: string) {
    this.#call = call;
    this.#path = path;
  }
  write(value: Value): void {
    const base = baseOf(value);
    for (const item of base instanceof NetArray ? base.items : [base]) {
      const byte = baseOf(item);
      if (!(byte instanceof SmallInteger) || byte.type !== netTypes.byte) {
        const message = 'Cannot proceed with byte encoding. When using byte encoding the content must be of type byte.';
        this.#call.fail(argumentError('Argument', message, ''));
        return;
      }
      this.#waiting.push(byte.value);
      if (this.#waiting.length >= chunk) this.end();
    }
  }
  end(): void {
    const bytes = Uint8Array.from(this.#waiting);
    this.#waiting = [];
    const { files } = this.#call.session.world;
    if (bytes.length > 0) written(this.#call, this.#path, () => files.writeBytes(this.#path, bytes, 'append'));
  }
}

function written(call: CmdletCall, path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    call.writeError(writeFailed(error, path));
  }
}

function writeFailed({ exception }: NetFailure, path: string): ErrorRecord {
  if (exception.type.name === 'System.IO.DirectoryNotFoundException') {
    return new ErrorRecord(exception, 'GetContentWriterDirectoryNotFoundError', 'ObjectNotFound', path);
  }
  if (exception.type.name === 'System.UnauthorizedAccessException') {
    return new ErrorRecord(exception, 'GetContentWriterUnauthorizedAccessError', 'PermissionDenied', path);
  }
  return new ErrorRecord(exception, 'GetContentWriterIOError', 'WriteError', path);
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
      const ids = { denied: 'ClearContentUnauthorizedAccessError', other: 'ClearContentIOError' };
      for (const item of paths.flatMap((path) => resolveItems(call, path, isLiteral)).filter(itemFilter(call))) {
        if (item.kind === 'item')
          notSupported(
            call,
            'Cannot perform the ClearContent operation. The ClearContent operation is not supported by this provider.',
          );
        else if (call.shouldProcess(`Item: ${item.path}`, 'Clear Content')) {
          attempt(call, ids, item.path, () =>
            call.session.world.files.writeBytes(item.path, new Uint8Array(), 'truncate'),
          );
        }
      }
    },
  }),
};
