import { canonicalDn, rdnOf } from '@joinery/connector';
import type { TextEntry } from '../../protocol/text-entry.ts';
import { type AnchorAttributes, isMeant, isNaming } from './log/anchor-attributes.ts';
import { renamedDn } from './log/former-names.ts';
import type { LogRecord } from './log/log-record.ts';

/** A record of an access log with its place. */
export interface AccessLogRecord extends LogRecord {
  /** `reqStart`: the record's name, in the order of the log. */
  readonly start: string;
}

/** Never `reqMod`: it holds passwords, in clear too (behaviour L43). What an entry is now is read from the entry. */
export const accessLogAttributes = [
  ...['reqStart', 'reqType', 'reqDN', 'reqNewRDN', 'reqNewSuperior', 'reqNewDN', 'reqEntryUUID'],
];

const UNIQUE_ID = 'entryuuid';

/** The attributes of an entry before an operation, those by which it is known, by the `reqStart` of the record. */
export type FormerValues = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Reads a record of OpenLDAP's overlay accesslog (slapo-accesslog(5); LDAP sheet 4.8).
 * @returns undefined for what tells of no change of an entry
 */
export function readAccessLogRecord({ attributes }: TextEntry): AccessLogRecord | undefined {
  const first = (name: string): string | undefined => attributes.get(name.toLowerCase())?.[0];
  const start = first('reqStart');
  const type = first('reqType')?.toLowerCase();
  const written = first('reqDN');
  if (start === undefined || written === undefined || !isChange(type)) return undefined;
  const dn = canonicalDn(written) ?? written;
  const newRdn = first('reqNewRDN');
  // From 2.5 on the server tells the new name itself.
  const newDn = first('reqNewDN') ?? (newRdn === undefined ? dn : renamedDn(dn, newRdn, first('reqNewSuperior')));
  const uniqueId = first('reqEntryUUID');
  return {
    start,
    type,
    dn,
    ...(type === 'modrdn' ? { newDn: canonicalDn(newDn) ?? newDn } : {}),
    carried: new Map(uniqueId === undefined ? [] : [[UNIQUE_ID, uniqueId]]),
    changesAnchor: false,
  };
}

/** A record with what the log has kept of the entry before it (`logold`). */
export function withFormerValues(
  record: AccessLogRecord,
  former: FormerValues,
  { changeable }: AnchorAttributes,
): AccessLogRecord {
  const values = former.get(record.start);
  const changesAnchor =
    record.type === 'modify'
      ? values !== undefined
      : record.type === 'modrdn' && [record.dn, record.newDn ?? ''].some((dn) => isNaming(changeable, rdnOf(dn) ?? ''));
  return { ...record, carried: new Map([...record.carried, ...(values ?? [])]), changesAnchor };
}

/** Of the lines `name: value` of `reqOld` those of anchors; everything else, which may be secret, is dropped here. */
export function formerValues(lines: readonly string[], { slots }: AnchorAttributes): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(': ');
    const name = line.slice(0, colon).toLowerCase();
    if (colon > 0 && isMeant(slots, name) && !values.has(name)) values.set(name, line.slice(colon + 2));
  }
  return values;
}

function isChange(type: string | undefined): type is LogRecord['type'] {
  return type === 'add' || type === 'modify' || type === 'modrdn' || type === 'delete';
}
