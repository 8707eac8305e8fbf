import { netFailure } from '@joinery/powershell/registration';
import { attributeModificationTypes, numberOf, objectModificationTypes } from '../enums.ts';

type ObjectModification = (typeof objectModificationTypes)[number];
type AttributeModification = (typeof attributeModificationTypes)[number];

/** Which changes of attributes an object's modification takes (ECMA sheet 2.3). */
const accepted: Readonly<Record<ObjectModification, readonly AttributeModification[]>> = {
  Unconfigured: ['Unconfigured', 'Add', 'Replace', 'Update', 'Delete'],
  None: [],
  Add: ['Add', 'Replace', 'Update'],
  Replace: ['Add', 'Replace'],
  Update: ['Add', 'Replace', 'Update', 'Delete'],
  Delete: [],
};

/** What a change of an attribute makes of the two modifications once it belongs to an object. */
export interface Accepted {
  readonly object: number;
  readonly attribute: number;
}

/**
 * Takes a change into an object: one without a modification becomes an Add, and in an Add everything is an Add.
 * Throws `NetFailure` (InvalidOperationException) for a change that the object's modification does not take.
 */
export function acceptChange(object: number, attribute: number): Accepted {
  const kind = objectModificationTypes[object] ?? 'Unconfigured';
  const change = attributeModificationTypes[attribute] ?? 'Unconfigured';
  if (!accepted[kind].includes(change)) {
    throw netFailure(
      'System.InvalidOperationException',
      `An attribute change of the type ${change} cannot be added to an object change of the type ${kind}.`,
    );
  }
  switch (kind) {
    case 'Unconfigured':
      return { object: numberOf(objectModificationTypes, 'Add'), attribute };
    case 'Add':
      return { object, attribute: numberOf(attributeModificationTypes, 'Add') };
    default:
      return { object, attribute };
  }
}
