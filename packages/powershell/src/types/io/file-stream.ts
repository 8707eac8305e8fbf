import { netFailure } from '../../errors/raise.ts';
import type { FileHandle, OpenMode, Session } from '../../runtime/session.ts';
import { EnumValue, enumLabel } from '../../values/enum.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { accessDenied } from '../../world/file-failure.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, NetType, Overload } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { missingFile } from './file-operations.ts';
import { absolutePath } from './path.ts';
import { closedStream, Stream, unsupported } from './stream.ts';

export interface OpenOptions {
  readonly mode: string;
  /** As .NET has it: writing alone for `Append`, else both. */
  readonly access?: string;
  readonly share?: string;
}

/** What is read ahead and what waits to be written, in bytes. */
const bufferSize = 1 << 14;

/** `System.IO.FileStream`: reads ahead, and gathers what is written. What was not flushed when the run ends is lost, as in .NET. */
export class FileStream extends Stream {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #access: string;
  /** Where appending begins: it cannot go back behind it. */
  readonly #start: number;
  #position: number;
  #ahead: Uint8Array = new Uint8Array();
  /** The place of the first byte in `#ahead`. */
  #aheadAt = 0;
  #waiting: Uint8Array | undefined;
  #waitingLength = 0;
  #isOpen = true;

  constructor(handle: FileHandle, path: string, access: string, isAppending: boolean) {
    super();
    this.#handle = handle;
    this.path = path;
    this.#access = access;
    this.#start = isAppending ? handle.length : 0;
    this.#position = this.#start;
  }

  get type(): NetType {
    return namedType('System.IO.FileStream');
  }
  get canRead(): boolean {
    return this.#isOpen && this.#access !== 'Write';
  }
  get canWrite(): boolean {
    return this.#isOpen && this.#access !== 'Read';
  }
  get canSeek(): boolean {
    return this.#isOpen;
  }

