import { baseOf } from '../conversion/base.ts';
import { enumerable } from '../conversion/enumerate.ts';
import { scanNumber } from '../conversion/numbers/text-to-number.ts';
import { toText } from '../conversion/text.ts';
import { netFailure } from '../errors/raise.ts';
import { addDictionaries, Hashtable } from '../types/collections/hashtable.ts';
import { OrderedDictionary } from '../types/collections/ordered-dictionary.ts';
import { netTypes } from '../types/intrinsic.ts';
import { NetArray, objectArray } from '../values/array.ts';
import { Dictionary } from '../values/dictionary.ts';
import { Char, Double, SmallInteger } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import type { OperatorContext } from './context.ts';
import { escaping, letEscape, operatorError } from './failures.ts';
import { implicitOperation } from './implicit.ts';
import { computeDouble, computeInt, computeNumbers } from './numeric.ts';
import { operandType, primitiveOperand } from './operand.ts';
import { codeOf, isNumericCode, isPrimitiveCode } from './type-code.ts';

/** `left + right`: numbers, text with anything, arrays with items, hashtables with one another, what types define. */
export function add(left: Value, right: Value, context: OperatorContext): Value {
  if (typeof left === 'number' && typeof right === 'number') return computeInt('+', left, right);
  if (typeof left === 'string') {
    return concatenate(left, typeof right === 'string' ? right : toText(right, context), context);
  }
  if (left instanceof Double && right instanceof Double) return new Double(left.value + right.value);
  const l = baseOf(left);
  if (l === null) return right ?? null;
  if (typeof l === 'string') return concatenate(l, toText(right, context), context);
  if (l instanceof Char) return concatenate(l.text, toText(right, context), context);
  if (isPrimitiveCode(codeOf(l))) {
    const sum = withPrimitive('+', l, baseOf(right), context);
    if (sum !== undefined) return sum;
  }
  const items = enumerable(l, context);
  if (items !== undefined) return appended(items, right, context);
  if (l instanceof Dictionary) {
    const r = baseOf(right);
    if (r instanceof Dictionary) return letEscape(() => addDictionaries(emptyLike(l), l, r, context));
    throw operatorError('AddHashTableToNonHashTable', 'A hash table can only be added to another hash table.');
  }
  return implicitOperation('+', l, right, context);
}

function concatenate(left: string, right: string, context: OperatorContext): string {
  const length = left.length + right.length;
  if (length > 100_000) context.budget.reserve(2 * length);
  return left + right;
}

function emptyLike(left: Dictionary): Dictionary {
  return left instanceof OrderedDictionary ? new OrderedDictionary() : new Hashtable();
}

/** Arithmetic of a primitive left side; `undefined` where the right side is neither a primitive value nor text. */
function withPrimitive(sign: '+' | '-' | '*' | '/' | '%', left: Value, right: Value, context: OperatorContext): Value {
  const operand = primitiveOperand(right, left, context);
  if (operand !== undefined) return computeNumbers(sign, left, operand);
  if (typeof right !== 'string') return undefined;
  const number = scanNumber(right, operandType(left), context);
  return operations[sign](left, number, context);
}

function appended(items: Iterable<Value>, right: Value, context: OperatorContext): NetArray {
  const more = enumerable(right, context);
  const count = (Array.isArray(items) ? items.length : 16) + (Array.isArray(more) ? more.length : 1);
  if (count > 10_000) context.budget.reserve(8 * count);
  if (Array.isArray(items) && more === undefined) {
    const result: Value[] = items.slice();
    result.push(right ?? null);
    return objectArray(result);
  }
  const result = [...items];
  if (more === undefined) result.push(right ?? null);
  else for (const item of more) result.push(item);
  return objectArray(result);
}

/** `left * right`: numbers, text and arrays repeated, what types define. */
export function multiply(left: Value, right: Value, context: OperatorContext): Value {
  if (typeof left === 'number' && typeof right === 'number') return computeInt('*', left, right);
  const l = baseOf(left);
  if (l === null) return null;
  const r = baseOf(right);
  if (isNumericCode(codeOf(l))) {
    const product = withPrimitive('*', l, r, context);
    if (product !== undefined) return product;
  }
  if (typeof l === 'string') return repeatText(l, timesOf(r, false, context), context);
  const items = enumerable(l, context);
  if (items === undefined) return implicitOperation('*', l, r, context);
  const repeated = repeatItems([...items], timesOf(r, true, context), context);
  return l instanceof NetArray ? new NetArray(l.element, repeated) : objectArray(repeated);
}

function timesOf(right: Value, isUnsigned: boolean, context: OperatorContext): number {
  const number = typeof right === 'string' ? scanNumber(right, netTypes.int32, context) : right;
  const times = context.convert(number, isUnsigned ? netTypes.uint32 : netTypes.int32);
  if (times instanceof SmallInteger) return times.value;
  return typeof times === 'number' ? times : 0;
}

function repeatText(text: string, times: number, context: OperatorContext): string {
  if (times < 0) {
    throw escaping(
      netFailure(
        'System.ArgumentOutOfRangeException',
        `times ('${times}') must be a non-negative value. (Parameter 'times')\nActual value was ${times}.`,
      ),
    );
  }
  context.budget.reserve(2 * text.length * times);
  return text.repeat(times);
}

function repeatItems(items: readonly Value[], times: number, context: OperatorContext): Value[] {
  context.budget.reserve(8 * items.length * times);
  const result: Value[] = [];
  for (let turn = 0; turn < times && items.length > 0; turn++) for (const item of items) result.push(item);
  return result;
}

export function subtract(left: Value, right: Value, context: OperatorContext): Value {
  if (typeof left === 'number' && typeof right === 'number') return computeInt('-', left, right);
  return subtractLike('-', left, right, context);
}

export function divide(left: Value, right: Value, context: OperatorContext): Value {
  if (typeof left === 'number' && typeof right === 'number') return computeInt('/', left, right);
  return subtractLike('/', left, right, context);
}

export function remainder(left: Value, right: Value, context: OperatorContext): Value {
  if (typeof left === 'number' && typeof right === 'number') return computeInt('%', left, right);
  return subtractLike('%', left, right, context);
}

const operations = { '+': add, '-': subtract, '*': multiply, '/': divide, '%': remainder } as const;

/** `-`, `/` and `%`: numbers and text that is one; null counts as 0. */
function subtractLike(sign: '-' | '/' | '%', left: Value, right: Value, context: OperatorContext): Value {
  if (left instanceof Double && right instanceof Double) return computeDouble(sign, left.value, right.value);
  const l = baseOf(left) ?? 0;
  const r = baseOf(right);
  if (isPrimitiveCode(codeOf(l))) {
    const result = withPrimitive(sign, l, r, context);
    if (result !== undefined) return result;
  }
  if (typeof l !== 'string') return implicitOperation(sign, l, r, context);
  const number = scanNumber(l, operandType(r), context);
  const other = typeof r === 'string' ? scanNumber(r, netTypes.int32, context) : r;
  return operations[sign](number, other, context);
}

/** The value behind `++` and `--`: numbers and null only. */
export function step(operand: Value, by: 1 | -1, context: OperatorContext): Value {
  if (typeof operand === 'number') return computeInt('+', operand, by);
  const value = baseOf(operand);
  if (value === null) return by;
  if (isNumericCode(codeOf(value))) return add(value, by, context);
  throw operatorError(
    'OperatorRequiresNumber',
    `The '${by === 1 ? '++' : '--'}' operator works only on numbers. The operand is a '${operandName(value)}'.`,
  );
}

function operandName(value: Value): string {
  return operandType(value).name;
}
