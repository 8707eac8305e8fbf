import type { FileAccess, FileStatus } from '../../runtime/session.ts';
import { EnumValue } from '../../values/enum.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumeration } from '../enumeration.ts';

const flag = { none: 0, readOnly: 1, hidden: 2, directory: 16, normal: 128, link: 1024 } as const;

/** What of Windows' attributes Linux has: read-only, a name with a dot in front is hidden, folders, links. Minus one for what is missing. */
export function attributesOf(status: FileStatus | undefined, name: string): number {
  if (status === undefined) return -1;
  const attributes =
    (status.readOnly ? flag.readOnly : 0) |
    (name.startsWith('.') ? flag.hidden : 0) |
    (status.kind === 'directory' ? flag.directory : 0) |
    (status.isLink ? flag.link : 0);
  return attributes === 0 ? flag.normal : attributes;
}

/** Of all attributes only `ReadOnly` can be set. */
export function applyAttributes(files: FileAccess, path: string, attributes: Value): void {
  const { value } = as(attributes, EnumValue);
  files.setReadOnly(path, (Number(value) & flag.readOnly) !== 0);
}

export const fileAttributesDescription = enumeration(
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
);