  get length(): number {
    this.#check();
    return Math.max(this.#handle.length, this.#waitingLength === 0 ? 0 : this.#position);
  }
  set length(length: number) {
    this.#checkWrite();
    this.flush();
    this.#ahead = new Uint8Array();
    this.#handle.truncate(length);
    this.#position = Math.min(this.#position, length);
  }

  get position(): number {
    this.#check();
    return this.#position;
  }
  set position(position: number) {
    this.#check();
    if (position < this.#start) {
      const message = 'Unable seek backward to overwrite data that previously existed in a file opened in Append mode.';
      throw netFailure('System.IO.IOException', message);
    }
    this.flush();
    this.#position = position;
  }

  override seek(position: number): number {
    this.#check();
    if (position < 0) throw netFailure('System.IO.IOException', `Invalid argument : '${this.path}'`);
    this.position = position;
    return position;
  }

  read(count: number): Uint8Array {
    this.#check();
    if (this.#access === 'Write') throw unsupported('reading');
    this.flush();
    const from = this.#position - this.#aheadAt;
    if (from < 0 || from >= this.#ahead.length) {
      if (count >= bufferSize) return this.#advance(this.#handle.read(count, this.#position));
      this.#ahead = this.#handle.read(bufferSize, this.#position);
      this.#aheadAt = this.#position;
    }
    const at = this.#position - this.#aheadAt;
    return this.#advance(this.#ahead.slice(at, at + count));
  }

  write(bytes: Uint8Array): void {
    this.#checkWrite();
    this.#ahead = new Uint8Array();
    if (this.#waitingLength + bytes.length > bufferSize) this.flush();
    if (bytes.length >= bufferSize) this.#handle.write(bytes, this.#position);
    else {
      this.#waiting ??= new Uint8Array(bufferSize);
      this.#waiting.set(bytes, this.#waitingLength);
      this.#waitingLength += bytes.length;
    }
    this.#position += bytes.length;
  }

  flush(): void {
    this.#check();
    if (this.#waiting === undefined || this.#waitingLength === 0) return;
    const bytes = this.#waiting.subarray(0, this.#waitingLength);
    this.#waitingLength = 0;
    this.#handle.write(bytes, this.#position - bytes.length);
  }

  close(): void {
    if (!this.#isOpen) return;
    try {
      this.flush();
    } finally {
      this.#isOpen = false;
      this.#handle.close();
    }
  }

  #advance(bytes: Uint8Array): Uint8Array {
    this.#position += bytes.length;
    return bytes;
  }
  #check(): void {
    if (!this.#isOpen) throw closedStream();
  }
  #checkWrite(): void {
    this.#check();
    if (this.#access === 'Read') throw unsupported('writing');
  }
}

const openModes: Readonly<Record<string, OpenMode>> = {
  CreateNew: 'createNew',
  Create: 'write',
  Open: 'existing',
  OpenOrCreate: 'readWrite',
  Truncate: 'existing',
  Append: 'append',
};

/**
 * Opens a file as `FileStream` does.
 * @throws NetFailure FileNotFoundException and its kind, ArgumentException for a mode that does not fit the access, IOException
 *   for a file that another stream keeps to itself
 */
export function openFile(session: Session, path: string, options: OpenOptions): FileStream {
  const { mode, share = 'Read' } = options;
  const isAppending = mode === 'Append';
  const access = options.access ?? (isAppending ? 'Write' : 'ReadWrite');
  checkAccess(mode, access);
  const { files } = session.world;
  const status = files.stat(path);
  if (status?.kind === 'directory') throw accessDenied(path);
  if (status === undefined && (mode === 'Open' || mode === 'Truncate')) throw missingFile(session, path);
  const isReadOnly = access === 'Read' && (mode === 'Open' || status !== undefined);
  const handle = files.open(
    path,
    isReadOnly ? 'read' : (openModes[mode] ?? 'existing'),
    share === 'None' ? 'none' : 'all',
  );
  if (mode === 'Truncate') handle.truncate(0);
  return new FileStream(handle, path, access, isAppending);
}

function checkAccess(mode: string, access: string): void {
  const isReading = access === 'Read';
  if (isReading && ['CreateNew', 'Create', 'Truncate', 'Append'].includes(mode)) {
    const message = `Combining FileMode: ${mode} with FileAccess: ${access} is invalid.`;
    throw netFailure('System.ArgumentException', message, { parameter: 'access' });
  }
  if (mode === 'Append' && access !== 'Write') {
    const message = 'Append access can be requested only in write-only mode.';
    throw netFailure('System.ArgumentException', message, { parameter: 'access' });
  }
}

const optional = ['System.IO.FileMode mode', 'System.IO.FileAccess access', 'System.IO.FileShare share'];

/** Whose path is opened: that of the first argument, or that of the object itself. */
export type PathOf = (self: Value, args: readonly Value[], context: CallContext) => string;

const pathGiven: PathOf = (_self, [path], context) => absolutePath(path, context);

/**
 * Overloads that take a mode, and after it an access, and after it a share.
 * @param head what stands before the arguments, as `System.IO.FileStream Open`
 * @param share the one where none is given
 * @param pathOf where the path is not the first argument
 * @param tails what the longest one may take after all that, without effect here: the size of a buffer, and more
 */
export function openings(head: string, share = 'None', pathOf = pathGiven, tails: readonly string[] = []): Overload[] {
  const hasPath = pathOf === pathGiven;
  const opening = (count: number, tail: string): Overload => ({
    signature: `${head}(${[...(hasPath ? ['string path'] : []), ...optional.slice(0, count)].join(', ')}${tail})`,
    invoke: (self, args, context) => {
      const [mode, access, given] = args.slice(hasPath ? 1 : 0, (hasPath ? 1 : 0) + count).map(labelOf);
      return openFile(sessionOf(context), pathOf(self, args, context), {
        mode: mode ?? 'Open',
        share: given ?? share,
        ...(access === undefined ? {} : { access }),
      });
    },
  });
  return [...optional.map((_, at) => opening(at + 1, '')), ...tails.map((tail) => opening(optional.length, tail))];
}

/** The label of an argument of an enum type. */
export function labelOf(value: Value): string {
  return enumLabel(as(value, EnumValue));
}
