import type { CSEntryChange } from '@joinery/connector';
import type { ReadPresent } from '../export/entry-rules.ts';
import type { AttributeValues, Modification } from '../protocol/request.ts';
import { accountControl, accountControlOf, withDisabled } from './user-account-control.ts';
import { wantedDisabled } from './wanted-state.ts';

const attribute = 'userAccountControl';

/**
 * The attributes of an Add with its `userAccountControl` (LDAP sheet 5.7): an account that has no password yet is made disabled, whatever
 * it is to be later, unless it is one that needs none. Setting the password enables it.
 * @param usual the value where none is mapped
 * @param hasPassword the Add brings one
 */
export function addedControl(
  entry: CSEntryChange,
  attributes: readonly AttributeValues[],
  usual: bigint,
  hasPassword: boolean,
): readonly AttributeValues[] {
  const mapped = mappedControl(attributes) ?? usual;
  const asked = wantedDisabled(entry);
  const control = asked === undefined ? mapped : withDisabled(mapped, asked);
  const mayBeEnabled = hasPassword || (control & accountControl.passwordNotRequired) !== 0n;
  const value = mayBeEnabled ? control : withDisabled(control, true);
  return [...attributes.filter((each) => !isControl(each)), { type: attribute, values: [String(value)] }];
}

/**
 * The modifications of an Update with what `_accountDisabled` makes of `userAccountControl`: its one bit, the others stay. The value that
 * was read is deleted by its number, so that the server refuses (16) where somebody else has changed it meanwhile.
 */
export async function changedControl(
  entry: CSEntryChange,
  modifications: readonly Modification[],
  read: ReadPresent,
): Promise<readonly Modification[]> {
  const disabled = wantedDisabled(entry);
  if (disabled === undefined) return modifications;
  const mapped = mappedControl(modifications);
  if (mapped !== undefined) {
    const value = String(withDisabled(mapped, disabled));
    return [
      ...modifications.filter((each) => !isControl(each)),
      { operation: 'replace', type: attribute, values: [value] },
    ];
  }
  return [...modifications, ...(await exchangedControl(disabled, read))];
}

/** The exchange of the present value for one with the bit; nothing where it has it. */
export async function exchangedControl(disabled: boolean, read: ReadPresent): Promise<readonly Modification[]> {
  const octets = (await read([attribute])).get(attribute.toLowerCase())?.[0];
  const text = octets === undefined ? undefined : Buffer.from(octets).toString('utf8');
  const present = accountControlOf(text);
  const value = withDisabled(present ?? accountControl.normalAccount, disabled);
  if (value === present) return [];
  // What cannot be read is not overwritten: the server refuses an add where there is a value.
  return [
    ...(text === undefined ? [] : [{ operation: 'delete', type: attribute, values: [text] } as const]),
    { operation: 'add', type: attribute, values: [String(value)] },
  ];
}

function isControl({ type }: AttributeValues): boolean {
  return type.toLowerCase() === attribute.toLowerCase();
}

function mappedControl(all: readonly AttributeValues[]): bigint | undefined {
  const value = all.findLast(isControl)?.values.at(-1);
  return typeof value === 'string' ? accountControlOf(value) : undefined;
}
