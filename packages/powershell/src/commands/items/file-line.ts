import { posix } from 'node:path';
import { type ExtendedMembers, PSObject } from '../../values/ps-object.ts';
import type { Value } from '../../values/value.ts';
import type { FoundFile } from './resolve-items.ts';

/** A line of a file: text that knows the file, and which line it is. */
export function lineOf(file: FoundFile, line: string, number: number): PSObject {
  return new PSObject(line, undefined, { names, make: () => originOf(file, number) });
}

/** The text of a whole file. */
export function wholeOf(file: FoundFile, text: string): PSObject {
  return lineOf(file, text, 1);
}

const names: ReadonlySet<string> = new Set([
  'pspath',
  'psparentpath',
  'pschildname',
  'psdrive',
  'psprovider',
  'readcount',
]);

function originOf({ path, drive }: FoundFile, number: number): ExtendedMembers {
  const members: ExtendedMembers = new Map();
  const add = (name: string, value: Value): void => {
    members.set(name.toLowerCase(), { kind: 'note', name, value });
  };
  add('PSPath', drive.showNative(path));
  add('PSParentPath', posix.dirname(drive.showNative(path)));
  add('PSChildName', posix.basename(path));
  add('PSDrive', drive);
  add('PSProvider', drive.provider);
  add('ReadCount', BigInt(number));
  return members;
}
