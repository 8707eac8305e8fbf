import { canonicalDn, rdnOf } from '@joinery/connector';
import type { TextEntry } from '../../protocol/text-entry.ts';
import { type AnchorAttributes, isMeant, isNaming } from './log/anchor-attributes.ts';
import { readLdifChanges, readLdifLines } from './log/change-record-text.ts';
import { renamedDn } from './log/former-names.ts';
import type { LogRecord } from './log/log-record.ts';
import { digest } from './watermark.ts';

/** A record of a change log with its place. */
export interface ChangeLogRecord extends LogRecord {
  readonly number: bigint;
  /** By which the record is recognised: another server's log has other ones under the same number. */
  readonly mark: string;
}

/** Asked for whatever the anchors are. Never more: `changes` holds passwords (LDAP sheet 4.7). */
const always = ['changeNumber', 'changeTime', 'targetDN', 'changeType', 'newRDN', 'newSuperior'];
/** Under which names servers tell the identifier of an entry: 389 and ODSEE, OpenDJ, and IBM. */
const identifiers: ReadonlyMap<string, { readonly names: readonly string[]; readonly form: RegExp }> = new Map([
  ['nsuniqueid', { names: ['targetUniqueId', 'nsUniqueId'], form: /^[\da-f]{8}(-[\da-f]{8}){3}$/i }],
  // OpenDS told another form in targetUniqueID, for which reason it is not asked.
  ['entryuuid', { names: ['targetEntryUUID', 'entryUUID'], form: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i }],
  ['ibm-entryuuid', { names: ['targetEntryUUID', 'ibm-entryUUID'], form: /./ }],
]);

/** Attribute descriptions to ask a change log for. */
export function recordAttributes({ slots, changeable }: AnchorAttributes): readonly string[] {
  const named = slots.flatMap(({ name }) => identifiers.get(name.toLowerCase())?.names ?? [name]);
  // The attributes of an entry that was deleted are ODSEE's way to say who it was.
  return [...always, ...named, ...(changeable.length > 0 ? ['changes', 'deletedEntryAttrs'] : [])];
}

/**
 * Reads a record as the servers of the Netscape family, IBM and OpenDJ write it (draft-good-ldap-changelog-04).
 * @returns undefined for what tells of no change of an entry
 */
export function readChangeLogRecord({ attributes }: TextEntry, anchors: AnchorAttributes): ChangeLogRecord | undefined {
  const first = (name: string): string | undefined => attributes.get(name.toLowerCase())?.[0];
  const digits = first('changeNumber');
  const type = typeOf(first('changeType'));
  const written = first('targetDN');
  if (digits === undefined || !/^\d+$/.test(digits) || type === undefined || written === undefined) return undefined;
  const dn = canonicalDn(written) ?? written;
  const newRdn = first('newRDN');
  const newDn =
    type === 'modrdn' && newRdn !== undefined
      ? canonicalDn(renamedDn(dn, newRdn, superiorOf(first('newSuperior'))))
      : undefined;
  return {
    number: BigInt(digits),
    mark: digest(JSON.stringify([first('changeTime'), type, written])),
    type,
    dn,
    ...(newDn === undefined ? {} : { newDn }),
    carried: carriedBy(attributes, anchors),
    carriesAll: attributes.has('deletedentryattrs'),
    changesAnchor: changesAnchor(type, attributes.get('changes') ?? [], [dn, newRdn ?? ''], anchors),
  };
}

function typeOf(text: string | undefined): LogRecord['type'] | undefined {
  switch (text?.trim().toLowerCase()) {
    case 'add':
      return 'add';
    case 'modify':
      return 'modify';
    case 'delete':
      return 'delete';
    case 'modrdn':
    case 'moddn':
      return 'modrdn';
    default:
      return undefined;
  }
}

/** Some servers send an empty one where the parent stays. */
function superiorOf(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function carriedBy(
  attributes: TextEntry['attributes'],
  { slots, changeable }: AnchorAttributes,
): ReadonlyMap<string, string> {
  const carried = new Map<string, string>();
  for (const { name } of slots) {
    const key = name.toLowerCase();
    const { names, form } = identifiers.get(key) ?? { names: [name], form: /./ };
    const value = names.flatMap((each) => attributes.get(each.toLowerCase()) ?? []).find((text) => form.test(text));
    if (value !== undefined) carried.set(key, value);
  }
  if (changeable.length === 0) return carried;
  for (const text of attributes.get('deletedentryattrs') ?? []) {
    for (const { name, value } of readLdifLines(Buffer.from(text))) {
      const key = name.toLowerCase();
      if (isMeant(slots, key) && !carried.has(key)) carried.set(key, Buffer.from(value).toString('utf8'));
    }
  }
  return carried;
}

function changesAnchor(
  type: LogRecord['type'],
  changes: readonly string[],
  [dn, newRdn]: readonly [string, string],
  { changeable }: AnchorAttributes,
): boolean {
  if (changeable.length === 0) return false;
  if (type === 'modrdn') return isNaming(changeable, rdnOf(dn) ?? '') || isNaming(changeable, newRdn);
  if (type !== 'modify') return false;
  return changes.some((text) =>
    readLdifChanges(Buffer.from(text)).some(({ attribute }) => isMeant(changeable, attribute)),
  );
}
