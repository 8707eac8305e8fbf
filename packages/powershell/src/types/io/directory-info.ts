import { posix } from 'node:path';
import { netFailure } from '../../errors/raise.ts';
import type { Session } from '../../runtime/session.ts';
import { NetArray } from '../../values/array.ts';
import { bool, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { Overload, TypeDescription } from '../net-type.ts';
import { FileItem } from './file-item.ts';
import { call, ofPath } from './file-system-info.ts';
import { isRecursive, makeFolder, moveFolder, parentFolder, removeFolder } from './folder-operations.ts';
import { type Listing, listFolder } from './list-folder.ts';
import { absolutePath, givenPath } from './path.ts';

const name = 'System.IO.DirectoryInfo';

/** `GetFiles`, `EnumerateDirectories` and their kind. */
function listing(method: string, type: string, kind: Listing['kind']): readonly Overload[] {
  const returns = method.startsWith('Get') ? `${type}[]` : `System.Collections.Generic.IEnumerable[${type}]`;
  const run = (item: FileItem, session: Session, pattern?: string, option?: Value): NetArray => {
    const options = { kind, ...(pattern === undefined ? {} : { pattern }), isRecursive: isRecursive(option) };
    const items = [...listFolder(session, item.path, options)];
    for (const found of items) found.original = found.path;
    return new NetArray(namedType(type), items);
  };
  return [
    call(`${returns} ${method}()`, (item, _none, session) => run(item, session)),
    call(`${returns} ${method}(string searchPattern)`, (item, [pattern], session) => run(item, session, text(pattern))),
    call(
      `${returns} ${method}(string searchPattern, System.IO.SearchOption searchOption)`,
      (item, [pattern, option], session) => run(item, session, text(pattern), option),
    ),
  ];
}

function listings(ending: string, type: string, kind: Listing['kind']): Record<string, readonly Overload[]> {
  return Object.fromEntries(
    ['Get', 'Enumerate'].map((verb) => [`${verb}${ending}`, listing(`${verb}${ending}`, type, kind)]),
  );
}

function subfolder(item: FileItem, path: Value, session: Session): FileItem {
  const target = posix.resolve(item.path, givenPath(path));
  if (target !== item.path && !target.startsWith(item.path === '/' ? '/' : `${item.path}/`)) {
    const message = `The directory specified, '${text(path)}', is not a subdirectory of '${item.path}'.`;
    throw netFailure('System.ArgumentException', message, { parameter: 'path' });
  }
  return makeFolder(session, target);
}

export const directoryInfoDescription: TypeDescription = {
  name,
  kind: 'class',
  base: 'System.IO.FileSystemInfo',
  constructors: [
    {
      signature: `${name} new(string path)`,
      invoke: (_self, [path], context) =>
        new FileItem(absolutePath(path, context), undefined, { kind: 'directory', original: text(path) }),
    },
  ],
  properties: {
    Parent: ofPath(name, (item) => parentFolder(item.path)),
    Root: ofPath(name, () => new FileItem('/', undefined, { kind: 'directory' })),
    BaseName: { ...ofPath('string', (item) => item.name), addedAs: 'ScriptProperty' },
    Mode: { ...ofPath('string', () => 'd----'), addedAs: 'CodeProperty' },
  },
  methods: {
    Create: [
      call('void Create()', (item, _none, session) => {
        makeFolder(session, item.path);
        item.refresh();
        return undefined;
      }),
    ],
    CreateSubdirectory: [
      call(`${name} CreateSubdirectory(string path)`, (item, [path], session) => subfolder(item, path, session)),
    ],
    Delete: [
      call('void Delete()', (item, _none, session) => removeFolder(session, item.path, false)),
      call('void Delete(bool recursive)', (item, [recursive], session) =>
        removeFolder(session, item.path, bool(recursive)),
      ),
    ],
    ...listings('Directories', name, 'directory'),
    ...listings('Files', 'System.IO.FileInfo', 'file'),
    ...listings('FileSystemInfos', 'System.IO.FileSystemInfo', 'any'),
    MoveTo: [
      call('void MoveTo(string destDirName)', (item, [target], session) => {
        const path = absolutePath(target, session, 'destDirName');
        moveFolder(session, item.path, path);
        item.path = path;
        item.original = text(target);
        item.refresh();
        return undefined;
      }),
    ],
  },
};
