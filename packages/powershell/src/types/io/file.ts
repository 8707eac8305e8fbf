import { posix } from 'node:path';
import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { bool, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { bytesFrom, toByteArray } from '../byte-array.ts';
import { itemsOf } from '../collections/items-of.ts';
import { enumeration } from '../enumeration.ts';
import { netTypes } from '../intrinsic.ts';
import type { CallContext, Overload, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import {
  bigEndianUnicodeEncoding,
  Encoding,
  unicodeEncoding,
  utf8Encoding,
  utf8WithoutPreamble,
  utf32Encoding,
} from '../text/encoding.ts';
import { dateFromUnix } from '../time/date-time.ts';
import { absolutePath } from './path.ts';

/** Reads the bytes of a file. Throws `NetFailure` as .NET does for what is missing. */
function readBytes(value: Value, context: CallContext): Uint8Array {
  const { world, location } = sessionOf(context);
  const file = absolutePath(value, location);
  const status = world.files.stat(file);
  if (status === undefined) throw missing(file, world.files.stat(posix.dirname(file)) !== undefined);
  if (status.kind === 'directory') {
    throw netFailure('System.UnauthorizedAccessException', `Access to the path '${file}' is denied.`);
  }
  return world.files.readBytes(file);
}

function missing(file: string, hasFolder: boolean): Error {
  return hasFolder
    ? netFailure('System.IO.FileNotFoundException', `Could not find file '${file}'.`, { details: { FileName: file } })
    : netFailure('System.IO.DirectoryNotFoundException', `Could not find a part of the path '${file}'.`);
}

function write(value: Value, bytes: Uint8Array, mode: 'truncate' | 'append', context: CallContext): undefined {
  const { world, location } = sessionOf(context);
  const file = absolutePath(value, location);
  if (world.files.stat(posix.dirname(file)) === undefined) throw missing(file, false);
  world.files.writeBytes(file, bytes, mode);
  return undefined;
}

/** Marks of the encodings that a file may begin with, longest first. */
const marked = [utf32Encoding, utf8Encoding, unicodeEncoding, bigEndianUnicodeEncoding];

/** Decodes a file: its byte order mark wins over the encoding asked for. */
export function decodeFile(bytes: Uint8Array, fallback: Encoding): string {
  for (const encoding of marked) {
    const mark = encoding.preamble;
    if (mark.every((byte, at) => bytes[at] === byte)) return encoding.decode(bytes.subarray(mark.length));
  }
  return fallback.decode(bytes);
}

function encodingOf(value: Value): Encoding {
  return value instanceof Encoding ? value : utf8WithoutPreamble;
}

function linesOf(content: string): string[] {
  if (content === '') return [];
  const lines = content.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function encoded(content: string, encoding: Value, withMark: boolean): Uint8Array {
  const codec = encodingOf(encoding);
  const body = codec.encode(content);
  return withMark && codec.preamble.length > 0 ? Uint8Array.from([...codec.preamble, ...body]) : body;
}

function reading(signature: string, run: (content: string) => Value): readonly Overload[] {
  return [
    {
      signature: `static ${signature}(string path)`,
      invoke: (_self, [path], context) => run(decodeFile(readBytes(path, context), utf8WithoutPreamble)),
    },
    {
      signature: `static ${signature}(string path, System.Text.Encoding encoding)`,
      invoke: (_self, [path, encoding], context) => run(decodeFile(readBytes(path, context), encodingOf(encoding))),
    },
  ];
}

/** `WriteAllText`, `AppendAllLines` and their kind. */
function writing(
  name: string,
  contents: string,
  make: (contents: Value, context: CallContext) => string,
  mode: 'truncate' | 'append',
): readonly Overload[] {
  const isNew = (path: Value, context: CallContext): boolean => {
    const { world, location } = sessionOf(context);
    return mode === 'truncate' || world.files.stat(absolutePath(path, location)) === undefined;
  };
  return [
    {
      signature: `static void ${name}(string path, ${contents} contents)`,
      invoke: (_self, [path, value], context) => write(path, encoded(make(value, context), null, false), mode, context),
    },
    {
      signature: `static void ${name}(string path, ${contents} contents, System.Text.Encoding encoding)`,
      invoke: (_self, [path, value, encoding], context) =>
        write(path, encoded(make(value, context), encoding, isNew(path, context)), mode, context),
    },
  ];
}

const asText = (value: Value): string => text(value);
const asLines = (value: Value, context: CallContext): string =>
  itemsOf(value, context, 'contents')
    .map((line) => `${text(line)}\n`)
    .join('');
const lineSource = 'System.Collections.Generic.IEnumerable[string]';

const fileDescription: TypeDescription = {
  name: 'System.IO.File',
  kind: 'class',
  isAbstract: true,
  staticMethods: {
    AppendAllLines: writing('AppendAllLines', lineSource, asLines, 'append'),
    AppendAllText: writing('AppendAllText', 'string', asText, 'append'),
    Copy: [
      {
        signature: 'static void Copy(string sourceFileName, string destFileName)',
        invoke: (_self, [from, to], context) => copy(from, to, false, context),
      },
      {
        signature: 'static void Copy(string sourceFileName, string destFileName, bool overwrite)',
        invoke: (_self, [from, to, overwrite], context) => copy(from, to, bool(overwrite), context),
      },
    ],
    Delete: [
      {
        signature: 'static void Delete(string path)',
        invoke: (_self, [path], context) => {
          const { world, location } = sessionOf(context);
          const file = absolutePath(path, location);
          if (world.files.stat(file) !== undefined) world.files.remove(file, false);
          return undefined;
        },
      },
    ],
    Exists: [
      {
        signature: 'static bool Exists(string path)',
        invoke: (_self, [path], context) => kindAt(path, context) === 'file',
      },
    ],
    GetLastWriteTime: [
      {
        signature: 'static datetime GetLastWriteTime(string path)',
        invoke: (_self, [path], context) => dateFromUnix(modifiedAt(path, context), 'local'),
      },
    ],
    GetLastWriteTimeUtc: [
      {
        signature: 'static datetime GetLastWriteTimeUtc(string path)',
        invoke: (_self, [path], context) => dateFromUnix(modifiedAt(path, context), 'utc'),
      },
    ],
    Move: [
      {
        signature: 'static void Move(string sourceFileName, string destFileName)',
        invoke: (_self, [from, to], context) => move(from, to, false, context),
      },
      {
        signature: 'static void Move(string sourceFileName, string destFileName, bool overwrite)',
        invoke: (_self, [from, to, overwrite], context) => move(from, to, bool(overwrite), context),
      },
    ],
    ReadAllBytes: [
      {
        signature: 'static byte[] ReadAllBytes(string path)',
        invoke: (_self, [path], context) => toByteArray(readBytes(path, context)),
      },
    ],
    ReadAllLines: reading('string[] ReadAllLines', (content) => new NetArray(netTypes.string, linesOf(content))),
    ReadAllText: reading('string ReadAllText', (content) => content),
    ReadLines: reading(
      'System.Collections.Generic.IEnumerable[string] ReadLines',
      (content) => new NetArray(netTypes.string, linesOf(content)),
    ),
    WriteAllBytes: [
      {
        signature: 'static void WriteAllBytes(string path, byte[] bytes)',
        invoke: (_self, [path, bytes], context) => write(path, bytesFrom(bytes), 'truncate', context),
      },
    ],
    WriteAllLines: [
      ...writing('WriteAllLines', 'string[]', asLines, 'truncate'),
      ...writing('WriteAllLines', lineSource, asLines, 'truncate'),
    ],
    WriteAllText: writing('WriteAllText', 'string', asText, 'truncate'),
  },
};

function kindAt(path: Value, context: CallContext): 'file' | 'directory' | undefined {
  if (path === null || path === undefined || text(path) === '') return undefined;
  const { world, location } = sessionOf(context);
  return world.files.stat(absolutePath(path, location))?.kind;
}

/** What is missing was last written in 1601. */
function modifiedAt(path: Value, context: CallContext): number {
  const { world, location } = sessionOf(context);
  return world.files.stat(absolutePath(path, location))?.modified ?? Date.UTC(1601, 0, 1);
}

function copy(from: Value, to: Value, overwrite: boolean, context: CallContext): undefined {
  const { world, location } = sessionOf(context);
  const target = absolutePath(to, location);
  readBytes(from, context);
  if (!overwrite && world.files.stat(target) !== undefined) throw exists(target);
  world.files.copy(absolutePath(from, location), target);
  return undefined;
}

function move(from: Value, to: Value, overwrite: boolean, context: CallContext): undefined {
  const { world, location } = sessionOf(context);
  const target = absolutePath(to, location);
  readBytes(from, context);
  if (!overwrite && world.files.stat(target) !== undefined) throw exists(target);
  world.files.rename(absolutePath(from, location), target);
  return undefined;
}

function exists(file: string): Error {
  return netFailure('System.IO.IOException', `The file '${file}' already exists.`);
}

const directoryDescription: TypeDescription = {
  name: 'System.IO.Directory',
  kind: 'class',
  isAbstract: true,
  staticMethods: {
    Delete: [
      {
        signature: 'static void Delete(string path)',
        invoke: (_self, [path], context) => {
          const { world, location } = sessionOf(context);
          world.files.remove(absolutePath(path, location), false);
          return undefined;
        },
      },
      {
        signature: 'static void Delete(string path, bool recursive)',
        invoke: (_self, [path, recursive], context) => {
          const { world, location } = sessionOf(context);
          world.files.remove(absolutePath(path, location), bool(recursive));
          return undefined;
        },
      },
    ],
    Exists: [
      {
        signature: 'static bool Exists(string path)',
        invoke: (_self, [path], context) => kindAt(path, context) === 'directory',
      },
    ],
    GetCurrentDirectory: [
      {
        signature: 'static string GetCurrentDirectory()',
        invoke: (_self, _none, context) => sessionOf(context).location,
      },
    ],
    GetFiles: [
      {
        signature: 'static string[] GetFiles(string path)',
        invoke: (_self, [path], context) => {
          const { world, location } = sessionOf(context);
          const folder = absolutePath(path, location);
          const files = world.files
            .list(folder)
            .map((name) => posix.join(text(path), posix.basename(name)))
            .filter((name) => world.files.stat(posix.resolve(location, name))?.kind === 'file');
          return new NetArray(netTypes.string, files);
        },
      },
    ],
  },
};

export const fileDescriptions: readonly TypeDescription[] = [
  fileDescription,
  directoryDescription,
  enumeration(
    'System.IO.FileAttributes',
    {
      None: 0,
      ReadOnly: 1,
      Hidden: 2,
      System: 4,
      Directory: 16,
      Archive: 32,
      Device: 64,
      Normal: 128,
      Temporary: 256,
      SparseFile: 512,
      ReparsePoint: 1024,
      Compressed: 2048,
      Offline: 4096,
      NotContentIndexed: 8192,
      Encrypted: 16_384,
      IntegrityStream: 32_768,
      NoScrubData: 131_072,
    },
    { flags: true },
  ),
  enumeration('System.IO.FileMode', { CreateNew: 1, Create: 2, Open: 3, OpenOrCreate: 4, Truncate: 5, Append: 6 }),
  enumeration('System.IO.FileAccess', { Read: 1, Write: 2, ReadWrite: 3 }, { flags: true }),
  enumeration('System.IO.SearchOption', ['TopDirectoryOnly', 'AllDirectories']),
];
