import {
  as,
  type CallContext,
  Instance,
  type NetType,
  type Overload,
  type Property,
  type TypeDescription,
  type Value,
} from '@joinery/powershell/registration';
import { ecma } from './namespace.ts';

/** An object that is nothing but its properties: run steps, results, partitions. */
export class RecordObject extends Instance {
  readonly type: NetType;
  readonly values: Map<string, Value>;
  constructor(type: NetType, values: Iterable<readonly [string, Value]>) {
    super();
    this.type = type;
    this.values = new Map(values);
  }

  get(name: string): Value {
    return this.values.get(name) ?? null;
  }
}

/** One property of a record; `initial` is its value where no constructor gave one. */
export interface RecordProperty {
  readonly type: string;
  readonly isSettable?: boolean;
  readonly initial?: (context: CallContext) => Value;
}

/**
 * What a record is made of.
 * @property properties its own, by name in the order of declaration
 * @property inherited those of its base types: for its constructors
 * @property constructors names of properties in the order of the parameters
 */
export interface RecordShape {
  readonly base?: string;
  readonly isAbstract?: boolean;
  readonly properties: Readonly<Record<string, RecordProperty>>;
  readonly inherited?: Readonly<Record<string, RecordProperty>>;
  readonly constructors: readonly (readonly string[])[];
}

const record = (value: Value): RecordObject => as(value, RecordObject);

/** Describes a type whose objects are records. */
export function recordType(name: string, shape: RecordShape): TypeDescription {
  const { base, isAbstract, properties, inherited = {}, constructors } = shape;
  const all = { ...inherited, ...properties };
  return {
    name: `${ecma}.${name}`,
    kind: 'class',
    ...(base === undefined ? {} : { base: `${ecma}.${base}` }),
    ...(isAbstract === true ? { isAbstract } : {}),
    constructors: constructors.map((names) => constructorOf(names, all)),
    properties: Object.fromEntries(
      Object.entries(properties).map(([property, { type, isSettable = false }]) => [
        property,
        propertyOf(property, type, isSettable),
      ]),
    ),
  };
}

/** A record of a type with some of its values; the others are as the parameterless constructor leaves them. */
export function makeRecord(
  type: NetType,
  properties: Readonly<Record<string, RecordProperty>>,
  values: Readonly<Record<string, Value>>,
  context: CallContext,
): RecordObject {
  return new RecordObject(
    type,
    Object.entries(properties).map(([name, { initial }]) => [name, values[name] ?? initial?.(context) ?? null]),
  );
}

function constructorOf(names: readonly string[], properties: Readonly<Record<string, RecordProperty>>): Overload {
  const parameters = names.map((name) => `${properties[name]?.type ?? 'object'} ${parameterName(name)}`);
  return {
    signature: `new(${parameters.join(', ')})`,
    invoke: (_self, args, context, type) =>
      makeRecord(type, properties, Object.fromEntries(names.map((name, at) => [name, args[at] ?? null])), context),
  };
}

function propertyOf(name: string, type: string, isSettable: boolean): Property {
  return {
    type,
    get: (self) => record(self).get(name),
    ...(isSettable
      ? {
          set: (self, value) => {
            record(self).values.set(name, value ?? null);
          },
        }
      : {}),
  };
}

function parameterName(name: string): string {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+/, (head) => head.toLowerCase());
}
