import {
  type AttributeChange,
  type AttributeValue,
  type CSEntryChange,
  formatValue,
  nameKey,
} from '@joinery/connector';
import { madeAttributes } from '../import/entry-plan.ts';
import { accountControlOf, isDisabled } from './user-account-control.ts';

/** The change of an attribute by its name; undefined where the entry does not bring one. */
export function changeOfAttribute(
  { attributeChanges }: Pick<CSEntryChange, 'attributeChanges'>,
  name: string,
): AttributeChange | undefined {
  return attributeChanges.find((change) => nameKey(change.name) === nameKey(name));
}

/** The last value that a change brings; undefined where it only takes away. */
export function newValue(change: AttributeChange): AttributeValue | undefined {
  return change.valueChanges.findLast(({ modificationType }) => modificationType === 'Add')?.value;
}

/**
 * What an entry says of `_accountDisabled`.
 * @returns undefined where it says nothing; an account whose value is cleared is enabled, as one that never had any
 */
export function wantedDisabled(entry: Pick<CSEntryChange, 'attributeChanges'>): boolean | undefined {
  const change = changeOfAttribute(entry, madeAttributes.accountDisabled);
  if (change === undefined) return undefined;
  const value = newValue(change);
  return value !== undefined && isTrue(value);
}

/** True for an Add that asks for an account which is disabled, in whatever attribute it says so. */
export function asksForDisabled(entry: Pick<CSEntryChange, 'attributeChanges'>): boolean {
  const asked = wantedDisabled(entry);
  if (asked !== undefined) return asked;
  const control = wantedValue(entry, 'userAccountControl');
  const bits = control === undefined ? undefined : accountControlOf(formatValue(control));
  if (bits !== undefined) return isDisabled(bits);
  const flag = wantedValue(entry, 'msDS-UserAccountDisabled');
  return flag !== undefined && isTrue(flag);
}

function wantedValue(entry: Pick<CSEntryChange, 'attributeChanges'>, name: string): AttributeValue | undefined {
  const change = changeOfAttribute(entry, name);
  return change === undefined ? undefined : newValue(change);
}

function isTrue(value: AttributeValue): boolean {
  return value === true || (typeof value === 'string' && /^(?:true|1)$/i.test(value));
}
