import {
  as,
  bool,
  type CallContext,
  Instance,
  listOf,
  type NetType,
  netTypes,
  type TypeDescription,
  type Value,
} from '@joinery/powershell/registration';
import { collectionType, EcmaCollection, emptyCollection } from './named-collection.ts';
import { ecma, ecmaType } from './namespace.ts';
import { listOfParts, partsOf, requiredName, textPart } from './parts.ts';
import {
  attributeData,
  attributeName,
  attributeOfData,
  type SchemaAttribute,
  schemaAttribute,
} from './schema-attribute.ts';

/** `SchemaType`: an object type. */
export class SchemaType extends Instance {
  readonly name: string;
  readonly locked: boolean;
  readonly attributes: EcmaCollection;
  readonly dnComponents = listOf(netTypes.string, []);
  isReadOnly = false;
  #anchors: EcmaCollection | undefined;
  #anchorsAt = -1;

  constructor(name: string, locked: boolean) {
    super();
    this.name = name;
    this.locked = locked;
    this.attributes = emptyCollection('SchemaAttributeKeyedCollection', attributeName, {
      isLocked: () => this.isReadOnly,
    });
  }

  get type(): NetType {
    return ecmaType('SchemaType');
  }

  get attributeList(): readonly SchemaAttribute[] {
    return this.attributes.items.map(schemaAttribute);
  }

  /** A view of the attributes that are anchors, in the order of declaration (ECMA sheet 2.2). */
  anchors(context: CallContext): EcmaCollection {
    if (this.#anchors === undefined || this.#anchorsAt !== this.attributes.version) {
      let isComplete = false;
      const view = emptyCollection('ReadOnlySchemaAttributeKeyedCollection', attributeName, {
        isLocked: () => isComplete,
      });
      for (const attribute of this.attributeList) {
        if (attribute.isAnchor) view.insertItem(view.size, attribute, context);
      }
      isComplete = true;
      this.#anchors = view;
      this.#anchorsAt = this.attributes.version;
    }
    return this.#anchors;
  }
}

export const schemaType = (value: Value): SchemaType => as(value, SchemaType);

/** The key of a type in its collections. */
export function typeName(item: Value): Value {
  return schemaType(item).name;
}

/** Data: name, whether the anchor is locked, attributes, components of DNs. */
export function typeData(self: SchemaType): Value {
  const attributes = listOfParts(...self.attributeList.map(attributeData));
  return listOfParts(self.name, self.locked, attributes, listOfParts(...self.dnComponents.items));
}

export function typeOfData(data: Value, context: CallContext): SchemaType {
  const [name, locked, attributes, components] = partsOf(data);
  const made = new SchemaType(textPart(name) ?? '', locked === true);
  for (const attribute of partsOf(attributes)) {
    made.attributes.insertItem(made.attributes.size, attributeOfData(attribute), context);
  }
  for (const component of partsOf(components)) made.dnComponents.add(component);
  return made;
}

const attributesType = `System.Collections.ObjectModel.KeyedCollection[string,${ecma}.SchemaAttribute]`;

export const schemaTypeTypes: readonly TypeDescription[] = [
  {
    name: `${ecma}.SchemaType`,
    kind: 'class',
    staticMethods: {
      Create: [
        {
          signature: `static ${ecma}.SchemaType Create(string typeName, bool lockAnchorDefinition)`,
          invoke: (_self, [name, locked]) => new SchemaType(requiredName(name, 'typeName'), bool(locked)),
        },
      ],
    },
    properties: {
      Name: { type: 'string', get: (self) => schemaType(self).name },
      Locked: { type: 'bool', get: (self) => schemaType(self).locked },
      Attributes: { type: attributesType, get: (self) => schemaType(self).attributes },
      AnchorAttributes: { type: attributesType, get: (self, context) => schemaType(self).anchors(context) },
      PossibleDNComponentsForProvisioning: {
        type: 'System.Collections.Generic.IList[string]',
        get: (self) => schemaType(self).dnComponents,
      },
    },
    methods: {
      SetReadOnly: [
        {
          signature: 'void SetReadOnly()',
          invoke: (self) => {
            schemaType(self).isReadOnly = true;
            return undefined;
          },
        },
      ],
    },
  },
  collectionType('SchemaTypeKeyedCollection', 'string', 'SchemaType', (type) => new EcmaCollection(type, typeName)),
  collectionType('ReadOnlySchemaTypeKeyedCollection', 'string', 'SchemaType'),
];
