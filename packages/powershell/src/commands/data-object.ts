import { namedType } from '../types/intrinsic.ts';
import type { NetType, Property, TypeDescription } from '../types/net-type.ts';
import { Instance } from '../values/instance.ts';
import type { Value } from '../values/value.ts';

/** An object that a cmdlet makes and that is nothing but its properties: `MeasureInfo`, `GroupInfo` and the like. */
export class DataObject extends Instance {
  readonly type: NetType;
  readonly values: Map<string, Value>;
  constructor(typeName: string, values: Readonly<Record<string, Value>>) {
    super();
    this.type = namedType(typeName);
    this.values = new Map(Object.entries(values));
  }
}

/** Describes the type of such objects: property names with their types, as signatures write them. */
export function describeData(
  name: string,
  properties: Readonly<Record<string, string>>,
  more: Omit<TypeDescription, 'name' | 'kind' | 'properties'> = {},
): TypeDescription {
  const described = Object.entries(properties).map(([property, type]): [string, Property] => [
    property,
    {
      type,
      get: (self) => (self instanceof DataObject ? (self.values.get(property) ?? null) : null),
      set: (self, value) => {
        if (self instanceof DataObject) self.values.set(property, value);
      },
    },
  ]);
  return { name, kind: 'class', properties: Object.fromEntries(described), ...more };
}
