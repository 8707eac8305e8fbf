import { itemsOf, type Overload, type Value } from '@joinery/powershell/registration';
import { attributeModificationTypes, numberOf } from '../enums.ts';
import { AttributeChange } from './attribute-change.ts';
import { ecma } from './namespace.ts';
import { required, requiredName, valuesOf } from './parts.ts';
import { addedValue, ValueChange } from './value-change.ts';

/** The name under which a change of the distinguished name is found. */
export const dnAttributeName = 'DN';

type Modification = (typeof attributeModificationTypes)[number];

function change(name: Value, modification: Modification, changes: Value[]): AttributeChange {
  return new AttributeChange(
    requiredName(name, 'attributeName'),
    numberOf(attributeModificationTypes, modification),
    changes,
  );
}

function added(argument: Value): Value[] {
  return valuesOf(required(argument, 'value')).map((value) => new ValueChange(required(value, 'value'), addedValue));
}

/** A plain value counts as added; value changes are taken as they are. */
function valueChanges(argument: Value): Value[] {
  return valuesOf(required(argument, 'value')).map((value) =>
    value instanceof ValueChange ? value : new ValueChange(required(value, 'value'), addedValue),
  );
}

function ofValues(method: string, modification: Modification): Overload[] {
  const head = `static ${ecma}.AttributeChange ${method}(string attributeName, `;
  return [
    {
      signature: `${head}object value)`,
      invoke: (_self, [name, value]) => change(name, modification, added(value)),
    },
    {
      signature: `${head}System.Collections.Generic.IList[object] values)`,
      invoke: (_self, [name, values]) => change(name, modification, added(values)),
    },
  ];
}

const updateHead = `static ${ecma}.AttributeChange CreateAttributeUpdate(string attributeName, `;

/** The static methods of `AttributeChange` (ECMA sheet 2.3). */
export const attributeFactories: Readonly<Record<string, readonly Overload[]>> = {
  CreateAttributeAdd: ofValues('CreateAttributeAdd', 'Add'),
  CreateAttributeReplace: ofValues('CreateAttributeReplace', 'Replace'),
  CreateAttributeUpdate: [
    {
      signature: `${updateHead}object value)`,
      invoke: (_self, [name, value]) => change(name, 'Update', valueChanges(value)),
    },
    {
      signature: `${updateHead}System.Collections.Generic.IList[${ecma}.ValueChange] valueChanges)`,
      invoke: (_self, [name, changes], context) =>
        change(name, 'Update', [...itemsOf(changes, context, 'valueChanges')]),
    },
  ],
  CreateAttributeDelete: [
    {
      signature: `static ${ecma}.AttributeChange CreateAttributeDelete(string attributeName)`,
      invoke: (_self, [name]) => change(name, 'Delete', []),
    },
  ],
  CreateNewDN: [
    {
      signature: `static ${ecma}.AttributeChange CreateNewDN(string newDN)`,
      // Which modification the original gives it is not known; a new DN takes the place of the old one.
      invoke: (_self, [dn]) => change(dnAttributeName, 'Replace', added(requiredName(dn, 'newDN'))),
    },
  ],
};
