import { baseOf, typeOf } from '../../conversion/base.ts';
import { NetFailure, netFailure } from '../../errors/raise.ts';
import { Thrown } from '../../errors/thrown.ts';
import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';
import type { CallContext, NetType } from '../net-type.ts';
import { changeTypeFor } from '../system/convert/change-type.ts';
import { dbNull } from '../system/db-null.ts';
import { shortName } from '../type-display.ts';
import { infoOf } from '../type-info.ts';

/** What a column says of its values. */
interface ColumnType {
  readonly name: string;
  readonly dataType: NetType;
}

/**
 * The value that a cell keeps for what a script gives it: converted to the column's type, DBNull for nothing.
 * Throws `NetFailure` (ArgumentException) for what does not convert.
 */
export function storedValue(column: ColumnType, value: Value, context: CallContext): Value {
  const base = baseOf(value);
  if (base === dbNull) return dbNull;
  if (base === null || base === undefined) {
    if (column.dataType.kind !== 'struct') return dbNull;
    throw netFailure(
      'System.ArgumentException',
      `Cannot set Column '${column.name}' to be null. Please use DBNull instead.`,
    );
  }
  if (column.dataType === netTypes.object || infoOf(typeOf(base)).supertypes.has(column.dataType)) return base;
  try {
    return converted(base, column.dataType, context);
  } catch (error) {
    const inner =
      error instanceof NetFailure ? error.exception : error instanceof Thrown ? error.record.exception : undefined;
    if (inner === undefined) throw error;
    throw netFailure(
      'System.ArgumentException',
      `${inner.message}Couldn't store <${context.text(base)}> in ${column.name} Column.  Expected type is ${shortName(column.dataType)}.`,
      { inner },
    );
  }
}

function converted(value: Value, type: NetType, context: CallContext): Value {
  const { parse } = type.description;
  const readsItself = typeof value === 'string' && parse !== undefined && !isConvertible(type);
  if (readsItself) return parse(value, context);
  return changeTypeFor(value, type, null, context);
}

/** Whether `Convert.ChangeType` knows the type. */
function isConvertible(type: NetType): boolean {
  return infoOf(type).interfaces.some(({ name }) => name === 'System.IConvertible');
}
