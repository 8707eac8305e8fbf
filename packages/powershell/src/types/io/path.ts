import path from 'node:path';
import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { as, text } from '../../values/narrow.ts';
import { Char } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';
import type { CallContext, Property, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';

const { posix } = path;

function nonNull(value: Value, parameter: string): string {
  if (value !== null && value !== undefined) return text(value);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter });
}

/** A later absolute path wins over all before it. */
function combine(parts: readonly string[]): string {
  let combined = '';
  for (const part of parts) {
    if (part === '') continue;
    combined =
      part.startsWith('/') || combined === '' ? part : combined.endsWith('/') ? combined + part : `${combined}/${part}`;
  }
  return combined;
}

function join(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .reduce(
      (all, part) => (all === '' ? part : all.endsWith('/') || part.startsWith('/') ? all + part : `${all}/${part}`),
      '',
    );
}

function fileName(value: string): string {
  return value.slice(value.lastIndexOf('/') + 1);
}

function extension(value: string): string {
  const name = fileName(value);
  const dot = name.lastIndexOf('.');
  return dot === -1 || dot === name.length - 1 ? '' : name.slice(dot);
}

function directory(value: string): Value {
  if (value === '' || /^\/+$/.test(value)) return null;
  const at = value.lastIndexOf('/');
  return at === -1
    ? ''
    : value
        .slice(0, at)
        .replace(/\/+$/, '')
        .replace(/\/{2,}/g, '/') || '/';
}

const names = ['path1', 'path2', 'path3', 'path4'];

const sign = (character: string): Property => ({ type: 'char', get: () => Char.of(character.charCodeAt(0)) });

