import {
  as,
  type CallContext,
  Instance,
  type NetType,
  type TypeDescription,
  type Value,
} from '@joinery/powershell/registration';
import { type EcmaCollection, emptyCollection } from './named-collection.ts';
import { ecma, ecmaType } from './namespace.ts';
import { listOfParts, partsOf, textPart } from './parts.ts';
import { type RecordObject, recordType } from './record.ts';
import { definitionKey } from './schema-attribute.ts';
import { schemaType, typeData, typeName, typeOfData } from './schema-type.ts';

/** `Schema`. */
export class Schema extends Instance {
  readonly types: EcmaCollection;
  readonly changeType: RecordObject | null;
  readonly objectTypeAttributeName: string | null;
  isReadOnly = false;

  constructor(changeType: RecordObject | null = null, objectTypeAttributeName: string | null = null) {
    super();
    this.changeType = changeType;
    this.objectTypeAttributeName = objectTypeAttributeName;
    this.types = emptyCollection('SchemaTypeKeyedCollection', typeName, { isLocked: () => this.isReadOnly });
  }

  get type(): NetType {
    return ecmaType('Schema');
  }

  /** An attribute of several types has one definition in all of them (ECMA sheet 2.2), and every type has attributes. */
  isValid(): boolean {
    const definitions = new Map<string, string>();
    for (const type of this.types.items.map(schemaType)) {
      if (type.attributes.size === 0) return false;
      for (const attribute of type.attributeList) {
        const key = definitionKey(attribute);
        const name = attribute.name.toLowerCase();
        if ((definitions.get(name) ?? key) !== key) return false;
        definitions.set(name, key);
      }
    }
    return this.types.size > 0;
  }
}

const schema = (value: Value): Schema => as(value, Schema);

/** Data: the types, the name of the attribute that holds the object type. */
function schemaData(self: Schema): Value {
  return listOfParts(listOfParts(...self.types.items.map(schemaType).map(typeData)), self.objectTypeAttributeName);
}

function schemaOfData(data: Value, context: CallContext): Schema {
  const [types, attributeName] = partsOf(data);
  const made = new Schema(null, textPart(attributeName));
  for (const type of partsOf(types)) made.types.insertItem(made.types.size, typeOfData(type, context), context);
  return made;
}

const text = { type: 'string' };

export const schemaTypes: readonly TypeDescription[] = [
  {
    name: `${ecma}.Schema`,
    kind: 'class',
    handOver: { receive: schemaOfData, send: (self) => schemaData(schema(self)) },
    constructors: [
      { signature: 'new()', invoke: () => new Schema() },
      {
        signature: `new(${ecma}.ChangeTypeDescription changeType, string objectTypeAttributeName)`,
        // Nothing derives from the abstract type, so there is none to give but null.
        invoke: (_self, [, name]) => new Schema(null, textPart(name)),
      },
    ],
    staticMethods: { Create: [{ signature: `static ${ecma}.Schema Create()`, invoke: () => new Schema() }] },
    properties: {
      Types: {
        type: `System.Collections.ObjectModel.KeyedCollection[string,${ecma}.SchemaType]`,
        get: (self) => schema(self).types,
      },
      ChangeType: { type: `${ecma}.ChangeTypeDescription`, get: (self) => schema(self).changeType },
      ObjectTypeAttributeName: { type: 'string', get: (self) => schema(self).objectTypeAttributeName },
    },
    methods: {
      Validate: [{ signature: 'bool Validate()', invoke: (self) => schema(self).isValid() }],
      SetReadOnly: [
        {
          signature: 'void SetReadOnly()',
          invoke: (self) => {
            schema(self).isReadOnly = true;
            for (const type of schema(self).types.items.map(schemaType)) type.isReadOnly = true;
            return undefined;
          },
        },
      ],
    },
  },
  recordType('ChangeTypeDescription', {
    isAbstract: true,
    properties: { AttributeName: text, Add: text, Modify: text, Delete: text },
    constructors: [],
  }),
];
