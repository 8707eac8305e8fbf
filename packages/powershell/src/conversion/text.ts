import { Collector } from '../runtime/output.ts';
import { extendedMember } from '../types/extended-members.ts';
import { currentCulture, currentNumbers, inInvariantCulture } from '../types/globalization/current-culture.ts';
import { type CallContext, NetType } from '../types/net-type.ts';
import { languageName, netName } from '../types/type-display.ts';
import { infoOf } from '../types/type-info.ts';
import { deserializedOf } from '../types/xml/clixml/deserialized.ts';
import { NetArray } from '../values/array.ts';
import { decimalText } from '../values/decimal.ts';
import { EnumValue } from '../values/enum.ts';
import type { Instance } from '../values/instance.ts';
import { Char, Decimal, Double, Single } from '../values/numbers.ts';
import { type ExtendedMember, PSCustomObject, PSObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import type { ConversionContext } from './context.ts';
import { enumText } from './enum-text.ts';
import { enumerable } from './enumerate.ts';
import { inherited } from './inherited.ts';
import { isNumber, languageDoubleText, numberText } from './numbers/number-text.ts';

/** The text PowerShell gives a value: in strings, `[string]`, `-join`, parameters of type string. Doubles have 15 digits, arrays are joined by `$OFS`. */
export function toText(value: Value, context: ConversionContext): string {
  const simple = simpleText(value);
  if (simple !== undefined) return simple;
  if (typeof value !== 'object' || value === null) return '';
  if (value instanceof NetArray) return joinItems(value.items, context.ofs, context);
  const own = ownText(value, context);
  if (own !== undefined) return own;
  if (value instanceof PSObject) return toText(value.base, context);
  if (value instanceof PSCustomObject) return deserializedOf(value)?.text ?? customObjectText(value, context);
  if (value instanceof NetType) return languageName(value);
  const items = enumerable(value, context);
  return items === undefined ? invariantText(value, context) : joinItems(items, context.ofs, context);
}

/** What `.ToString()`, or `.ToString(format)`, of .NET gives in the current culture: doubles round-trip, arrays say their type. */
export function toNetText(value: Value, format: string | undefined, context: CallContext): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isNumber(value)) return numberText(value, format, currentNumbers());
  if (typeof value !== 'object') return '';
  if (value instanceof PSObject) {
    return format === undefined && value.written !== undefined ? value.written : toNetText(value.base, format, context);
  }
  if (value instanceof PSCustomObject) return context.text(value);
  return netText(value, format, context);
}

/** As `toNetText`, in the invariant culture whatever is current: for formats of data. */
export function toInvariantText(value: Value, format: string | undefined, context: CallContext): string {
  return inInvariantCulture(() => toNetText(value, format, context));
}

/**
 * The items' texts with a separator between them: arrays in text, and `-join`, which writes its items in the current
 * culture. Items that are arrays say their type.
 */
export function joinItems(
  items: Iterable<Value>,
  separator: string,
  context: ConversionContext,
  textOf: (item: Value, context: ConversionContext) => string = itemText,
): string {
  const texts: string[] = [];
  let length = 0;
  for (const item of items) {
    const text = textOf(item, context);
    length += text.length + separator.length;
    if (length > 1_000_000) context.budget.reserve(2 * length);
    texts.push(text);
  }
  return texts.join(separator);
}

function simpleText(value: Value): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return String(value);
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return value.toString();
    case 'undefined':
      return '';
    default:
      if (value === null) return '';
      if (value instanceof Double) return languageDoubleText(value.value, 15);
      if (value instanceof Char) return value.text;
      if (value instanceof Decimal) return decimalText(value);
      if (value instanceof Single) return languageDoubleText(value.value, 7);
      return undefined;
  }
}

/** The text of one item of an array: nothing is taken apart a second time. */
function itemText(item: Value, context: ConversionContext): string {
  const simple = simpleText(item);
  if (simple !== undefined) return simple;
  if (typeof item !== 'object' || item === null) return '';
  const own = ownText(item, context);
  if (own !== undefined) return own;
  if (item instanceof PSObject) return item.written ?? itemText(item.base, context);
  return item instanceof PSCustomObject ? (deserializedOf(item)?.text ?? '') : invariantText(item, context);
}

/** The text of one item that `-join` joins. */
export function currentItemText(item: Value, context: ConversionContext): string {
  if (currentCulture() === undefined || typeof item === 'string') return itemText(item, context);
  if (item instanceof Double) return languageDoubleText(item.value, 15, currentNumbers());
  if (item instanceof Single) return languageDoubleText(item.value, 7, currentNumbers());
  if (isNumber(item)) return numberText(item, undefined, currentNumbers());
  if (typeof item !== 'object' || item === null) return itemText(item, context);
  if (item instanceof PSCustomObject) return itemText(item, context);
  const own = ownText(item, context);
  if (own !== undefined) return own;
  if (item instanceof PSObject) return item.written ?? currentItemText(item.base, context);
  return netText(item, undefined, context);
}

/** `@{a=1; b=x}` */
function customObjectText(value: PSCustomObject, context: ConversionContext): string {
  const parts: string[] = [];
  for (const member of value.members.values()) {
    const text = memberText(member, value, context);
    if (text !== undefined) parts.push(`${member.name}=${text}`);
  }
  return parts.length === 0 ? '' : `@{${parts.join('; ')}}`;
}

function memberText(member: ExtendedMember, owner: PSCustomObject, context: ConversionContext): string | undefined {
  switch (member.kind) {
    case 'note':
      return member.value instanceof NetType ? languageName(member.value) : itemText(member.value, context);
    case 'scriptProperty':
      // Not run for a text.
      return 'System.Management.Automation.PSScriptProperty';
    case 'alias': {
      const target = owner.members.get(member.target.toLowerCase());
      return target === undefined || target === member ? '' : memberText(target, owner, context);
    }
    default:
      return undefined;
  }
}

/** What a `ToString` that script code put on the object answers. */
function ownText(value: Instance, context: ConversionContext): string | undefined {
  const member = extendedMember(value, 'tostring');
  if (member?.kind !== 'scriptMethod') return undefined;
  const out = new Collector();
  context.run(member.block, { newScope: true, thisObject: value, out });
  return out.items.length === 0 ? '' : toText(out.items.length === 1 ? out.items[0] : null, context);
}

function invariantText(value: Instance, context: CallContext): string {
  return currentCulture() === undefined
    ? netText(value, undefined, context)
    : inInvariantCulture(() => netText(value, undefined, context));
}

function netText(value: Instance, format: string | undefined, context: CallContext): string {
  if (value instanceof EnumValue) return enumText(value, format);
  if (value instanceof Char) return value.text;
  if (isNumber(value)) return numberText(value, format, currentNumbers());
  if (value instanceof NetType) return netName(value);
  const described = inherited(value.type, 'toText');
  if (described !== undefined) return described(value, format, context);
  const method = infoOf(value.type).members.get('tostring');
  if (method?.kind === 'method' && method.declaring.name !== 'System.Object') {
    const plain = method.methods.find((one) => one.parameters.length === 0);
    if (plain !== undefined) {
      const text = plain.overload.invoke(value, [], context, plain.declaring, []);
      return typeof text === 'string' ? text : '';
    }
  }
  return netName(value.type);
}
