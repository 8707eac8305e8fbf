import { posix } from 'node:path';
import { netFailure } from '../../errors/raise.ts';
import type { Session } from '../../runtime/session.ts';
import { bool, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import type { Overload, TypeDescription } from '../net-type.ts';
import { utf8WithoutPreamble } from '../text/encoding.ts';
import { attributesOf } from './file-attributes.ts';
import { FileItem } from './file-item.ts';
import { copyFile, moveFile, removeFile, replaceFile } from './file-operations.ts';
import { type OpenOptions, openFile, openings } from './file-stream.ts';
import { call, filesOf, ofPath, ofStatus, self } from './file-system-info.ts';
import { parentFolder } from './folder-operations.ts';
import { absolutePath } from './path.ts';
import { StreamReader } from './stream-reader.ts';
import { StreamWriter } from './stream-writer.ts';

const name = 'System.IO.FileInfo';

function opening(method: string, options: OpenOptions): readonly Overload[] {
  return [
    call(`System.IO.FileStream ${method}()`, (item, _none, session) => {
      const stream = openFile(session, item.path, options);
      item.refresh();
      return stream;
    }),
  ];
}

function writer(method: string, mode: 'Create' | 'Append'): readonly Overload[] {
  return [
    call(`System.IO.StreamWriter ${method}()`, (item, _none, session) => {
      const stream = openFile(session, item.path, { mode, access: 'Write', share: 'Read' });
      item.refresh();
      return new StreamWriter(stream, utf8WithoutPreamble);
    }),
  ];
}

/** Moves the item along with the file. */
function move(item: FileItem, target: Value, overwrite: boolean, session: Session): undefined {
  const path = absolutePath(target, session, 'destFileName');
  moveFile(session, item.path, path, overwrite);
  item.path = path;
  item.original = text(target);
  item.refresh();
  return undefined;
}

function copy(item: FileItem, target: Value, overwrite: boolean, session: Session): FileItem {
  const path = absolutePath(target, session, 'destFileName');
  copyFile(session, item.path, path, overwrite);
  return new FileItem(path, undefined, { original: path });
}

export const fileInfoDescription: TypeDescription = {
  name,
  kind: 'class',
  base: 'System.IO.FileSystemInfo',
  constructors: [
    {
      signature: `${name} new(string fileName)`,
      invoke: (_self, [path], context) =>
        new FileItem(absolutePath(path, context), undefined, { original: text(path) }),
    },
  ],
  properties: {
    Length: ofStatus('long', (status, item) => {
      if (status?.kind === 'file') return BigInt(status.length);
      throw netFailure('System.IO.FileNotFoundException', `Could not find file '${item.path}'.`, {
        details: { FileName: item.path },
      });
    }),
    DirectoryName: ofPath('string', (item) => posix.dirname(item.path)),
    Directory: ofPath('System.IO.DirectoryInfo', (item) => parentFolder(item.path)),
    IsReadOnly: {
      ...ofStatus('bool', (status, item) => (attributesOf(status, item.name) & 1) !== 0),
      set: (value, isReadOnly, context) => {
        filesOf(context).setReadOnly(self(value).path, bool(isReadOnly));
        self(value).refresh();
      },
    },
    BaseName: {
      ...ofPath('string', ({ name: own }) => (own.endsWith('.') ? own : own.replace(/\.[^.]*$/s, ''))),
      addedAs: 'ScriptProperty',
    },
    Mode: {
      ...ofStatus('string', (status) => (status?.readOnly === true ? '--r--' : '-----')),
      addedAs: 'CodeProperty',
    },
  },
  methods: {
    AppendText: writer('AppendText', 'Append'),
    CopyTo: [
      call(`${name} CopyTo(string destFileName)`, (item, [target], session) => copy(item, target, false, session)),
      call(`${name} CopyTo(string destFileName, bool overwrite)`, (item, [target, overwrite], session) =>
        copy(item, target, bool(overwrite), session),
      ),
    ],
    Create: opening('Create', { mode: 'Create', access: 'ReadWrite', share: 'None' }),
    CreateText: writer('CreateText', 'Create'),
    Delete: [
      call('void Delete()', (item, _none, session) => {
        removeFile(session, item.path);
        item.refresh();
        return undefined;
      }),
    ],
    MoveTo: [
      call('void MoveTo(string destFileName)', (item, [target], session) => move(item, target, false, session)),
      call('void MoveTo(string destFileName, bool overwrite)', (item, [target, overwrite], session) =>
        move(item, target, bool(overwrite), session),
      ),
    ],
    Open: openings('System.IO.FileStream Open', undefined, (value) => self(value).path),
    OpenRead: opening('OpenRead', { mode: 'Open', access: 'Read', share: 'Read' }),
    OpenText: [
      call(
        'System.IO.StreamReader OpenText()',
        (item, _none, session) =>
          new StreamReader(openFile(session, item.path, { mode: 'Open', access: 'Read', share: 'Read' }), {
            encoding: utf8WithoutPreamble,
          }),
      ),
    ],
    OpenWrite: opening('OpenWrite', { mode: 'OpenOrCreate', access: 'Write', share: 'None' }),
    Replace: [
      call(
        `${name} Replace(string destinationFileName, string destinationBackupFileName)`,
        (item, [target, backup], session) => {
          const path = absolutePath(target, session, 'destinationFileName');
          replaceFile(session, item.path, path, backup);
          return new FileItem(path, undefined, { original: path });
        },
      ),
    ],
  },
};
