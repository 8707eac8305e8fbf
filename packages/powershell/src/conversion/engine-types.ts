import { typeOfText } from '../classes/type-scope.ts';
import { sessionOf } from '../runtime/session-of.ts';
import { Delegate } from '../values/delegate.ts';
import { PSReference } from '../values/ps-reference.ts';
import { ScriptBlock } from '../values/script-block.ts';
import { castError, noConversion, wrapped } from './cast-error.ts';
import type { Conversion } from './conversion.ts';
import { enumerable } from './enumerate.ts';
import { joinItems, toText } from './text.ts';

/** `[type]'int'`: what would stand between the brackets. */
export const textToType: Conversion = (value, _type, context) => {
  const text = typeof value === 'string' ? value : '';
  const type = typeOfText(text.trim(), sessionOf(context));
  if (type !== undefined) return type;
  throw castError(
    'InvalidCastFromStringToType',
    `Cannot convert the "${text}" value of type "System.String" to type "System.Type".`,
  );
};

/** `[ref]5` */
export const toReference: Conversion = (value) => PSReference.to(value);

export const scriptBlockToDelegate: Conversion = (value, type, context) => {
  if (value instanceof ScriptBlock) return new Delegate(type, value);
  throw noConversion(value, type, context);
};

/** `[xml]`: the value's text, the lines of an array joined, parsed. */
export const toXml: Conversion = (value, type, context) => {
  const { parse } = type.description;
  if (parse === undefined) throw noConversion(value, type, context);
  const lines = enumerable(value, context);
  const text = lines === undefined ? toText(value, context) : joinItems(lines, '\n', context);
  try {
    return parse(text, context);
  } catch (error) {
    throw wrapped('InvalidCastToXmlDocument', value, type, error, context);
  }
};
