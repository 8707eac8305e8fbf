import { isObject, parseJson } from '@joinery/scim';
import type { JournalEntry } from '../space/writer/calls.ts';
import type { PreparedExport } from './write-order.ts';

/** What the journal says of a write beside its object. */
export interface JournalledWrite {
  readonly objectType: string;
  /** How to find an object whose anchor the target makes. */
  readonly findBy?: { readonly attribute: string; readonly value: string };
  /** The identity that the object has afterwards, where its anchor changes. */
  readonly renamedTo?: string;
}

/** What the journal keeps of a write: enough to find its object again, and no value that must not be stored. @param begunAt milliseconds since 1970 */
export function journalEntry(
  { entry, id, renamedTo, keys, findBy, password, deletes }: PreparedExport,
  begunAt: number,
): JournalEntry {
  return {
    identifier: entry.identifier,
    state: 'sent',
    id: id ?? null,
    begunAt,
    entry: JSON.stringify({
      operation: entry.objectModificationType,
      objectType: entry.objectType,
      ...(renamedTo === undefined ? {} : { renamedTo }),
      ...(findBy === undefined ? {} : { findBy }),
    }),
    keys,
    passwordPending: password !== undefined,
    ...(deletes === undefined ? {} : { deletes }),
  };
}

/** Reads what {@link journalEntry} wrote; undefined for what another program wrote. */
export function journalled({ entry }: JournalEntry): JournalledWrite | undefined {
  const said = parseJson(entry);
  if (!isObject(said)) return undefined;
  const [objectType, renamedTo, findBy] = [said.objectType, said.renamedTo, said.findBy];
  if (typeof objectType !== 'string') return undefined;
  const by = isObject(findBy) ? { attribute: findBy.attribute, value: findBy.value } : undefined;
  return {
    objectType,
    ...(typeof by?.attribute === 'string' && typeof by.value === 'string'
      ? { findBy: { attribute: by.attribute, value: by.value } }
      : {}),
    ...(typeof renamedTo === 'string' ? { renamedTo } : {}),
  };
}
