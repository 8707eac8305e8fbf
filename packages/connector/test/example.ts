import type { AttributeType, CSEntryChange, SchemaAttribute, SchemaType } from '@joinery/connector';

/** A schema attribute; text that flows both ways unless told otherwise. */
export function attribute(name: string, more: Partial<SchemaAttribute> = {}): SchemaAttribute {
  return { name, type: 'String', isAnchor: false, isMultiValued: false, allowedOperation: 'ImportExport', ...more };
}

/** A type whose first attributes are anchors of the given types, with one attribute of each kind after them. */
export function typeWith(...anchors: readonly AttributeType[]): SchemaType {
  return {
    name: 'Person',
    lockAnchorDefinition: false,
    possibleDnComponents: [],
    attributes: [
      ...anchors.map((type, index) => attribute(`id${index}`, { type, isAnchor: true })),
      attribute('title'),
      attribute('active', { type: 'Boolean' }),
      attribute('number', { type: 'Integer' }),
      attribute('photo', { type: 'Binary' }),
      attribute('phones', { isMultiValued: true }),
    ],
  };
}

/** An entry of that type; without changes unless told otherwise. */
export function entryOf(more: Partial<CSEntryChange> = {}): CSEntryChange {
  return {
    identifier: '00000000-0000-4000-8000-000000000000',
    objectType: 'Person',
    objectModificationType: 'Add',
    anchorAttributes: [],
    attributeChanges: [],
    ...more,
  };
}

/** A change that adds values. */
export function adds(
  name: string,
  ...values: readonly (string | bigint | boolean | Uint8Array)[]
): CSEntryChange['attributeChanges'][number] {
  return { name, modificationType: 'Add', valueChanges: values.map((value) => ({ value, modificationType: 'Add' })) };
}
