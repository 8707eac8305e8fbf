import { ErrorRecord } from '../../errors/error-record.ts';
import { NetFailure } from '../../errors/raise.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import type { FileHandle } from '../../runtime/session.ts';
import { byteValue, toByteArray } from '../../types/byte-array.ts';
import { objectArray } from '../../values/array.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { encodingOf, encodingParameter } from '../output/encoding-parameter.ts';
import { openLines } from '../output/read-lines.ts';
import { DelimitedText } from './delimited-text.ts';
import { lineOf, wholeOf } from './file-line.ts';
import { filterParameters, force, pathParameters } from './path-parameters.ts';
import { type FoundFile, type Item, itemFilter, pathsOf, resolveItems } from './resolve-items.ts';

const pieceBytes = 1 << 16;
const fromZero = { range: [0, Number.MAX_SAFE_INTEGER] } as const;

export const getContent: CmdletDescription = {
  name: 'Get-Content',
  typeName: 'Microsoft.PowerShell.Commands.GetContentCommand',
  module: 'Microsoft.PowerShell.Management',
  defaultSet: 'Path',
  parameters: [
    { name: 'ReadCount', type: 'long', fromPipelineByPropertyName: true },
    {
      name: 'TotalCount',
      type: 'long',
      aliases: ['First', 'Head'],
      fromPipelineByPropertyName: true,
      validate: fromZero,
    },
    { name: 'Tail', type: 'int', aliases: ['Last'], fromPipelineByPropertyName: true, validate: fromZero },
    ...pathParameters({ fromPipeline: false }),
    ...filterParameters,
    force,
    { name: 'Delimiter', type: 'string' },
    { name: 'Raw', type: 'switch' },
    encodingParameter,
    { name: 'AsByteStream', type: 'switch' },
  ],
  leftOut: {
    Wait: 'there is no waiting for what comes later: read again when it is there',
  },
  start: (call) => ({
    process() {
      refuseOddPairs(call);
      const { paths, isLiteral } = pathsOf(call);
      const isWanted = itemFilter(call);
      for (const path of paths) {
        const items = resolveItems(call, path, isLiteral).filter(isWanted);
        const isPattern = !isLiteral && WildcardPattern.has(path);
        if (items.length === 0 && (isPattern || call.has('Include') || call.has('Exclude'))) nothingFound(call, path);
        for (const item of items) readItem(call, item);
      }
    },
  }),
};

function refuseOddPairs(call: CmdletCall): void {
  if (call.has('TotalCount') && call.has('Tail')) {
    const message = 'The parameters TotalCount and Tail cannot be used together. Please specify only one parameter.';
    call.fail(cmdletError('TailAndHeadCannotCoexist', message));
  }
  if (call.isOn('AsByteStream') && call.has('Encoding')) {
    call.writeWarning("Encoding not used when '-AsByteStream' specified.");
  }
}

/** Content is only of what is there: patterns that match nothing are an error, too. */
export function nothingFound(call: CmdletCall, path: string): void {
  const message = `An object at the specified path ${path} does not exist, or has been filtered by the -Include or -Exclude parameter.`;
  const type = 'System.Exception';
  call.writeError(cmdletError('ItemNotFound', message, { type, category: 'ObjectNotFound', target: path }));
}

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
  const other = ['TotalCount', 'Tail', 'Delimiter'].find((parameter) => call.has(parameter));
  if (call.isOn('Raw') && other !== undefined) {
    const message = `The 'Raw' and '${other}' parameters cannot be specified in the same command.`;
    const type = 'System.Management.Automation.PSInvalidOperationException';
    call.fail(cmdletError('InvalidOperation', message, { type }));
  }
  try {
    readFile(call, item);
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    const isDenied = error.exception.type.name === 'System.UnauthorizedAccessException';
    const [id, category] = isDenied
      ? (['GetContentReaderUnauthorizedAccessError', 'PermissionDenied'] as const)
      : (['GetContentReaderIOError', 'ReadError'] as const);
    call.writeError(new ErrorRecord(error.exception, id, category, item.path));
  }
}

