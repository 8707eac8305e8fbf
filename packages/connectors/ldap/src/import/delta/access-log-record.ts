import { canonicalDn, rdnOf } from '@joinery/connector';
import type { TextEntry } from '../../protocol/text-entry.ts';
import { type AnchorAttributes, isMeant, isNaming } from './log/anchor-attributes.ts';
import { renamedDn } from './log/former-names.ts';
import type { LogRecord } from './log/log-record.ts';

/** A record of an access log with its place. */
export interface AccessLogRecord extends LogRecord {
  /** `reqEnd`: when the record was written, in the order of the log. */
  readonly end: string;
}

/** Never `reqMod`: it holds passwords, in clear too (behaviour L43). What an entry is now is read from the entry. */
export const accessLogAttributes = [
  ...['reqEnd', 'reqType', 'reqDN', 'reqNewRDN', 'reqNewSuperior', 'reqNewDN', 'reqEntryUUID'],
];

const UNIQUE_ID = 'entryuuid';

/** What a log kept of an entry before an operation. */
export interface FormerEntry {
  /** Of the attributes by which it is known. */
  readonly values: ReadonlyMap<string, string>;
  /** It kept something, of a delete everything. */
  readonly isKept: boolean;
}

/** By the `reqEnd` of the record. */
export type FormerEntries = ReadonlyMap<string, FormerEntry>;

/**
 * Reads a record of OpenLDAP's overlay accesslog (slapo-accesslog(5); LDAP sheet 4.8).
 * @returns undefined for what tells of no change of an entry
 */
export function readAccessLogRecord({ attributes }: TextEntry): AccessLogRecord | undefined {
  const first = (name: string): string | undefined => attributes.get(name.toLowerCase())?.[0];
  const end = first('reqEnd');
  const type = first('reqType')?.toLowerCase();
  const written = first('reqDN');
  if (end === undefined || written === undefined || !isChange(type)) return undefined;
  const dn = canonicalDn(written) ?? written;
  const newRdn = first('reqNewRDN');
  // From 2.5 on the server tells the new name itself.
  const newDn = first('reqNewDN') ?? (newRdn === undefined ? dn : renamedDn(dn, newRdn, first('reqNewSuperior')));
  const uniqueId = first('reqEntryUUID');
  return {
    end,
    type,
    dn,
    ...(type === 'modrdn' ? { newDn: canonicalDn(newDn) ?? newDn } : {}),
    carried: new Map(uniqueId === undefined ? [] : [[UNIQUE_ID, uniqueId]]),
    carriesAll: false,
    changesAnchor: false,
  };
}

/** A record with what the log has kept of the entry before it (`logold`). Of the modifies only those of anchors are looked for. */
export function withFormerEntry(
  record: AccessLogRecord,
  formerEntries: FormerEntries,
  { changeable }: AnchorAttributes,
): AccessLogRecord {
  const former = formerEntries.get(record.end);
  if (former === undefined) return record;
  const { dn, newDn = dn, type } = record;
  const isNamed = [dn, newDn].some((each) => isNaming(changeable, rdnOf(each) ?? ''));
  return {
    ...record,
    carried: new Map([...record.carried, ...former.values]),
    carriesAll: type === 'delete' && former.isKept,
    changesAnchor: type === 'modify' || (type === 'modrdn' && isNamed),
  };
}

/** Of the lines `name: value` of `reqOld` those of anchors; everything else, which may be secret, is dropped here. */
export function formerEntry(lines: readonly string[], { slots }: AnchorAttributes): FormerEntry {
  const values = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(': ');
    const name = line.slice(0, colon).toLowerCase();
    if (colon > 0 && isMeant(slots, name) && !values.has(name)) values.set(name, line.slice(colon + 2));
  }
  return { values, isKept: lines.length > 0 };
}

function isChange(type: string | undefined): type is LogRecord['type'] {
  return type === 'add' || type === 'modify' || type === 'modrdn' || type === 'delete';
}
