import { enumText, underlyingType } from '../../conversion/enum-text.ts';
import { integerValue } from '../../conversion/numbers/change-number.ts';
import { integerOf } from '../../conversion/numbers/read-number.ts';
import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { EnumValue, enumByLabel, enumLabel } from '../../values/enum.ts';
import { as, bool, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { netTypes } from '../intrinsic.ts';
import { NetType, type Overload, type TypeDescription } from '../net-type.ts';

const self = (value: Value): EnumValue => as(value, EnumValue);

function wholeOf(value: EnumValue): bigint {
  return BigInt(value.value);
}

function enumType(value: Value): NetType {
  const type = as(value, NetType);
  if (type.kind === 'enum') return type;
  throw netFailure('System.ArgumentException', 'Type provided must be an Enum.', { parameter: 'enumType' });
}

function numberOf(type: NetType, value: bigint): EnumValue {
  const underlying = underlyingType(type);
  const isWide = underlying === netTypes.int64 || underlying === netTypes.uint64;
  return new EnumValue(type, isWide ? value : Number(value));
}

/** Labels by number in the unsigned order that .NET lists them in. */
function sortedLabels(type: NetType): readonly (readonly [string, bigint])[] {
  const entries = Object.entries(type.description.labels ?? {}).map(
    ([label, number]) => [label, BigInt.asUintN(64, BigInt(number)), BigInt(number)] as const,
  );
  entries.sort((a, b) => (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0));
  return entries.map(([label, , number]) => [label, number] as const);
}

/** `Enum.Parse`: labels with commas between them, or a number; `undefined` for what is neither. */
export function readEnum(type: NetType, source: string, ignoreCase: boolean): EnumValue | undefined {
  const trimmed = source.trim();
  if (/^[+-]?\d+$/.test(trimmed)) return numberOf(type, BigInt(trimmed.replace(/^\+/, '')));
  let bits = 0n;
  for (const part of trimmed.split(',')) {
    const label = part.trim();
    const found = ignoreCase
      ? enumByLabel(type, label)
      : Object.hasOwn(type.description.labels ?? {}, label)
        ? enumByLabel(type, label)
        : undefined;
    if (found === undefined) return undefined;
    bits |= BigInt(found.value);
  }
  return trimmed === '' ? undefined : numberOf(type, bits);
}

function parse(type: NetType, source: string, ignoreCase: boolean): EnumValue {
  const value = readEnum(type, source, ignoreCase);
  if (value !== undefined) return value;
  throw source.trim() === ''
    ? netFailure('System.ArgumentException', 'Must specify valid information for parsing in the string.', {
        parameter: 'value',
      })
    : netFailure('System.ArgumentException', `Requested value '${source}' was not found.`);
}

function isDefined(type: NetType, value: Value): boolean {
  const labels = type.description.labels ?? {};
  if (typeof value === 'string') return Object.hasOwn(labels, value);
  const number = value instanceof EnumValue ? BigInt(value.value) : integerValue(value);
  return Object.values(labels).some((one) => BigInt(one) === number);
}

function toObject(type: NetType, value: Value): EnumValue {
  const number = value instanceof EnumValue ? BigInt(value.value) : integerValue(value);
  if (number !== undefined) return numberOf(type, number);
  throw netFailure(
    'System.ArgumentException',
    'The value passed in must be an enum base or an underlying type for an enum, such as an Int32.',
    { parameter: 'value' },
  );
}

function nameOf(type: NetType, value: Value): Value {
  const number = value instanceof EnumValue ? BigInt(value.value) : integerValue(value);
  return sortedLabels(type).find(([, one]) => one === number)?.[0] ?? null;
}

function values(type: NetType): NetArray {
  return new NetArray(
    type,
    sortedLabels(type).map(([, number]) => numberOf(type, number)),
  );
}

function names(type: NetType): NetArray {
  return new NetArray(
    netTypes.string,
    sortedLabels(type).map(([label]) => label),
  );
}

function tryParse(type: NetType, source: Value, ignoreCase: boolean, result: Value, none: Value): boolean {
  const value = readEnum(type, text(source), ignoreCase);
  setReference(result, value ?? none);
  return value !== undefined;
}

function only(types: readonly NetType[]): NetType {
  const [type] = types;
  if (type === undefined) throw new Error('a type argument was expected');
  return type;
}

const zero = (type: NetType): EnumValue => numberOf(type, 0n);

function formatted(value: EnumValue, format: Value): string {
  return enumText(value, typeof format === 'string' && format !== '' ? format : 'G');
}

const staticMethods: Readonly<Record<string, readonly Overload[]>> = {
  GetName: [
    {
      signature: 'static string GetName[TEnum](TEnum value)',
      invoke: (_self, [value]) => nameOf(self(value).type, value),
    },
    {
      signature: 'static string GetName(type enumType, System.Object value)',
      invoke: (_self, [type, value]) => nameOf(enumType(type), value),
    },
  ],
  GetNames: [
    {
      signature: 'static string[] GetNames[TEnum]()',
      invoke: (_self, _none, _context, _type, types) => names(only(types)),
    },
    { signature: 'static string[] GetNames(type enumType)', invoke: (_self, [type]) => names(enumType(type)) },
  ],
  GetValues: [
    {
      signature: 'static TEnum[] GetValues[TEnum]()',
      invoke: (_self, _none, _context, _type, types) => values(only(types)),
    },
    { signature: 'static array GetValues(type enumType)', invoke: (_self, [type]) => values(enumType(type)) },
  ],
  GetUnderlyingType: [
    {
      signature: 'static type GetUnderlyingType(type enumType)',
      invoke: (_self, [type]) => underlyingType(enumType(type)),
    },
  ],
  IsDefined: [
    {
      signature: 'static bool IsDefined[TEnum](TEnum value)',
      invoke: (_self, [value]) => isDefined(self(value).type, value),
    },
    {
      signature: 'static bool IsDefined(type enumType, System.Object value)',
      invoke: (_self, [type, value]) => isDefined(enumType(type), value),
    },
  ],
  Parse: [
    {
      signature: 'static System.Object Parse(type enumType, string value)',
      invoke: (_self, [type, source]) => parse(enumType(type), text(source), false),
    },
    {
      signature: 'static System.Object Parse(type enumType, string value, bool ignoreCase)',
      invoke: (_self, [type, source, ignoring]) => parse(enumType(type), text(source), bool(ignoring)),
    },
    {
      signature: 'static TEnum Parse[TEnum](string value)',
      invoke: (_self, [source], _context, _type, types) => parse(only(types), text(source), false),
    },
    {
      signature: 'static TEnum Parse[TEnum](string value, bool ignoreCase)',
      invoke: (_self, [source, ignoring], _context, _type, types) => parse(only(types), text(source), bool(ignoring)),
    },
  ],
  TryParse: [
    {
      signature: 'static bool TryParse(type enumType, string value, [ref] System.Object result)',
      invoke: (_self, [type, source, result]) => tryParse(enumType(type), source, false, result, null),
    },
    {
      signature: 'static bool TryParse(type enumType, string value, bool ignoreCase, [ref] System.Object result)',
      invoke: (_self, [type, source, ignoring, result]) =>
        tryParse(enumType(type), source, bool(ignoring), result, null),
    },
    {
      signature: 'static bool TryParse[TEnum](string value, [ref] TEnum result)',
      invoke: (_self, [source, result], _context, _type, types) =>
        tryParse(only(types), source, false, result, zero(only(types))),
    },
    {
      signature: 'static bool TryParse[TEnum](string value, bool ignoreCase, [ref] TEnum result)',
      invoke: (_self, [source, ignoring, result], _context, _type, types) =>
        tryParse(only(types), source, bool(ignoring), result, zero(only(types))),
    },
  ],
  Format: [
    {
      signature: 'static string Format(type enumType, System.Object value, string format)',
      invoke: (_self, [type, value, format]) => formatted(toObject(enumType(type), value), format),
    },
  ],
  ToObject: [
    {
      signature: 'static System.Object ToObject(type enumType, System.Object value)',
      invoke: (_self, [type, value]) => toObject(enumType(type), value),
    },
  ],
};

function hasFlag(value: EnumValue, flag: EnumValue): boolean {
  if (value.type !== flag.type) {
    throw netFailure(
      'System.ArgumentException',
      `The argument type, '${flag.type.name}', is not the same as the enum type '${value.type.name}'.`,
    );
  }
  return (wholeOf(value) & wholeOf(flag)) === wholeOf(flag);
}

function compare(value: EnumValue, other: Value): number {
  if (other === null || other === undefined) return 1;
  if (other instanceof EnumValue && other.type === value.type) {
    const [a, b] = [wholeOf(value), wholeOf(other)];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  throw netFailure(
    'System.ArgumentException',
    `Object must be the same type as the enum. The type passed in was '${typeName(other)}'; the enum type was '${value.type.name}'.`,
  );
}

function typeName(value: Value): string {
  return typeof value === 'object' && value !== null
    ? value.type.name
    : typeof value === 'string'
      ? 'System.String'
      : 'System.Int32';
}

/** The base of every enum: what its values can do. */
export const enumDescription: TypeDescription = {
  name: 'System.Enum',
  kind: 'class',
  base: 'System.ValueType',
  isAbstract: true,
  interfaces: ['System.IComparable', 'System.IFormattable', 'System.IConvertible'],
  zero,
  toText: (value, format) => formatted(self(value), format ?? null),
  hashKey: (value) => self(value).value,
  compare: (value, other) => compare(self(value), other),
  properties: {
    value__: {
      type: 'System.Object',
      get: (value) => numberValue(self(value)),
    },
  },
  methods: {
    HasFlag: [
      { signature: 'bool HasFlag(System.Enum flag)', invoke: (value, [flag]) => hasFlag(self(value), self(flag)) },
    ],
    CompareTo: [
      { signature: 'int CompareTo(System.Object target)', invoke: (value, [other]) => compare(self(value), other) },
    ],
    Equals: [
      {
        signature: 'bool Equals(System.Object obj)',
        invoke: (value, [other]) =>
          other instanceof EnumValue && other.type === self(value).type && other.value === self(value).value,
      },
    ],
    ToString: [
      { signature: 'string ToString()', invoke: (value) => enumLabel(self(value)) },
      { signature: 'string ToString(string format)', invoke: (value, [format]) => formatted(self(value), format) },
      {
        signature: 'string ToString(System.IFormatProvider provider)',
        invoke: (value) => enumLabel(self(value)),
      },
      {
        signature: 'string ToString(string format, System.IFormatProvider provider)',
        invoke: (value, [format]) => formatted(self(value), format),
      },
    ],
  },
  staticMethods,
};

function numberValue(value: EnumValue): Value {
  return integerOf(wholeOf(value), underlyingType(value.type));
}
