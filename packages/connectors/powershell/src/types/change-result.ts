import {
  as,
  type CallContext,
  Guid,
  Instance,
  itemsOf,
  type NetType,
  type TypeDescription,
  type Value,
} from '@joinery/powershell/registration';
import { attributeChange, changeData, changedName } from './attribute-change.ts';
import { collectionType, EcmaCollection, emptyCollection } from './named-collection.ts';
import { ecma, ecmaEnum, ecmaType } from './namespace.ts';
import { enumNumber, listOfParts, textPart } from './parts.ts';

const ownType = ecmaType('DetachedObjectModel.CSEntryChangeResultDetached');

/** `CSEntryChangeResult`, in the only form there is: the detached one. */
export class ChangeResult extends Instance {
  readonly identifier: Guid;
  readonly errorCode: number;
  readonly errorName: string | null;
  readonly errorDetail: string | null;
  readonly changes = emptyCollection('DetachedObjectModel.AttributeChangeKeyedCollectionDetached', changedName);

  constructor(identifier: Guid, errorCode: number, errorName: string | null, errorDetail: string | null) {
    super();
    this.identifier = identifier;
    this.errorCode = errorCode;
    this.errorName = errorName;
    this.errorDetail = errorDetail;
  }

  get type(): NetType {
    return ownType;
  }
}

export const changeResult = (value: Value): ChangeResult => as(value, ChangeResult);

/** The key of a result in its collections. */
export function resultIdentifier(item: Value): Value {
  return changeResult(item).identifier;
}

/** Data: identifier, code, name, detail, the changes that the target made. */
function resultData(self: ChangeResult): Value {
  const { identifier, errorCode, errorName, errorDetail, changes } = self;
  const made = listOfParts(...changes.items.map(attributeChange).map(changeData));
  return listOfParts(identifier.text, errorCode, errorName, errorDetail, made);
}

/** A result as its factories make it. @param args identifier, changes or null, code, and name and detail of an error */
export function makeResult(args: readonly Value[], context: CallContext): ChangeResult {
  const [identifier = null, changes = null, code = null, name = null, detail = null] = args;
  const made = new ChangeResult(as(identifier, Guid), enumNumber(code), textPart(name), textPart(detail));
  for (const change of changes === null ? [] : itemsOf(changes, context)) {
    made.changes.insertItem(made.changes.size, change, context);
  }
  return made;
}

const short = `guid identifier, System.Collections.Generic.IList[${ecma}.AttributeChange] attributeChanges, ${ecma}.MAExportError errorCode`;
const long = `${short}, string errorName, string errorDetail`;

/** The two ways to make a result, under the name of a method. */
export function resultFactories(method: string): TypeDescription['methods'] {
  const head = `static ${ecma}.CSEntryChangeResult ${method}`;
  return {
    [method]: [
      { signature: `${head}(${short})`, invoke: (_self, args, context) => makeResult(args, context) },
      { signature: `${head}(${long})`, invoke: (_self, args, context) => makeResult(args, context) },
    ],
  };
}

export const changeResultTypes: readonly TypeDescription[] = [
  {
    name: `${ecma}.CSEntryChangeResult`,
    kind: 'class',
    isAbstract: true,
    handOver: { send: (self) => resultData(changeResult(self)) },
    staticMethods: { ...resultFactories('Create') },
    properties: {
      Identifier: { type: 'guid', get: (self) => changeResult(self).identifier },
      AnchorAttributes: {
        type: `System.Collections.ObjectModel.KeyedCollection[string,${ecma}.AttributeChange]`,
        get: (self) => changeResult(self).changes,
      },
      ErrorCode: {
        type: `${ecma}.MAExportError`,
        get: (self) => ecmaEnum('MAExportError', changeResult(self).errorCode),
      },
      ErrorName: { type: 'string', get: (self) => changeResult(self).errorName },
      ErrorDetail: { type: 'string', get: (self) => changeResult(self).errorDetail },
    },
  },
  {
    name: `${ecma}.DetachedObjectModel.CSEntryChangeResultDetached`,
    kind: 'class',
    base: `${ecma}.CSEntryChangeResult`,
    constructors: [{ signature: `new(${long})`, invoke: (_self, args, context) => makeResult(args, context) }],
  },
  collectionType(
    'DetachedObjectModel.CSEntryChangeResultKeyedCollectionDetached',
    'guid',
    'CSEntryChangeResult',
    (type) => new EcmaCollection(type, resultIdentifier, { keysAreText: false }),
  ),
];
