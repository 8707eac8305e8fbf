import type { ParseTypes } from '../syntax/checks/context.ts';
import { isAssignable } from '../types/assignable.ts';
import { NetType } from '../types/net-type.ts';
import type { TypeTable } from '../types/table.ts';

/** What the parser asks of a session's types. */
export function parseTypes(table: TypeTable): ParseTypes {
  return {
    tryResolve: (name, usings) => table.tryResolve(name, usings),
    isSubclass: (type, base) =>
      type !== base && type instanceof NetType && base instanceof NetType && isAssignable(type, base),
  };
}
