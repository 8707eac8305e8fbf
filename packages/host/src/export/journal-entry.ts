import type { JournalEntry } from '../space/writer/calls.ts';
import type { PreparedExport } from './write-order.ts';

/** What the journal keeps of a write: enough to find its object again, and no value that must not be stored. @param begunAt milliseconds since 1970 */
export function journalEntry({ entry, id, keys, findBy, password }: PreparedExport, begunAt: number): JournalEntry {
  return {
    identifier: entry.identifier,
    state: 'sent',
    id: id ?? null,
    begunAt,
    entry: JSON.stringify({
      operation: entry.objectModificationType,
      objectType: entry.objectType,
      ...(findBy === undefined ? {} : { findBy }),
    }),
    keys,
    passwordPending: password !== undefined,
  };
}
