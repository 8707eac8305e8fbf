import { isAssignable, isValueType } from '../types/assignable.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { fullName, netName } from '../types/type-display.ts';
import { infoOf, type Method, type PropertyMember } from '../types/type-info.ts';
import { Dictionary } from '../values/dictionary.ts';
import { PSCustomObject } from '../values/ps-object.ts';
import type { Value } from '../values/value.ts';
import { castError, exceptionOf, noConversion, wrapped } from './cast-error.ts';
import { construct } from './constructors.ts';
import type { ConversionContext } from './context.ts';
import type { Conversion } from './conversion.ts';
import { isConvertible } from './iconvertible.ts';
import { toNetText } from './text.ts';

/** A new object whose properties are set from a dictionary's entries or a custom object's properties. */
export function findPropertyConversion(from: NetType, to: NetType): Conversion | undefined {
  const isDictionary = isAssignable(from, netTypes.idictionary);
  if (!isDictionary && from !== netTypes.psCustomObject) return undefined;
  if (to.description.isAbstract === true || to.description.kind === 'interface') return undefined;
  const maker = infoOf(to).constructors.find(({ parameters }) => parameters.length === 0);
  const isStruct = isValueType(to) && to.kind !== 'enum' && (!isConvertible(to) || to === netTypes.dateTime);
  if (maker === undefined && !isStruct) return undefined;
  if (!isDictionary && properties(to).length === 0) return undefined;
  return (value, type, context) => create(maker, value, type, context);
}

function create(maker: Method | undefined, value: Value, type: NetType, context: ConversionContext): Value {
  try {
    const target = maker === undefined ? (type.description.zero?.(type) ?? null) : construct(maker, [], type, context);
    for (const [name, entry] of entriesOf(value, context)) setProperty(target, name, entry, value, type, context);
    return target;
  } catch (error) {
    throw exceptionOf(error) === undefined || isCreationError(error)
      ? error
      : wrapped('InvalidCastConstructorException', value, type, error, context);
  }
}

const creationErrors = new WeakSet<object>();

function isCreationError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && creationErrors.has(error);
}

function creationError(type: NetType, message: string): Error {
  const error = castError('ObjectCreationError', `Cannot create object of type "${netName(type)}". ${message}`);
  creationErrors.add(error);
  return error;
}

function entriesOf(value: Value, context: ConversionContext): [string, Value][] {
  if (value instanceof Dictionary) {
    return [...value.entries()].map(({ key, value: entry }) => [toNetText(key, undefined, context), entry]);
  }
  if (!(value instanceof PSCustomObject)) return [];
  const { layout } = value;
  if (layout !== undefined) return layout.names.map((name, index) => [name, value.fields[index] ?? null]);
  return [...value.members.values()].flatMap((member) => (member.kind === 'note' ? [[member.name, member.value]] : []));
}

function setProperty(
  target: Value,
  name: string,
  entry: Value,
  source: Value,
  type: NetType,
  context: ConversionContext,
): void {
  const member = infoOf(type).members.get(name.toLowerCase());
  if (member?.kind !== 'property') {
    if (source instanceof PSCustomObject) throw noConversion(source, type, context);
    throw creationError(type, missing(name, type));
  }
  const { set } = member.property;
  if (set === undefined) throw creationError(type, `"${member.name}" is a ReadOnly property.`);
  try {
    set(target, context.convert(entry, member.valueType), context, type);
  } catch (error) {
    const exception = exceptionOf(error);
    throw exception === undefined ? error : creationError(type, exception.message);
  }
}

function missing(name: string, type: NetType): string {
  const settable = properties(type).filter(({ property }) => property.set !== undefined);
  const start = `The property '${name}' was not found for the '${fullName(type)}' object.`;
  if (settable.length === 0) return `${start} There is no settable property available.`;
  const list = settable.map((one) => `[${one.name} <${fullName(one.valueType)}>]`).join(', ');
  return `${start} The settable properties are: ${list}.`;
}

function properties(type: NetType): PropertyMember[] {
  return [...infoOf(type).members.values()].filter((one) => one.kind === 'property');
}
