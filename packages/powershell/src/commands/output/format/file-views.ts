import { toNetText } from '../../../conversion/text.ts';
import type { Session } from '../../../runtime/session.ts';
import { getMember } from '../../../types/members.ts';
import { typeNames } from '../../../types/type-names.ts';
import type { Value } from '../../../values/value.ts';
import type { View, ViewGroup } from './view.ts';

const types = ['System.IO.DirectoryInfo', 'System.IO.FileInfo'] as const;
const provider = 'Microsoft.PowerShell.Core\\FileSystem::';

const byFolder: ViewGroup = {
  key: 'PSParentPath',
  heading: '    Directory: ',
  text: (key) => key.replaceAll(provider, ''),
};

function isFolder(value: Value): boolean {
  return typeNames(value).includes('System.IO.DirectoryInfo');
}

function length(value: Value, session: Session): Value {
  return isFolder(value) ? '' : session.text(getMember(value, 'Length', session));
}

/** Day and minute in the widths that make a column of them. */
function lastWrite(value: Value, session: Session): Value {
  const time = getMember(value, 'LastWriteTime', session);
  const day = toNetText(time, 'd', session);
  return `${day.padStart(10)} ${toNetText(time, 't', session).padStart(8)}`;
}

const times = ['CreationTime', 'LastWriteTime', 'LastAccessTime', 'Mode', 'LinkType', 'Target'].map((value) => ({
  value,
}));

/**
 * Files and folders. The table is the one that PowerShell has where there are no owners and permissions of Unix: scripts see
 * nothing of the machine's users.
 */
export const fileViews: readonly View[] = [
  {
    name: 'children',
    types,
    kind: 'table',
    wraps: true,
    groupBy: byFolder,
    columns: [
      { value: 'Mode', width: 7, alignment: 'left' },
      { label: 'LastWriteTime', value: lastWrite, width: 26, alignment: 'right' },
      { label: 'Length', value: length, width: 14, alignment: 'right' },
      { value: 'Name', alignment: 'left' },
    ],
  },
  {
    name: 'children',
    types: ['System.IO.FileInfo'],
    kind: 'list',
    groupBy: byFolder,
    items: [{ value: 'Name' }, { label: 'Length', value: length }, ...times, { value: 'VersionInfo' }],
  },
  {
    name: 'children',
    types: ['System.IO.DirectoryInfo'],
    kind: 'list',
    groupBy: byFolder,
    items: [{ value: 'Name' }, ...times],
  },
  {
    name: 'children',
    types,
    kind: 'wide',
    groupBy: byFolder,
    value: 'Name',
    text: (value, name) => (isFolder(value) ? `[${name}]` : name),
  },
];
