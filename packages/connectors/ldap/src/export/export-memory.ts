import type { Directory } from '../connection/connection.ts';
import { DoubtfulServers } from './doubtful-servers.ts';
import { EntryLocks } from './entry-locks.ts';

/** What all exports of one connector share, also those that overlap. */
export interface ExportMemory {
  readonly locks: EntryLocks;
  /** Controls that the servers refused although they were expected to work (LDAP sheet 5.6: 12); not sent again. */
  readonly refusedControls: Set<string>;
  readonly doubtful: DoubtfulServers;
}

const memories = new WeakMap<Directory, ExportMemory>();

/** The memory of a connector, which lives as long as its connections. */
export function exportMemory(directory: Directory): ExportMemory {
  const present = memories.get(directory);
  if (present !== undefined) return present;
  const memory = { locks: new EntryLocks(), refusedControls: new Set<string>(), doubtful: new DoubtfulServers() };
  memories.set(directory, memory);
  return memory;
}
