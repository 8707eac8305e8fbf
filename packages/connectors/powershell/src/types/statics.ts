import {
  bytesFrom,
  NetArray,
  netFailure,
  netTypes,
  newGuid,
  type Overload,
  type Property,
  settingOf,
  type TypeDescription,
  text,
  toByteArray,
  type Value,
} from '@joinery/powershell/registration';
import { attributeModificationTypes, attributeTypes, objectModificationTypes } from '../enums.ts';
import { madeAnchor } from './anchor-attribute.ts';
import { AttributeChange, attributeChange } from './attribute-change.ts';
import { dnAttributeName } from './attribute-factories.ts';
import { resultFactories, resultIdentifier } from './change-result.ts';
import { EntryChange, entryChange } from './entry-change.ts';
import { acceptChange } from './modification-rules.ts';
import { emptyCollection } from './named-collection.ts';
import { ecma } from './namespace.ts';
import { enumNumber, required, requiredName } from './parts.ts';
import { sidBytes, sidText } from './security-identifier.ts';
import { splitDn } from './split-dn.ts';

/*
 * The static members that scripts use (ECMA sheet 2.7). Folders come from the host, as the settings of the same names.
 */

function folder(name: string): Property {
  return { type: 'string', get: (_self, context) => settingOf(context, name) };
}

/** What only a synchronisation engine with a metaverse has. Throws `NetFailure`. */
function notHere(name: string): never {
  throw netFailure(`${ecma}.EntryPointNotImplementedException`, `${name} needs a metaverse, which is not here.`);
}

function absent(name: string): Property {
  return { type: 'object', get: () => notHere(name) };
}

function isTypeCompatible(value: Value, type: Value): boolean {
  switch (attributeTypes[enumNumber(type)]) {
    case 'String':
    case 'Reference':
      return typeof value === 'string';
    case 'Integer':
      return typeof value === 'bigint' || typeof value === 'number';
    case 'Binary':
      return value instanceof NetArray && value.element === netTypes.byte;
    case 'Boolean':
      return typeof value === 'boolean';
    default:
      return false;
  }
}

/** The order of the bytes; of two of which one begins the other, the shorter comes first. */
function compareBytes(left: Value, right: Value): number {
  return Math.sign(Buffer.compare(bytesFrom(required(left, 'left')), bytesFrom(required(right, 'right'))));
}

function one(signature: string, invoke: Overload['invoke']): readonly Overload[] {
  return [{ signature: `static ${signature}`, invoke }];
}

