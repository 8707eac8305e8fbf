import { isList, isObject, type ScimValue } from '../value.ts';

/** JSON text of a value; bigints become JSON numbers with all their digits, which `JSON.stringify` refuses. */
export function printJson(value: ScimValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(printJson).join(',')}]`;
  if (isObject(value)) {
    let text = '';
    for (const name of Object.keys(value)) {
      const each = value[name];
      if (each === undefined) continue;
      text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${printJson(each)}`;
    }
    return `{${text}}`;
  }
  return String(value);
}
