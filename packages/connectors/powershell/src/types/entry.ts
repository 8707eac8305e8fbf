import {
  as,
  bytesFrom,
  Instance,
  ignoreCaseComparer,
  NetArray,
  type NetType,
  netFailure,
  netTypes,
  type Property,
  type TypeDescription,
  type Value,
} from '@joinery/powershell/registration';
import { ReferenceValue, ValueCollection, valueText } from './entry-values.ts';
import { ecma, ecmaEnum, ecmaType } from './namespace.ts';
import { numberPart, partsOf, textPart } from './parts.ts';
import { splitDn } from './split-dn.ts';

/*
 * `CSEntry` for password scripts (ECMA sheet 2.6): what the host knows of an entry. What only a synchronisation engine could
 * say throws.
 */

class Attrib extends Instance {
  readonly name: string;
  readonly dataType: number;
  readonly isMultivalued: boolean;
  readonly values: ValueCollection;

  constructor(name: string, dataType: number, isMultivalued: boolean, values: readonly Value[]) {
    super();
    this.name = name;
    this.dataType = dataType;
    this.isMultivalued = isMultivalued;
    this.values = new ValueCollection(dataType, values);
  }
  get type(): NetType {
    return ecmaType('Attrib');
  }

  /** The one value. Throws `NetFailure` for several, as the original does. */
  get single(): Value {
    if (this.values.items.length <= 1) return this.values.items[0]?.value ?? null;
    throw netFailure(`${ecma}.TooManyValuesException`, this.name, { details: { AttributeName: this.name } });
  }
}

class Entry extends Instance {
  readonly dn: string;
  readonly objectType: string | null;
  readonly #attributes = new Map<unknown, Attrib>();

  constructor(dn: string, objectType: string | null, attributes: readonly Attrib[]) {
    super();
    this.dn = dn;
    this.objectType = objectType;
    for (const one of attributes) this.#attributes.set(ignoreCaseComparer.keyOf(one.name), one);
  }
  get type(): NetType {
    return ecmaType('CSEntry');
  }

  names(): string[] {
    return [...this.#attributes.values()].map(({ name }) => name);
  }

  /** Throws `NetFailure` for an attribute that the host did not hand over. */
  attribute(name: string): Attrib {
    const found = this.#attributes.get(ignoreCaseComparer.keyOf(name));
    if (found !== undefined) return found;
    throw netFailure(`${ecma}.NoSuchAttributeException`, name, { details: { AttributeName: name } });
  }
}

const entry = (value: Value): Entry => as(value, Entry);
const attrib = (value: Value): Attrib => as(value, Attrib);

function unknown(name: string): Property {
  const fail = (): never => {
    throw netFailure('System.NotSupportedException', `${name} is known to a synchronisation engine only.`);
  };
  return { type: 'object', get: fail };
}

/** Data: DN, object type, then name, type, multi-valued and values of each attribute. */
function received(data: Value): Entry {
  const [dn, objectType, attributes] = partsOf(data);
  const made = partsOf(attributes).map((part) => {
    const [name, dataType, isMultivalued, values] = partsOf(part);
    return new Attrib(textPart(name) ?? '', numberPart(dataType), isMultivalued === true, partsOf(values));
  });
  return new Entry(textPart(dn) ?? '', textPart(objectType), made);
}

function failing(signature: string): TypeDescription['methods'] {
  const name = /(\w+)\(/.exec(signature)?.[1] ?? '';
  return {
    [name]: [
      {
        signature,
        invoke: () => {
          throw netFailure('System.NotSupportedException', `${name} is for a synchronisation engine only.`);
        },
      },
    ],
  };
}

export const entryTypes: readonly TypeDescription[] = [
  {
    name: `${ecma}.CSEntry`,
    kind: 'class',
    isAbstract: true,
    interfaces: ['System.Collections.IEnumerable'],
    handOver: { receive: received },
    properties: {
      DN: { type: `${ecma}.ReferenceValue`, get: (self) => new ReferenceValue(entry(self).dn) },
      RDN: { type: 'string', get: (self) => splitDn(entry(self).dn)[0] ?? '' },
      ObjectType: { type: 'string', get: (self) => entry(self).objectType },
      ObjectClass: unknown('ObjectClass'),
      ConnectionState: { type: `${ecma}.ConnectionState`, get: () => ecmaEnum('ConnectionState', 0) },
      MA: unknown('MA'),
      ConnectionRule: unknown('ConnectionRule'),
      ConnectionChangeTime: unknown('ConnectionChangeTime'),
    },
    methods: { ...failing('void Deprovision()'), ...failing('void CommitNewConnector()') },
    indexer: {
      get: [
        {
          signature: `${ecma}.Attrib Item(string attributeName)`,
          invoke: (self, [name]) => entry(self).attribute(textPart(name ?? null) ?? ''),
        },
      ],
      set: [],
    },
    enumerate: (self) => entry(self).names(),
    toText: (self) => entry(self).dn,
  },
  {
    name: `${ecma}.Attrib`,
    kind: 'class',
    isAbstract: true,
    properties: {
      Name: { type: 'string', get: (self) => attrib(self).name },
      DataType: { type: `${ecma}.AttributeType`, get: (self) => ecmaEnum('AttributeType', attrib(self).dataType) },
      IsPresent: { type: 'bool', get: (self) => attrib(self).values.items.length > 0 },
      IsMultivalued: { type: 'bool', get: (self) => attrib(self).isMultivalued },
      Values: { type: `${ecma}.ValueCollection`, get: (self) => attrib(self).values },
      Value: { type: 'string', get: (self) => textOf(attrib(self).single) },
      StringValue: { type: 'string', get: (self) => textOf(attrib(self).single) },
      ReferenceValue: {
        type: `${ecma}.ReferenceValue`,
        get: (self) => {
          const text = textOf(attrib(self).single);
          return text === null ? null : new ReferenceValue(text);
        },
      },
      BinaryValue: { type: 'byte[]', get: (self) => onlyBytes(attrib(self).single) },
      IntegerValue: {
        type: 'long',
        get: (self, context) => context.convert(attrib(self).single, netTypes.int64),
      },
      BooleanValue: { type: 'bool', get: (self) => attrib(self).single === true },
      LastContributionTime: unknown('LastContributionTime'),
      LastContributingMA: unknown('LastContributingMA'),
    },
    methods: { ...failing('void Delete()') },
    toText: (self) => textOf(attrib(self).single) ?? '',
  },
];

function textOf(value: Value): string | null {
  return value === null ? null : valueText(value);
}

function onlyBytes(value: Value): Value {
  return value instanceof NetArray && bytesFrom(value).length === value.items.length ? value : null;
}
