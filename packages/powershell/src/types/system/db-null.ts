import { Instance } from '../../values/instance.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';

class DBNullValue extends Instance {
  get type(): NetType {
    return namedType('System.DBNull');
  }
}

/** `[DBNull]::Value` */
export const dbNull = new DBNullValue();

export function isDBNull(value: Value): boolean {
  return value === dbNull;
}

export const dbNullDescription: TypeDescription = {
  name: 'System.DBNull',
  kind: 'class',
  interfaces: ['System.IConvertible'],
  staticProperties: { Value: { type: 'System.DBNull', get: () => dbNull } },
  toText: () => '',
};
