import { as, baseOf, Instance, type NetType, type TypeDescription, type Value } from '@joinery/powershell/registration';
import { attributeTypes, numberOf } from '../enums.ts';
import { ecma, ecmaEnum, ecmaType } from './namespace.ts';
import { enumNumber, required, requiredName } from './parts.ts';

const ownType = ecmaType('DetachedObjectModel.AnchorAttributeDetached');

/** `AnchorAttribute`, in the only form there is: the detached one. */
export class AnchorAttribute extends Instance {
  readonly name: string;
  readonly dataType: number;
  readonly value: Value;
  constructor(name: string, dataType: number, value: Value) {
    super();
    this.name = name;
    this.dataType = dataType;
    this.value = baseOf(value) ?? null;
  }
  get type(): NetType {
    return ownType;
  }
}

export const anchorAttribute = (value: Value): AnchorAttribute => as(value, AnchorAttribute);

/** The key of an anchor in its collections. */
export function anchorName(item: Value): Value {
  return anchorAttribute(item).name;
}

/** An anchor that a script made: no schema says its type, as with attribute changes. */
export function madeAnchor(name: Value, value: Value): AnchorAttribute {
  const dataType = numberOf(attributeTypes, 'Undefined');
  return new AnchorAttribute(requiredName(name, 'attributeName'), dataType, required(value, 'value'));
}

export const anchorAttributeTypes: readonly TypeDescription[] = [
  {
    name: `${ecma}.AnchorAttribute`,
    kind: 'class',
    isAbstract: true,
    staticMethods: {
      Create: [
        {
          signature: `static ${ecma}.AnchorAttribute Create(string attributeName, object value)`,
          invoke: (_self, [name, value]) => madeAnchor(name, value),
        },
      ],
    },
    properties: {
      Name: { type: 'string', get: (self) => anchorAttribute(self).name },
      DataType: {
        type: `${ecma}.AttributeType`,
        get: (self) => ecmaEnum('AttributeType', anchorAttribute(self).dataType),
      },
      Value: { type: 'object', get: (self) => anchorAttribute(self).value },
    },
  },
  {
    name: `${ecma}.DetachedObjectModel.AnchorAttributeDetached`,
    kind: 'class',
    base: `${ecma}.AnchorAttribute`,
    constructors: [
      {
        signature: `new(string name, ${ecma}.AttributeType dataType, object value)`,
        invoke: (_self, [name, dataType, value]) =>
          new AnchorAttribute(requiredName(name, 'name'), enumNumber(dataType), value),
      },
    ],
  },
];
