import { posix } from 'node:path';
import type { FileStatus, Session } from '../../runtime/session.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { fileSystem } from '../automation/provider-info.ts';
import { enumOf } from '../enumeration.ts';
import type { CallContext, Overload, Property, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { applyAttributes, attributesOf } from './file-attributes.ts';
import { FileItem } from './file-item.ts';
import { setTime, timeNames, timeOf } from './file-times.ts';

export const self = (value: Value): FileItem => as(value, FileItem);

export function filesOf(context: CallContext): Session['world']['files'] {
  return sessionOf(context).world.files;
}

/** A property of the path alone. */
export function ofPath(type: string, read: (item: FileItem) => Value): Property {
  return { type, get: (value) => read(self(value)) };
}

/** A property of what is there. */
export function ofStatus(
  type: string,
  read: (status: FileStatus | undefined, item: FileItem, context: CallContext) => Value,
): Property {
  return { type, get: (value, context) => read(self(value).status(filesOf(context)), self(value), context) };
}

export function call(
  signature: string,
  run: (item: FileItem, args: readonly Value[], session: Session) => Value,
): Overload {
  return { signature, invoke: (value, args, context) => run(self(value), args, sessionOf(context)) };
}

function times(): Record<string, Property> {
  const properties: Record<string, Property> = {};
  for (const [name, field] of timeNames) {
    for (const kind of ['local', 'utc'] as const) {
      properties[kind === 'utc' ? `${name}Utc` : name] = {
        ...ofStatus('datetime', (status) => timeOf(status, field, kind)),
        set: (value, date, context) => {
          setTime(sessionOf(context), self(value).path, field, date);
          self(value).refresh();
        },
      };
    }
  }
  return properties;
}

const providerPath = (path: string): string => `Microsoft.PowerShell.Core\\FileSystem::${path}`;

/** What the cmdlets of the file system add to the items that they answer. */
function fromProvider(type: string, read: (item: FileItem) => Value): Property {
  return { ...ofPath(type, read), addedAs: 'NoteProperty' };
}

export const fileSystemInfoDescription: TypeDescription = {
  name: 'System.IO.FileSystemInfo',
  kind: 'class',
  isAbstract: true,
  properties: {
    FullName: ofPath('string', (item) => item.path),
    Extension: ofPath('string', ({ name }) => (name.endsWith('.') ? '' : name.slice(lastDot(name)))),
    Name: ofPath('string', (item) => item.name),
    Exists: ofStatus('bool', (status, item) => status?.kind === item.kind),
    ...times(),
    LinkTarget: ofPath('string', () => null),
    Attributes: {
      ...ofStatus('System.IO.FileAttributes', (status, item) =>
        enumOf('System.IO.FileAttributes', attributesOf(status, item.name)),
      ),
      set: (value, attributes, context) => {
        applyAttributes(filesOf(context), self(value).path, attributes);
        self(value).refresh();
      },
    },
    PSPath: fromProvider('string', (item) => providerPath(item.path)),
    PSParentPath: fromProvider('string', (item) => (item.path === '/' ? '' : providerPath(posix.dirname(item.path)))),
    PSChildName: fromProvider('string', (item) => item.name),
    PSDrive: fromProvider('System.Management.Automation.PSDriveInfo', (item) => item.drive ?? null),
    PSProvider: fromProvider('System.Management.Automation.ProviderInfo', () => fileSystem),
    PSIsContainer: fromProvider('bool', (item) => item.kind === 'directory'),
  },
  methods: {
    Refresh: [
      call('void Refresh()', (item) => {
        item.refresh();
        return undefined;
      }),
    ],
    ToString: [call('string ToString()', (item) => item.original)],
  },
  toText: (value) => self(value).original,
};

function lastDot(name: string): number {
  const at = name.lastIndexOf('.');
  return at < 0 ? name.length : at;
}
