import { type CSEntryChange, dnKey, nameKey } from '@joinery/connector';
import type { LdapSettings } from '../configuration/settings.ts';
import { equals } from '../protocol/filter/build.ts';
import type { OctetString } from '../protocol/filter.ts';
import { resultCode, resultCodeName } from '../protocol/result-code.ts';
import type { ExportFault } from './fault.ts';
import { octetsOf } from './octets.ts';
import { searchBases } from './search-bases.ts';
import type { Turn } from './turn.ts';

/** A value that no other entry may have. */
export interface UniqueValue {
  readonly attribute: string;
  readonly value: OctetString;
}

/** The values that an entry is to get in attributes that must be unique (LDAP sheet 6.1, L63). */
export function uniqueValues(
  { attributeChanges }: CSEntryChange,
  { uniqueAttributes }: Pick<LdapSettings, 'uniqueAttributes'>,
): readonly UniqueValue[] {
  if (uniqueAttributes.length === 0) return [];
  const unique = new Set(uniqueAttributes.map(nameKey));
  return attributeChanges.flatMap(({ name, valueChanges }) =>
    unique.has(nameKey(name))
      ? valueChanges.flatMap(({ value, modificationType }) =>
          modificationType === 'Add' ? { attribute: name, value: octetsOf(value) } : [],
        )
      : [],
  );
}

/** Under which writes of the same value in this process wait for each other. */
export function uniqueClaim({ attribute, value }: UniqueValue): string {
  const text = typeof value === 'string' ? value.toLowerCase() : Buffer.from(value).toString('hex');
  // No DN begins like this, so claims of entries and values cannot be taken for each other.
  return `=${nameKey(attribute)}=${text}`;
}

/**
 * Looks whether another entry has one of the values, in all partitions. Directories do not check this by themselves
 * (LDAP sheet 6.1). Two writes of one value in this process come one after the other, so that only one can pass; against other
 * writers only a rule of the server itself helps.
 *
 * @param own the entry's names, which may have the value
 * @returns the fault of an entry whose value is taken; throws what the search ends with
 */
export async function takenValue(
  turn: Turn,
  values: readonly UniqueValue[],
  own: readonly string[],
): Promise<ExportFault | undefined> {
  const ownKeys = new Set(own.map(dnKey));
  for (const { attribute, value } of values) {
    for (const base of searchBases(turn.scope.context)) {
      const { result, entries } = await turn.search(base, 'sub', equals(attribute, value), ['1.1'], 2);
      const other = entries.find(({ dn }) => !ownKeys.has(dnKey(dn)));
      if (other !== undefined) return valueTaken(attribute, value, other.dn);
      // Also noSuchObject: a partition that the account may not see may hold the value.
      if (result.code !== resultCode.success) return notSearched(attribute, base, result.code);
    }
  }
  return undefined;
}

function valueTaken(attribute: string, value: OctetString, dn: string): ExportFault {
  const shown = typeof value === 'string' ? `"${value}"` : 'this value';
  return {
    errorCode: 'ExportErrorConnectedDirectoryExistingObject',
    errorName: 'uniqueValueExists',
    errorDetail: `Another entry has ${shown} in the attribute "${attribute}" already: "${dn}".`,
  };
}

function notSearched(attribute: string, base: string, code: number): ExportFault {
  return {
    errorCode: 'ExportErrorConnectedDirectoryError',
    errorName: 'uniqueValueNotChecked',
    errorDetail: `Whether the value of "${attribute}" is unique could not be found out: the search below "${base}" ended with ${resultCodeName(code)}. Nothing was written.`,
  };
}