function readFile(call: CmdletCall, file: FoundFile): void {
  const { session } = call;
  const { files } = session.world;
  if (call.isOn('AsByteStream')) {
    if (call.isOn('Raw')) call.write(toByteArray(files.readBytes(file.path)));
    else readBytes(call, file.path);
    return;
  }
  const given = encodingOf(call);
  if (call.isOn('Raw')) {
    const text = given === undefined ? files.readText(file.path) : given.decode(files.readBytes(file.path));
    if (text !== '' && text !== '\ufeff') call.write(wholeOf(file, text.replace(/^\ufeff/, '')));
    return;
  }
  if (call.has('Delimiter')) {
    const text = given === undefined ? files.readText(file.path) : given.decode(files.readBytes(file.path));
    const parts = new DelimitedText(text.replace(/^\ufeff/, ''), session.text(call.get('Delimiter')));
    giveItems(call, parts, (part, at) => lineOf(file, part, at));
    return;
  }
  const { lines, close } = openLines(session, file.path, given);
  try {
    giveItems(call, lines, (line, at) => lineOf(file, line, at));
  } finally {
    close();
  }
}

function readBytes(call: CmdletCall, path: string): void {
  const file = call.session.world.files.open(path, 'read');
  try {
    giveItems(call, bytesOf(file), byteValue);
  } finally {
    file.close();
  }
}

/** What comes one after the other; `undefined` at the end. */
interface Source<T> {
  next(): T | undefined;
}

/** The bytes of a file that is open, read piece by piece. */
function bytesOf(file: FileHandle): Source<number> {
  let piece = new Uint8Array();
  let position = 0;
  let at = 0;
  return {
    next() {
      if (at === piece.length) {
        piece = Uint8Array.from(file.read(pieceBytes, position));
        position += piece.length;
        at = 0;
      }
      return piece[at++];
    },
  };
}

/** Gives items as `-TotalCount`, `-Tail` and `-ReadCount` want them, none before it was asked for. */
function giveItems<T>(call: CmdletCall, source: Source<T>, toValue: (item: T, number: number) => Value): void {
  const { budget } = call.session;
  const count = (parameter: string) =>
    call.has(parameter) ? Number(call.session.text(call.get(parameter))) : undefined;
  const total = count('TotalCount') ?? Number.POSITIVE_INFINITY;
  const tail = count('Tail');
  const batch = new Batch(call, count('ReadCount') ?? 1);
  if (tail !== undefined) {
    let number = 0;
    for (const item of lastOf(call, source, tail)) batch.add(toValue(item, ++number));
  } else {
    for (let number = 1; number <= total; number++) {
      const item = source.next();
      if (item === undefined) break;
      budget.step();
      batch.add(toValue(item, number));
    }
  }
  batch.end();
}

/** The last items, in a ring: no more than those are held. */
function lastOf<T>({ session: { budget } }: CmdletCall, source: Source<T>, most: number): T[] {
  const ring: T[] = [];
  if (most === 0) return ring;
  let at = 0;
  for (let item = source.next(); item !== undefined; item = source.next()) {
    budget.step();
    if (ring.length < most) ring.push(item);
    else {
      ring[at] = item;
      at = (at + 1) % most;
    }
  }
  return [...ring.slice(at), ...ring.slice(0, at)];
}

/** `-ReadCount`: so many items at once as an array; one by one, or all of them (0 and below). */
class Batch {
  readonly #call: CmdletCall;
  readonly #size: number;
  #items: Value[] = [];

  constructor(call: CmdletCall, size: number) {
    this.#call = call;
    this.#size = size <= 0 ? Number.POSITIVE_INFINITY : size;
  }

  add(value: Value): void {
    if (this.#size === 1) {
      this.#call.write(value);
      return;
    }
    this.#items.push(value);
    if (this.#items.length >= this.#size) this.end();
  }

  end(): void {
    const items = this.#items;
    this.#items = [];
    if (items.length > 0) this.#call.write(objectArray(items));
  }
}
