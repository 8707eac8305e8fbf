import type { NetType } from '../types/net-type.ts';
import { Instance } from '../values/instance.ts';
import type { Value } from '../values/value.ts';

/** An object of a class that a script defines and whose bases are such classes, too. */
export class ClassInstance extends Instance {
  readonly type: NetType;
  /** Values of its properties, those of base classes first. */
  readonly fields: Value[];
  constructor(type: NetType, fields: Value[]) {
    super();
    this.type = type;
    this.fields = fields;
  }
}

/** Properties that a class adds to an object of a .NET type: the engine's own object stays what it is. */
const added = new WeakMap<Instance, Value[]>();

/** The property values of an object of a class. */
export function fieldsOf(self: Value): Value[] {
  if (self instanceof ClassInstance) return self.fields;
  const fields = self instanceof Instance ? added.get(self) : undefined;
  if (fields === undefined) throw new TypeError('not an object of a class');
  return fields;
}

/** Makes an object of a .NET type one of a class derived from it. */
export function derive(self: Instance, type: NetType, fields: Value[]): Instance {
  Object.defineProperty(self, 'type', { value: type });
  added.set(self, fields);
  return self;
}
