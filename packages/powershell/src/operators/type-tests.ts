import { baseOf } from '../conversion/base.ts';
import { isCastError } from '../conversion/cast-error.ts';
import { tryConvert } from '../conversion/convert.ts';
import { runtimeError } from '../errors/raise.ts';
import { isInstance } from '../types/assignable.ts';
import { netTypes } from '../types/intrinsic.ts';
import { NetType, notConvertible } from '../types/net-type.ts';
import { PSCustomObject, PSObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';
import { operatorError } from './failures.ts';
import { operandType } from './operand.ts';

/** `-is`: whether the value is of a type, given as one or by name. */
export function isOfType(left: Value, right: Value, context: OperatorContext): boolean {
  const type = typeOperand(right, context);
  if (type === netTypes.psObject || type === netTypes.psCustomObject) {
    return left instanceof PSCustomObject || (left instanceof PSObject && type === netTypes.psObject);
  }
  // Of array types only the type itself counts: text in `[string[]]` is no `[object[]]`.
  if (type.element !== undefined) return operandType(left) === type;
  return isInstance(left, type);
}

function typeOperand(right: Value, context: OperatorContext): NetType {
  const given = baseOf(right);
  if (given instanceof NetType) return given;
  if (given === null) throw operatorError('IsOperatorRequiresType', "The right operand of '-is' must be a type.");
  const type = convertOperand(given, netTypes.type, context);
  if (type instanceof NetType) return type;
  throw operatorError('IsOperatorRequiresType', "The right operand of '-is' must be a type.");
}

/** Converts an operand; what fails is told without the id of the conversion. */
export function convertOperand(value: Value, type: NetType, context: OperatorContext): Value {
  try {
    return context.convert(value, type);
  } catch (error) {
    if (!isCastError(error)) throw error;
    const { inner, message } = error.record.exception;
    throw runtimeError('RuntimeException', message, inner === undefined ? {} : { inner });
  }
}

/** `-as`: the converted value, null where it does not convert. */
export function convertAs(left: Value, right: Value, context: OperatorContext): Value {
  const given = baseOf(right);
  if (given === null) throw operatorError('AsOperatorRequiresType', "The right operand of '-as' must be a type.");
  const type = given instanceof NetType ? given : context.convert(given, netTypes.type);
  if (!(type instanceof NetType)) return null;
  const converted = tryConvert(left, type, context);
  return converted === notConvertible ? null : converted;
}
