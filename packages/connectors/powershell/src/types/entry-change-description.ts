import {
  as,
  Guid,
  listOf,
  netTypes,
  newGuid,
  type Property,
  type TypeDescription,
  type Value,
} from '@joinery/powershell/registration';
import { anchorName } from './anchor-attribute.ts';
import { EntryChange, entryChange } from './entry-change.ts';
import { entryData, entryOfData } from './entry-change-data.ts';
import { collectionType, EcmaCollection } from './named-collection.ts';
import { ecma, ecmaEnum } from './namespace.ts';
import { enumNumber, textPart } from './parts.ts';

type TextProperty = 'objectType' | 'dn' | 'rdn' | 'errorName' | 'errorDetail';

function textProperty(name: TextProperty): Property {
  return {
    type: 'string',
    get: (self) => entryChange(self)[name],
    set: (self, value) => {
      entryChange(self)[name] = textPart(value);
    },
  };
}

function enumProperty(enumName: string, name: 'modification' | 'errorCode'): Property {
  return {
    type: `${ecma}.${enumName}`,
    get: (self) => ecmaEnum(enumName, entryChange(self)[name]),
    set: (self, value) => {
      entryChange(self)[name] = enumNumber(value);
    },
  };
}

const detached = `${ecma}.DetachedObjectModel`;

function make(identifier: Value, modification: Value, errorCode: Value): EntryChange {
  const made = new EntryChange(as(identifier, Guid), true);
  made.modification = enumNumber(modification);
  made.errorCode = enumNumber(errorCode);
  return made;
}

export const entryChangeTypes: readonly TypeDescription[] = [
  {
    name: `${ecma}.CSEntryChange`,
    kind: 'class',
    isAbstract: true,
    handOver: { receive: entryOfData, send: (self) => entryData(entryChange(self)) },
    staticMethods: {
      Create: [
        {
          signature: `static ${ecma}.CSEntryChange Create()`,
          invoke: (_self, _none, context) => new EntryChange(newGuid(context), true),
        },
      ],
    },
    properties: {
      Identifier: { type: 'guid', get: (self) => entryChange(self).identifier },
      ObjectModificationType: enumProperty('ObjectModificationType', 'modification'),
      ObjectType: textProperty('objectType'),
      DN: textProperty('dn'),
      RDN: textProperty('rdn'),
      ChangedAttributeNames: {
        type: 'System.Collections.Generic.IList[string]',
        get: (self) => listOf(netTypes.string, entryChange(self).changedNames),
      },
      AttributeChanges: {
        type: `System.Collections.ObjectModel.KeyedCollection[string,${ecma}.AttributeChange]`,
        get: (self) => entryChange(self).attributeChanges,
      },
      AnchorAttributes: {
        type: `System.Collections.ObjectModel.KeyedCollection[string,${ecma}.AnchorAttribute]`,
        get: (self) => entryChange(self).anchors,
      },
      ErrorCodeImport: enumProperty('MAImportError', 'errorCode'),
      ErrorName: textProperty('errorName'),
      ErrorDetail: textProperty('errorDetail'),
    },
  },
  {
    name: `${detached}.CSEntryChangeDetached`,
    kind: 'class',
    base: `${ecma}.CSEntryChange`,
    constructors: [
      {
        // The names are those of the changes that are added afterwards.
        signature: `new(guid identifier, ${ecma}.ObjectModificationType objectModificationType, ${ecma}.MAImportError errorCodeImport, System.Collections.Generic.IList[string] changedAttributeNames)`,
        invoke: (_self, [identifier, modification, errorCode]) => make(identifier, modification, errorCode),
      },
    ],
  },
  collectionType('DetachedObjectModel.AttributeChangeKeyedCollectionDetached', 'string', 'AttributeChange'),
  collectionType(
    'DetachedObjectModel.AnchorAttributeKeyedCollectionDetached',
    'string',
    'AnchorAttribute',
    (type) => new EcmaCollection(type, anchorName),
  ),
];