export const pathDescription: TypeDescription = {
  name: 'System.IO.Path',
  kind: 'class',
  isAbstract: true,
  staticProperties: {
    DirectorySeparatorChar: sign('/'),
    AltDirectorySeparatorChar: sign('/'),
    VolumeSeparatorChar: sign('/'),
    PathSeparator: sign(':'),
    InvalidPathChars: { type: 'char[]', get: () => new NetArray(netTypes.char, [Char.of(0)]) },
  },
  staticMethods: {
    ChangeExtension: [
      {
        signature: 'static string ChangeExtension(string path, string extension)',
        invoke: (_self, [value, ending]) => {
          if (value === null || value === undefined) return null;
          const base = text(value);
          if (base === '') return '';
          const dot = fileName(base).lastIndexOf('.');
          const bare = dot === -1 ? base : base.slice(0, base.length - fileName(base).length + dot);
          const added = text(ending);
          return ending === null ? bare : `${bare}${added.startsWith('.') ? '' : '.'}${added}`;
        },
      },
    ],
    Combine: [
      ...[2, 3, 4].map((count) => ({
        signature: `static string Combine(${names
          .slice(0, count)
          .map((name) => `string ${name}`)
          .join(', ')})`,
        invoke: (_self: Value, parts: readonly Value[]) =>
          combine(parts.map((part, index) => nonNull(part, names[index] ?? 'paths'))),
      })),
      {
        signature: 'static string Combine(params string[] paths)',
        invoke: (_self, [parts]) => combine(as(parts, NetArray).items.map((part) => nonNull(part, 'paths'))),
      },
    ],
    Exists: [
      {
        signature: 'static bool Exists(string path)',
        invoke: (_self, [value], context) => {
          const path = text(value);
          const { world, location } = sessionOf(context);
          return path !== '' && !path.includes('\0') && world.files.stat(full(path, location)) !== undefined;
        },
      },
    ],
    EndsInDirectorySeparator: [
      {
        signature: 'static bool EndsInDirectorySeparator(string path)',
        invoke: (_self, [value]) => text(value).endsWith('/'),
      },
    ],
    GetDirectoryName: [
      {
        signature: 'static string GetDirectoryName(string path)',
        invoke: (_self, [value]) => (value === null ? null : directory(text(value))),
      },
    ],
    GetExtension: [
      {
        signature: 'static string GetExtension(string path)',
        invoke: (_self, [value]) => (value === null ? null : extension(text(value))),
      },
    ],
    GetFileName: [
      {
        signature: 'static string GetFileName(string path)',
        invoke: (_self, [value]) => (value === null ? null : fileName(text(value))),
      },
    ],
    GetFileNameWithoutExtension: [
      {
        signature: 'static string GetFileNameWithoutExtension(string path)',
        invoke: (_self, [value]) => {
          if (value === null) return null;
          const name = fileName(text(value));
          const dot = name.lastIndexOf('.');
          return dot === -1 ? name : name.slice(0, dot);
        },
      },
    ],
    GetFullPath: [
      {
        signature: 'static string GetFullPath(string path)',
        invoke: (_self, [value], context) => full(nonNull(value, 'path'), sessionOf(context).location),
      },
      {
        signature: 'static string GetFullPath(string path, string basePath)',
        invoke: (_self, [value, base]) => full(nonNull(value, 'path'), nonNull(base, 'basePath')),
      },
    ],
    GetInvalidFileNameChars: [
      {
        signature: 'static char[] GetInvalidFileNameChars()',
        invoke: () => new NetArray(netTypes.char, [Char.of(0), Char.of(47)]),
      },
    ],
    GetInvalidPathChars: [
      { signature: 'static char[] GetInvalidPathChars()', invoke: () => new NetArray(netTypes.char, [Char.of(0)]) },
    ],
    GetPathRoot: [
      {
        signature: 'static string GetPathRoot(string path)',
        invoke: (_self, [value]) => (value === null ? null : text(value).startsWith('/') ? '/' : ''),
      },
    ],
    GetRandomFileName: [
      {
        signature: 'static string GetRandomFileName()',
        invoke: (_self, _none, context) => {
          const letters = 'abcdefghijklmnopqrstuvwxyz012345';
          const drawn = [...context.random.bytes(11)].map((byte) => letters.charAt(byte & 31)).join('');
          return `${drawn.slice(0, 8)}.${drawn.slice(8)}`;
        },
      },
    ],
    GetTempFileName: [
      {
        signature: 'static string GetTempFileName()',
        invoke: (_self, _none, context) => {
          const { files } = sessionOf(context).world;
          const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-';
          const drawn = [...context.random.bytes(6)].map((byte) => letters.charAt(byte & 63)).join('');
          const path = `${temporaryFolder(context)}tmp${drawn}.tmp`;
          files.writeBytes(path, new Uint8Array(), 'create');
          return path;
        },
      },
    ],
    GetTempPath: [
      { signature: 'static string GetTempPath()', invoke: (_self, _none, context) => temporaryFolder(context) },
    ],
    GetRelativePath: [
      {
        signature: 'static string GetRelativePath(string relativeTo, string path)',
        invoke: (_self, [from, to], context) => {
          const { location } = sessionOf(context);
          return posix.relative(full(text(from), location), full(text(to), location)) || '.';
        },
      },
    ],
    HasExtension: [
      { signature: 'static bool HasExtension(string path)', invoke: (_self, [value]) => extension(text(value)) !== '' },
    ],
    IsPathFullyQualified: [
      {
        signature: 'static bool IsPathFullyQualified(string path)',
        invoke: (_self, [value]) => text(value).startsWith('/'),
      },
    ],
    IsPathRooted: [
      { signature: 'static bool IsPathRooted(string path)', invoke: (_self, [value]) => text(value).startsWith('/') },
    ],
    Join: [
      ...[2, 3, 4].map((count) => ({
        signature: `static string Join(${names
          .slice(0, count)
          .map((name) => `string ${name}`)
          .join(', ')})`,
        invoke: (_self: Value, parts: readonly Value[]) => join(parts.map(text)),
      })),
      {
        signature: 'static string Join(params string[] paths)',
        invoke: (_self, [parts]) => join(as(parts, NetArray).items.map(text)),
      },
    ],
    TrimEndingDirectorySeparator: [
      {
        signature: 'static string TrimEndingDirectorySeparator(string path)',
        invoke: (_self, [value]) => (text(value) === '/' ? '/' : text(value).replace(/\/$/, '')),
      },
    ],
  },
};

function full(value: string, base: string): string {
  if (value === '')
    throw netFailure('System.ArgumentException', 'The value cannot be an empty string.', { parameter: 'path' });
  if (value.includes('\0')) {
    throw netFailure('System.ArgumentException', 'Null character in path.', { parameter: 'path' });
  }
  const resolved = posix.resolve(base, value);
  return value.endsWith('/') && resolved !== '/' ? `${resolved}/` : resolved;
}

/** The folder that the environment names, `/tmp/` without one; it may be used where it is granted. */
function temporaryFolder(context: CallContext): string {
  const folder = sessionOf(context).world.environment.get('TMPDIR') ?? '/tmp/';
  return folder.endsWith('/') ? folder : `${folder}/`;
}

/** The path of a file operation as it was given. Throws `NetFailure` (ArgumentNullException, ArgumentException) where it is none. */
export function givenPath(value: Value, parameter = 'path'): string {
  const path = nonNull(value, parameter);
  if (path !== '') return path;
  throw netFailure('System.ArgumentException', 'The value cannot be an empty string.', { parameter });
}

/** An argument of a file operation as an absolute path. Throws `NetFailure` (ArgumentNullException, ArgumentException). */
export function absolutePath(value: Value, context: CallContext, parameter = 'path'): string {
  return full(givenPath(value, parameter), sessionOf(context).location);
}
