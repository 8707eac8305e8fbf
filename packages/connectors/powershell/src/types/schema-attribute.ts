import {
  as,
  bool,
  Instance,
  type NetType,
  type Overload,
  type TypeDescription,
  type Value,
} from '@joinery/powershell/registration';
import { attributeOperations, numberOf } from '../enums.ts';
import { collectionType, EcmaCollection } from './named-collection.ts';
import { ecma, ecmaEnum, ecmaType } from './namespace.ts';
import { enumNumber, listOfParts, numberPart, partsOf, requiredName, textPart } from './parts.ts';

interface AttributeTraits {
  readonly isMultiValued: boolean;
  readonly isAnchor: boolean;
}

/** `SchemaAttribute`. */
export class SchemaAttribute extends Instance implements AttributeTraits {
  readonly name: string;
  readonly dataType: number;
  readonly isMultiValued: boolean;
  readonly isAnchor: boolean;
  readonly operation: number;
  isHidden = false;

  constructor(name: string, dataType: number, { isMultiValued, isAnchor }: AttributeTraits, operation: number) {
    super();
    this.name = name;
    this.dataType = dataType;
    this.isMultiValued = isMultiValued;
    this.isAnchor = isAnchor;
    this.operation = operation;
  }

  get type(): NetType {
    return ecmaType('SchemaAttribute');
  }
}

export const schemaAttribute = (value: Value): SchemaAttribute => as(value, SchemaAttribute);

/** The key of an attribute in its collections. */
export function attributeName(item: Value): Value {
  return schemaAttribute(item).name;
}

/** Data: name, type, multi-valued, anchor, operation, hidden. */
export function attributeData(self: SchemaAttribute): Value {
  const { name, dataType, isMultiValued, isAnchor, operation, isHidden } = self;
  return listOfParts(name, dataType, isMultiValued, isAnchor, operation, isHidden);
}

export function attributeOfData(data: Value): SchemaAttribute {
  const [name, dataType, isMultiValued, isAnchor, operation, isHidden] = partsOf(data);
  const traits = { isMultiValued: isMultiValued === true, isAnchor: isAnchor === true };
  const attribute = new SchemaAttribute(textPart(name) ?? '', numberPart(dataType), traits, numberPart(operation));
  attribute.isHidden = isHidden === true;
  return attribute;
}

function factory(method: string, traits: AttributeTraits): Overload[] {
  const head = `static ${ecma}.SchemaAttribute ${method}(string attributeName, ${ecma}.AttributeType dataType`;
  const make = (name: Value, dataType: Value, operation: number): SchemaAttribute =>
    new SchemaAttribute(requiredName(name, 'attributeName'), enumNumber(dataType), traits, operation);
  return [
    {
      signature: `${head})`,
      invoke: (_self, [name, dataType]) => make(name, dataType, numberOf(attributeOperations, 'ImportExport')),
    },
    {
      signature: `${head}, ${ecma}.AttributeOperation allowedAttributeOperation)`,
      invoke: (_self, [name, dataType, operation]) => make(name, dataType, enumNumber(operation)),
    },
  ];
}

/** What two definitions of one attribute must have in common. */
export function definitionKey({ name, dataType, isMultiValued, isAnchor, operation }: SchemaAttribute): string {
  return `${dataType} ${isMultiValued} ${isAnchor} ${operation} ${name.toLowerCase()}`;
}

export const schemaAttributeTypes: readonly TypeDescription[] = [
  {
    name: `${ecma}.SchemaAttribute`,
    kind: 'class',
    staticMethods: {
      CreateSingleValuedAttribute: factory('CreateSingleValuedAttribute', { isMultiValued: false, isAnchor: false }),
      CreateMultiValuedAttribute: factory('CreateMultiValuedAttribute', { isMultiValued: true, isAnchor: false }),
      CreateAnchorAttribute: factory('CreateAnchorAttribute', { isMultiValued: false, isAnchor: true }),
    },
    properties: {
      Name: { type: 'string', get: (self) => schemaAttribute(self).name },
      IsMultiValued: { type: 'bool', get: (self) => schemaAttribute(self).isMultiValued },
      IsAnchor: { type: 'bool', get: (self) => schemaAttribute(self).isAnchor },
      DataType: {
        type: `${ecma}.AttributeType`,
        get: (self) => ecmaEnum('AttributeType', schemaAttribute(self).dataType),
      },
      AllowedAttributeOperation: {
        type: `${ecma}.AttributeOperation`,
        get: (self) => ecmaEnum('AttributeOperation', schemaAttribute(self).operation),
      },
      HiddenByDefault: {
        type: 'bool',
        get: (self) => schemaAttribute(self).isHidden,
        set: (self, value) => {
          schemaAttribute(self).isHidden = bool(value);
        },
      },
    },
    equals: (self, other) =>
      other instanceof SchemaAttribute && definitionKey(schemaAttribute(self)) === definitionKey(other),
    hashKey: (self) => definitionKey(schemaAttribute(self)),
  },
  collectionType(
    'SchemaAttributeKeyedCollection',
    'string',
    'SchemaAttribute',
    (type) => new EcmaCollection(type, attributeName),
  ),
  collectionType('ReadOnlySchemaAttributeKeyedCollection', 'string', 'SchemaAttribute'),
];
