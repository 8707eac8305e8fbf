import { as, baseOf, Instance, type NetType, type TypeDescription, type Value } from '@joinery/powershell/registration';
import { numberOf, valueModificationTypes } from '../enums.ts';
import { ecma, ecmaEnum, ecmaType } from './namespace.ts';
import { enumNumber } from './parts.ts';

const ownType = ecmaType('ValueChange');

/** `ValueChange`. The value is a plain one. */
export class ValueChange extends Instance {
  readonly value: Value;
  readonly modification: number;
  constructor(value: Value, modification: number) {
    super();
    this.value = baseOf(value) ?? null;
    this.modification = modification;
  }
  get type(): NetType {
    return ownType;
  }
}

export const valueChange = (value: Value): ValueChange => as(value, ValueChange);

export const addedValue = numberOf(valueModificationTypes, 'Add');
const deletedValue = numberOf(valueModificationTypes, 'Delete');

const byType = {
  signature: `static ${ecma}.ValueChange CreateValueChange(object value, ${ecma}.ValueModificationType modificationType)`,
  invoke: (_self: Value, [value, modification]: readonly Value[]) => new ValueChange(value, enumNumber(modification)),
};

export const valueChangeTypes: readonly TypeDescription[] = [
  {
    name: `${ecma}.ValueChange`,
    kind: 'class',
    constructors: [
      {
        signature: `new(object value, ${ecma}.ValueModificationType modificationType)`,
        invoke: (_self, [value, modification]) => new ValueChange(value, enumNumber(modification)),
      },
    ],
    staticMethods: {
      CreateValueAdd: [
        {
          signature: `static ${ecma}.ValueChange CreateValueAdd(object value)`,
          invoke: (_self, [value]) => new ValueChange(value, addedValue),
        },
      ],
      CreateValueDelete: [
        {
          signature: `static ${ecma}.ValueChange CreateValueDelete(object value)`,
          invoke: (_self, [value]) => new ValueChange(value, deletedValue),
        },
      ],
    },
    properties: {
      Value: { type: 'object', get: (self) => valueChange(self).value },
      ModificationType: {
        type: `${ecma}.ValueModificationType`,
        get: (self) => ecmaEnum('ValueModificationType', valueChange(self).modification),
      },
    },
  },
  {
    name: `${ecma}.ValueChangeFactory`,
    kind: 'class',
    isAbstract: true,
    staticMethods: { CreateValueChange: [byType] },
  },
];
