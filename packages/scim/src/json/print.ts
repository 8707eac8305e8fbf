import { isList, isObject, type ScimValue } from '../value.ts';

/** JSON text of a value; bigints become JSON numbers with all their digits, which `JSON.stringify` refuses. */
export function printJson(value: ScimValue): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // Of what a value may hold, a bigint is the one thing that it refuses; most resources have none, and native code is ten times faster.
    if (error instanceof TypeError) return printWithIntegers(value);
    throw error;
  }
}

function printWithIntegers(value: ScimValue): string {
  if (typeof value === 'bigint') return String(value);
  if (isList(value)) return `[${value.map(printWithIntegers).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) => `${JSON.stringify(name)}:${printWithIntegers(each)}`);
  return `{${members.join(',')}}`;
}
