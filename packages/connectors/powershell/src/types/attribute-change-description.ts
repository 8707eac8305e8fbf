import { bool, itemsOf, type TypeDescription } from '@joinery/powershell/registration';
import { AttributeChange, attributeChange } from './attribute-change.ts';
import { attributeFactories } from './attribute-factories.ts';
import { ecma, ecmaEnum } from './namespace.ts';
import { enumNumber, requiredName } from './parts.ts';
import { schemaAttribute } from './schema-attribute.ts';

const changesType = `System.Collections.Generic.IList[${ecma}.ValueChange]`;
const modificationType = `${ecma}.AttributeModificationType`;

export const attributeChangeTypes: readonly TypeDescription[] = [
  {
    name: `${ecma}.AttributeChange`,
    kind: 'class',
    isAbstract: true,
    staticMethods: attributeFactories,
    properties: {
      Name: { type: 'string', get: (self) => attributeChange(self).name },
      DataType: {
        type: `${ecma}.AttributeType`,
        get: (self) => ecmaEnum('AttributeType', attributeChange(self).dataType),
      },
      IsMultiValued: { type: 'bool', get: (self) => attributeChange(self).isMultiValued },
      ModificationType: {
        type: modificationType,
        get: (self) => ecmaEnum('AttributeModificationType', attributeChange(self).modification),
      },
      ValueChanges: { type: changesType, get: (self) => attributeChange(self).changes },
    },
  },
  {
    name: `${ecma}.DetachedObjectModel.AttributeChangeDetached`,
    kind: 'class',
    base: `${ecma}.AttributeChange`,
    constructors: [
      {
        signature: `new(string name, ${modificationType} modificationType, ${changesType} valueChanges)`,
        invoke: (_self, [name, modification, changes], context) =>
          new AttributeChange(requiredName(name, 'name'), enumNumber(modification), [
            ...(changes === null ? [] : itemsOf(changes, context)),
          ]),
      },
      {
        signature: `new(string name, ${modificationType} modificationType, ${changesType} valueChanges, ${ecma}.AttributeType dataType, bool isMultiValued, bool isAnchor)`,
        invoke: (_self, [name, modification, changes, dataType, isMultiValued], context) =>
          new AttributeChange(
            requiredName(name, 'name'),
            enumNumber(modification),
            [...(changes === null ? [] : itemsOf(changes, context))],
            { dataType: enumNumber(dataType), isMultiValued: bool(isMultiValued) },
          ),
      },
      {
        signature: `new(${ecma}.SchemaAttribute attribute, ${modificationType} modificationType, ${changesType} valueChanges)`,
        invoke: (_self, [attribute, modification, changes], context) =>
          new AttributeChange(
            schemaAttribute(attribute).name,
            enumNumber(modification),
            [...(changes === null ? [] : itemsOf(changes, context))],
            schemaAttribute(attribute),
          ),
      },
    ],
  },
];
