import { posix } from 'node:path';
import type { Property, TypeDescription } from '../../types/net-type.ts';
import { dateFromUnix } from '../../types/time/date-time.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { FileItem } from './file-item.ts';

function property(type: string, read: (item: FileItem) => Value): Property {
  return { type, get: (self) => read(as(self, FileItem)) };
}

function added(type: string, read: (item: FileItem) => Value): Property {
  return { ...property(type, read), addedAs: 'NoteProperty' };
}

const providerPath = (path: string) => `Microsoft.PowerShell.Core\\FileSystem::${path}`;

/** The folder above, as far as its name goes; it is not looked at. */
function parentOf(item: FileItem): Value {
  if (item.path === '/') return null;
  return new FileItem(posix.dirname(item.path), { ...item.status, kind: 'directory', length: 0 });
}

function times(): Record<string, Property> {
  const properties: Record<string, Property> = {};
  for (const [name, field] of [
    ['CreationTime', 'created'],
    ['LastWriteTime', 'modified'],
    ['LastAccessTime', 'accessed'],
  ] as const) {
    properties[name] = property('datetime', (item) => dateFromUnix(item.status[field], 'local'));
    properties[`${name}Utc`] = property('datetime', (item) => dateFromUnix(item.status[field], 'utc'));
  }
  return properties;
}

const common: Readonly<Record<string, Property>> = {
  Name: property('string', (item) => posix.basename(item.path)),
  FullName: property('string', (item) => item.path),
  Extension: property('string', (item) => posix.extname(posix.basename(item.path))),
  Exists: property('bool', () => true),
  ...times(),
  PSPath: added('string', (item) => providerPath(item.path)),
  PSParentPath: added('string', (item) => (item.path === '/' ? '' : providerPath(posix.dirname(item.path)))),
  PSChildName: added('string', (item) => posix.basename(item.path)),
  PSIsContainer: added('bool', (item) => item.status.kind === 'directory'),
};

export const fileItemTypes: readonly TypeDescription[] = [
  { name: 'System.IO.FileSystemInfo', kind: 'class', isAbstract: true },
  {
    name: 'System.IO.FileInfo',
    kind: 'class',
    base: 'System.IO.FileSystemInfo',
    properties: {
      ...common,
      Length: property('long', (item) => BigInt(item.status.length)),
      DirectoryName: property('string', (item) => posix.dirname(item.path)),
      Directory: property('System.IO.DirectoryInfo', parentOf),
      IsReadOnly: property('bool', (item) => item.status.readOnly),
      BaseName: {
        ...property('string', (item) => posix.basename(item.path, posix.extname(item.path))),
        addedAs: 'ScriptProperty',
      },
      Mode: { ...property('string', (item) => (item.status.readOnly ? '--r--' : '-----')), addedAs: 'CodeProperty' },
    },
    toText: (self) => as(self, FileItem).path,
  },
  {
    name: 'System.IO.DirectoryInfo',
    kind: 'class',
    base: 'System.IO.FileSystemInfo',
    properties: {
      ...common,
      Parent: property('System.IO.DirectoryInfo', parentOf),
      BaseName: { ...property('string', (item) => posix.basename(item.path)), addedAs: 'ScriptProperty' },
      Mode: { ...property('string', () => 'd----'), addedAs: 'CodeProperty' },
    },
    toText: (self) => as(self, FileItem).path,
  },
];
