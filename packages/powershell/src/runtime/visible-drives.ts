import type { DriveInfo } from '../types/automation/drive-info.ts';
import type { Scope } from './scope.ts';

/** The drive of a name, in any case, that a scope sees. */
export function findDrive(from: Scope, name: string): DriveInfo | undefined {
  const folded = name.toLowerCase();
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
    const drive = scope.drives?.get(folded);
    if (drive !== undefined) return drive;
  }
  return undefined;
}

/** All drives that a scope sees, the nearest of each name, sorted by name. */
export function visibleDrives(from: Scope): DriveInfo[] {
  const found = new Map<string, DriveInfo>();
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
    for (const [folded, drive] of scope.drives ?? []) if (!found.has(folded)) found.set(folded, drive);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, drive]) => drive);
}
