import { NetArray } from '../../values/array.ts';
import { bool, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';
import type { CallContext, Overload, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { kindAt } from './file.ts';
import { timeMembers } from './file-time-members.ts';
import { isRecursive, makeFolder, moveFolder, parentFolder, removeFolder } from './folder-operations.ts';
import { type Listing, listFolder } from './list-folder.ts';
import { absolutePath, givenPath } from './path.ts';

/** `GetFiles`, `EnumerateDirectories` and their kind: paths that begin as the folder was written. */
function listing(method: string, kind: Listing['kind']): readonly Overload[] {
  const returns = method.startsWith('Get') ? 'string[]' : 'System.Collections.Generic.IEnumerable[string]';
  const invoke = (_self: Value, [path, pattern, option]: readonly Value[], context: CallContext): Value => {
    const folder = absolutePath(path, context);
    const options = {
      kind,
      isRecursive: isRecursive(option),
      ...(pattern === undefined ? {} : { pattern: text(pattern) }),
    };
    const found = listFolder(sessionOf(context), folder, options, givenPath(path));
    return new NetArray(
      netTypes.string,
      Array.from(found, (item) => item.original),
    );
  };
  return ['', ', string searchPattern', ', string searchPattern, System.IO.SearchOption searchOption'].map((tail) => ({
    signature: `static ${returns} ${method}(string path${tail})`,
    invoke,
  }));
}

function listings(ending: string, kind: Listing['kind']): Record<string, readonly Overload[]> {
  return Object.fromEntries(
    ['Get', 'Enumerate'].map((verb) => [`${verb}${ending}`, listing(`${verb}${ending}`, kind)]),
  );
}

export const directoryDescription: TypeDescription = {
  name: 'System.IO.Directory',
  kind: 'class',
  isAbstract: true,
  staticMethods: {
    CreateDirectory: [
      {
        signature: 'static System.IO.DirectoryInfo CreateDirectory(string path)',
        invoke: (_self, [path], context) => {
          const made = makeFolder(sessionOf(context), absolutePath(path, context));
          made.original = text(path);
          return made;
        },
      },
    ],
    Delete: ['', ', bool recursive'].map((tail) => ({
      signature: `static void Delete(string path${tail})`,
      invoke: (_self, [path, recursive = false], context) =>
        removeFolder(sessionOf(context), absolutePath(path, context), bool(recursive)),
    })),
    Exists: [
      {
        signature: 'static bool Exists(string path)',
        invoke: (_self, [path], context) => kindAt(path, context) === 'directory',
      },
    ],
    ...timeMembers,
    GetCurrentDirectory: [
      {
        signature: 'static string GetCurrentDirectory()',
        invoke: (_self, _none, context) => sessionOf(context).location,
      },
    ],
    ...listings('Directories', 'directory'),
    ...listings('Files', 'file'),
    ...listings('FileSystemEntries', 'any'),
    GetDirectoryRoot: [
      {
        signature: 'static string GetDirectoryRoot(string path)',
        invoke: (_self, [path], context) => absolutePath(path, context).slice(0, 1),
      },
    ],
    GetParent: [
      {
        signature: 'static System.IO.DirectoryInfo GetParent(string path)',
        invoke: (_self, [path], context) => parentFolder(absolutePath(path, context)),
      },
    ],
    Move: [
      {
        signature: 'static void Move(string sourceDirName, string destDirName)',
        invoke: (_self, [from, to], context) => {
          const source = absolutePath(from, context, 'sourceDirName');
          moveFolder(sessionOf(context), source, absolutePath(to, context, 'destDirName'));
          return undefined;
        },
      },
    ],
  },
};
