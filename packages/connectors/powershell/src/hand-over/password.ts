import type { AttributeType, AttributeValue } from '@joinery/connector';
import type { EngineTyped, EngineValue } from '@joinery/powershell';
import { attributeTypes, numberOf, type passwordOptions } from '../enums.ts';
import { ecmaName, ecmaObject } from './typed.ts';

/** An entry as password scripts see it: `CSEntry`. */
export interface PasswordEntry {
  readonly dn: string;
  readonly objectType: string;
  readonly attributes: readonly {
    readonly name: string;
    readonly type: AttributeType;
    readonly isMultiValued: boolean;
    readonly values: readonly AttributeValue[];
  }[];
}

export function passwordEntryValue({ dn, objectType, attributes }: PasswordEntry): EngineTyped {
  return ecmaObject(
    'CSEntry',
    dn,
    objectType,
    attributes.map(({ name, type, isMultiValued, values }) => [
      name,
      numberOf(attributeTypes, type),
      isMultiValued,
      values,
    ]),
  );
}

/** `PasswordOptions`; none of them where the list is empty. */
export function passwordOptionsValue(options: readonly (keyof typeof passwordOptions)[]): EngineValue {
  const text = options.length === 0 ? 'None' : options.join(', ');
  return { kind: 'opaque', type: ecmaName('PasswordOptions'), text };
}