const utils: TypeDescription = {
  name: `${ecma}.Utils`,
  kind: 'class',
  isAbstract: true,
  staticProperties: {
    ExtensionsDirectory: folder('ExtensionsDirectory'),
    WorkingDirectory: folder('WorkingDirectory'),
    InPreviewMode: { type: 'bool', get: () => false },
    MAs: absent('MAs'),
    TransactionProperties: absent('TransactionProperties'),
  },
  staticMethods: {
    CreateCSEntryChange: one(
      `${ecma}.CSEntryChange CreateCSEntryChange()`,
      (_self, _none, context) => new EntryChange(newGuid(context), true),
    ),
    ...resultFactories('CreateCSEntryChangeResult'),
    CreateCSEntryChangeResultCollection: one(
      `System.Collections.ObjectModel.KeyedCollection[guid,${ecma}.CSEntryChangeResult] CreateCSEntryChangeResultCollection()`,
      () =>
        emptyCollection('DetachedObjectModel.CSEntryChangeResultKeyedCollectionDetached', resultIdentifier, {
          keysAreText: false,
        }),
    ),
    CreateAnchorAttribute: one(
      `${ecma}.AnchorAttribute CreateAnchorAttribute(string attributeName, object value)`,
      (_self, [name, value]) => madeAnchor(name, value),
    ),
    CreateAttributeChange: one(
      `${ecma}.AttributeChange CreateAttributeChange(string attributeName, ${ecma}.AttributeModificationType modificationType)`,
      (_self, [name, modification]) =>
        new AttributeChange(requiredName(name, 'attributeName'), enumNumber(modification), []),
    ),
    ConvertSidToString: one('string ConvertSidToString(byte[] sid)', (_self, [sid]) =>
      sidText(bytesFrom(required(sid, 'sid'))),
    ),
    ConvertStringToSid: one('byte[] ConvertStringToSid(string sid)', (_self, [sid]) =>
      toByteArray(sidBytes(text(required(sid, 'sid')))),
    ),
    ConvertStringToSecurityDescriptor: one('byte[] ConvertStringToSecurityDescriptor(string descriptor)', () =>
      notHere('ConvertStringToSecurityDescriptor'),
    ),
    ConvertSecurityDescriptorToString: one('string ConvertSecurityDescriptorToString(byte[] descriptor)', () =>
      notHere('ConvertSecurityDescriptorToString'),
    ),
    BinaryCompare: one('int BinaryCompare(byte[] left, byte[] right)', (_self, [left, right]) =>
      compareBytes(left, right),
    ),
    IsTypeCompatible: one(`bool IsTypeCompatible(object value, ${ecma}.AttributeType type)`, (_self, [value, type]) =>
      isTypeCompatible(value, type),
    ),
    GetAttributeTypeName: one(
      `string GetAttributeTypeName(${ecma}.AttributeType type)`,
      (_self, [type]) => attributeTypes[enumNumber(type)] ?? null,
    ),
    ValueCollection: one('object ValueCollection(params object[] values)', () => notHere('ValueCollection')),
    FindMVEntries: one('object FindMVEntries(params object[] arguments)', () => notHere('FindMVEntries')),
  },
};

function checkChange(object: number, attribute: number): undefined {
  acceptChange(object, attribute);
  return undefined;
}

/** Throws `NetFailure` (ArgumentException) for a number that no label has. */
function checkLabel(labels: readonly string[], value: Value, parameter: string): undefined {
  if (labels[enumNumber(value)] !== undefined) return undefined;
  throw netFailure('System.ArgumentException', 'It is no modification type.', { parameter });
}

const detachedUtils: TypeDescription = {
  name: `${ecma}.DetachedObjectModel.DetachedUtils`,
  kind: 'class',
  isAbstract: true,
  staticProperties: { DNAttributeName: { type: 'string', get: () => dnAttributeName } },
  staticMethods: {
    SplitDN: one('string[] SplitDN(string dn)', (_self, [dn]) => splitText(dn)),
    ValidateObjectModificationType: one(
      `void ValidateObjectModificationType(${ecma}.ObjectModificationType modificationType)`,
      (_self, [type]) => checkLabel(objectModificationTypes, type, 'modificationType'),
    ),
    ValidateAttributeModificationType: [
      {
        signature: `static void ValidateAttributeModificationType(${ecma}.AttributeModificationType modificationType)`,
        invoke: (_self, [type]) => checkLabel(attributeModificationTypes, type, 'modificationType'),
      },
      {
        signature: `static void ValidateAttributeModificationType(${ecma}.ObjectModificationType objectModificationType, ${ecma}.AttributeModificationType attributeModificationType)`,
        invoke: (_self, [object, attribute]) => checkChange(enumNumber(object), enumNumber(attribute)),
      },
    ],
    ValidateAttributeChange: one(
      `void ValidateAttributeChange(${ecma}.CSEntryChange csentryChange, ${ecma}.AttributeChange attributeChange)`,
      (_self, [entry, change]) => checkChange(entryChange(entry).modification, attributeChange(change).modification),
    ),
  },
};

function splitText(dn: Value): Value {
  return new NetArray(netTypes.string, splitDn(text(required(dn, 'dn'))));
}

export const staticTypes: readonly TypeDescription[] = [
  { name: `${ecma}.MAUtils`, kind: 'class', isAbstract: true, staticProperties: { MAFolder: folder('MAFolder') } },
  utils,
  detachedUtils,
];
