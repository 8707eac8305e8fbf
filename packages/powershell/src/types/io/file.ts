import { posix } from 'node:path';
import { bool } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { accessDenied } from '../../world/file-failure.ts';
import { bytesOf, toByteArray } from '../byte-array.ts';
import { enumeration, enumOf } from '../enumeration.ts';
import type { CallContext, Overload, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { type Encoding, markedEncoding } from '../text/encoding.ts';
import { applyAttributes, attributesOf, fileAttributesDescription } from './file-attributes.ts';
import { copyFile, missingFile, moveFile, removeFile, replaceFile, requireFile } from './file-operations.ts';
import { openFile, openings } from './file-stream.ts';
import { fileText } from './file-text.ts';
import { timeMembers } from './file-time-members.ts';
import { missingFolder } from './folder-operations.ts';
import { absolutePath } from './path.ts';
import { fileReader, fileWriter } from './stream-text-description.ts';

/** Decodes a file: its byte order mark wins over the encoding asked for. */
export function decodeFile(bytes: Uint8Array, fallback: Encoding): string {
  const marked = markedEncoding(bytes);
  return marked === undefined ? fallback.decode(bytes) : marked.decode(bytes.subarray(marked.codec.mark.length));
}

/** Reads the bytes of a file. Throws `NetFailure` as .NET does for what is missing. */
function readBytes(value: Value, context: CallContext): Uint8Array {
  const session = sessionOf(context);
  const path = absolutePath(value, context);
  requireFile(session, path);
  return session.world.files.readBytes(path);
}

function writeBytes(value: Value, bytes: Uint8Array, mode: 'truncate' | 'append', context: CallContext): undefined {
  const { files } = sessionOf(context).world;
  const path = absolutePath(value, context);
  if (files.stat(posix.dirname(path)) === undefined) throw missingFolder(path);
  if (files.stat(path)?.kind === 'directory') throw accessDenied(path);
  files.writeBytes(path, bytes, mode);
  return undefined;
}

/** `Copy` and `Move`: both paths, and whether what is there may go. */
function transfer(method: string, run: typeof copyFile): readonly Overload[] {
  const invoke: Overload['invoke'] = (_self, [from, to, overwrite = false], context) => {
    const [source, target] = [absolutePath(from, context, 'sourceFileName'), absolutePath(to, context, 'destFileName')];
    run(sessionOf(context), source, target, bool(overwrite));
    return undefined;
  };
  const parameters = 'string sourceFileName, string destFileName';
  return [
    { signature: `static void ${method}(${parameters})`, invoke },
    { signature: `static void ${method}(${parameters}, bool overwrite)`, invoke },
  ];
}

/** `OpenRead` and its kind: a stream in one way. */
function opening(method: string, mode: string, access: string, share: string, tail = ''): Overload {
  return {
    signature: `static System.IO.FileStream ${method}(string path${tail})`,
    invoke: (_self, [path], context) =>
      openFile(sessionOf(context), absolutePath(path, context), { mode, access, share }),
  };
}

function replacing(tail: string): Overload {
  const parameters = 'string sourceFileName, string destinationFileName, string destinationBackupFileName';
  return {
    signature: `static void Replace(${parameters}${tail})`,
    invoke: (_self, [from, to, backup], context) => {
      const source = absolutePath(from, context, 'sourceFileName');
      replaceFile(sessionOf(context), source, absolutePath(to, context, 'destinationFileName'), backup);
      return undefined;
    },
  };
}

const fileDescription: TypeDescription = {
  name: 'System.IO.File',
  kind: 'class',
  isAbstract: true,
  staticMethods: {
    AppendAllBytes: [
      {
        signature: 'static void AppendAllBytes(string path, byte[] bytes)',
        invoke: (_self, [path, bytes], context) => writeBytes(path, bytesOf(bytes, 'bytes'), 'append', context),
      },
    ],
    AppendText: [
      {
        signature: 'static System.IO.StreamWriter AppendText(string path)',
        invoke: (_self, [path], context) => fileWriter(path, context, true),
      },
    ],
    Copy: transfer('Copy', copyFile),
    Create: [
      opening('Create', 'Create', 'ReadWrite', 'None'),
      opening('Create', 'Create', 'ReadWrite', 'None', ', int bufferSize'),
    ],
    CreateText: [
      {
        signature: 'static System.IO.StreamWriter CreateText(string path)',
        invoke: (_self, [path], context) => fileWriter(path, context, false),
      },
    ],
    Delete: [
      {
        signature: 'static void Delete(string path)',
        invoke: (_self, [path], context) => {
          removeFile(sessionOf(context), absolutePath(path, context));
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
    GetAttributes: [
      {
        signature: 'static System.IO.FileAttributes GetAttributes(string path)',
        invoke: (_self, [value], context) => {
          const session = sessionOf(context);
          const path = absolutePath(value, context);
          const status = session.world.files.stat(path);
          if (status === undefined) throw missingFile(session, path);
          return enumOf('System.IO.FileAttributes', attributesOf(status, posix.basename(path)));
        },
      },
    ],
    ...timeMembers,
    Move: transfer('Move', moveFile),
    Open: openings('static System.IO.FileStream Open'),
    OpenRead: [opening('OpenRead', 'Open', 'Read', 'Read')],
    OpenText: [
      {
        signature: 'static System.IO.StreamReader OpenText(string path)',
        invoke: (_self, [path], context) => fileReader(path, context),
      },
    ],
    OpenWrite: [opening('OpenWrite', 'OpenOrCreate', 'Write', 'None')],
    ReadAllBytes: [
      {
        signature: 'static byte[] ReadAllBytes(string path)',
        invoke: (_self, [path], context) => {
          const bytes = readBytes(path, context);
          // An array of the language takes a word for each byte.
          sessionOf(context).budget.reserve(bytes.length * 8);
          return toByteArray(bytes);
        },
      },
    ],
    Replace: [replacing(''), replacing(', bool ignoreMetadataErrors')],
    SetAttributes: [
      {
        signature: 'static void SetAttributes(string path, System.IO.FileAttributes fileAttributes)',
        invoke: (_self, [value, attributes], context) => {
          const session = sessionOf(context);
          const path = absolutePath(value, context);
          if (session.world.files.stat(path) === undefined) throw missingFile(session, path);
          applyAttributes(session.world.files, path, attributes);
          return undefined;
        },
      },
    ],
    WriteAllBytes: [
      {
        signature: 'static void WriteAllBytes(string path, byte[] bytes)',
        invoke: (_self, [path, bytes], context) => writeBytes(path, bytesOf(bytes, 'bytes'), 'truncate', context),
      },
    ],
    ...fileText,
  },
};

/** What is at a path; nothing where the path is none or may not be looked at. */
export function kindAt(path: Value, context: CallContext): 'file' | 'directory' | undefined {
  if (typeof path !== 'string' || path === '' || path.includes('\0')) return undefined;
  return sessionOf(context).world.files.stat(absolutePath(path, context))?.kind;
}

export const fileDescriptions: readonly TypeDescription[] = [
  fileDescription,
  fileAttributesDescription,
  enumeration('System.IO.FileMode', { CreateNew: 1, Create: 2, Open: 3, OpenOrCreate: 4, Truncate: 5, Append: 6 }),
  enumeration('System.IO.FileAccess', { Read: 1, Write: 2, ReadWrite: 3 }, { flags: true }),
  enumeration(
    'System.IO.FileShare',
    { None: 0, Read: 1, Write: 2, ReadWrite: 3, Delete: 4, Inheritable: 16 },
    { flags: true },
  ),
  enumeration(
    'System.IO.FileOptions',
    {
      None: 0,
      Encrypted: 16_384,
      DeleteOnClose: 67_108_864,
      SequentialScan: 134_217_728,
      RandomAccess: 268_435_456,
      Asynchronous: 1_073_741_824,
      WriteThrough: -2_147_483_648,
    },
    { flags: true },
  ),
  enumeration('System.IO.SearchOption', ['TopDirectoryOnly', 'AllDirectories']),
];
