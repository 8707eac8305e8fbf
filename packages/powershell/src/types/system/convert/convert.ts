import { baseOf, typeOf } from '../../../conversion/base.ts';
import { isConvertible, noConvertibleCast, notConvertible } from '../../../conversion/iconvertible.ts';
import { isNumericType } from '../../../conversion/numbers/change-number.ts';
import { toNetText } from '../../../conversion/text.ts';
import { netFailure } from '../../../errors/raise.ts';
import { EnumValue } from '../../../values/enum.ts';
import { int, text } from '../../../values/narrow.ts';
import type { Value } from '../../../values/value.ts';
import { enumOf } from '../../enumeration.ts';
import { netTypes } from '../../intrinsic.ts';
import { type CallContext, NetType, type Overload, type TypeDescription } from '../../net-type.ts';
import { dbNull, isDBNull } from '../db-null.ts';
import { providedText } from '../text/provided-text.ts';
import { typeCodeOf } from '../type.ts';
import { fromBase64, fromHex, hexMethods, toBase64 } from './base64.ts';
import { changeTypeFor } from './change-type.ts';
import { fromBase, toBase } from './radix.ts';

const targets: readonly (readonly [word: string, method: string, type: NetType])[] = [
  ['bool', 'ToBoolean', netTypes.boolean],
  ['char', 'ToChar', netTypes.char],
  ['sbyte', 'ToSByte', netTypes.sbyte],
  ['byte', 'ToByte', netTypes.byte],
  ['short', 'ToInt16', netTypes.int16],
  ['ushort', 'ToUInt16', netTypes.uint16],
  ['int', 'ToInt32', netTypes.int32],
  ['uint', 'ToUInt32', netTypes.uint32],
  ['long', 'ToInt64', netTypes.int64],
  ['ulong', 'ToUInt64', netTypes.uint64],
  ['float', 'ToSingle', netTypes.single],
  ['double', 'ToDouble', netTypes.double],
  ['decimal', 'ToDecimal', netTypes.decimal],
  ['datetime', 'ToDateTime', netTypes.dateTime],
];

/** Source types that every `Convert.To…` has an overload for. */
const sources = [
  'bool',
  'char',
  'sbyte',
  'byte',
  'short',
  'ushort',
  'int',
  'uint',
  'long',
  'ulong',
  'string',
  'float',
  'double',
  'decimal',
  'datetime',
];

function conversions(): Record<string, readonly Overload[]> {
  return Object.fromEntries(
    targets.map(([word, method, type]) => {
      const one = (source: string, provider: boolean): Overload => ({
        signature: `static ${word} ${method}(${source} value${provider ? ', System.IFormatProvider provider' : ''})`,
        invoke: (_self, [value, given], context) => {
          if (source === 'string' && value === '') throw emptyText(type);
          const base = baseOf(value);
          if (base !== null && base !== undefined && !isConvertible(typeOf(base)))
            throw noConvertibleCast(typeOf(base));
          return changeTypeFor(base, type, given ?? null, context);
        },
      });
      const radix: Overload = {
        signature: `static ${word} ${method}(string value, int fromBase)`,
        invoke: (_self, [value, base]) => fromBase(text(value), int(base), type),
      };
      const takesBase = isNumericType(type) && ![netTypes.double, netTypes.single, netTypes.decimal].includes(type);
      return [
        method,
        [
          one('System.Object', false),
          one('System.Object', true),
          ...sources.map((source) => one(source, false)),
          one('string', true),
          ...(takesBase ? [radix] : []),
        ],
      ];
    }),
  );
}

/** Empty text is no number; PowerShell's null text arrives as one, which counts as zero only where it is an object. */
function emptyText(type: NetType): Error {
  if (type === netTypes.boolean)
    return netFailure('System.FormatException', "String '' was not recognized as a valid Boolean.");
  return netFailure('System.FormatException', "The input string '' was not in a correct format.");
}

function texts(): readonly Overload[] {
  const plain = [
    'System.Object',
    'bool',
    'char',
    'sbyte',
    'byte',
    'short',
    'ushort',
    'int',
    'uint',
    'long',
    'ulong',
    'float',
    'double',
    'decimal',
    'datetime',
    'string',
  ];
  const bases: readonly (readonly [string, number])[] = [
    ['byte', 8],
    ['short', 16],
    ['int', 32],
    ['long', 64],
  ];
  return [
    ...plain.flatMap((word): Overload[] => [
      {
        signature: `static string ToString(${word} value)`,
        invoke: (_self, [value], context) => (value === null ? '' : toNetText(value, undefined, context)),
      },
      {
        signature: `static string ToString(${word} value, System.IFormatProvider provider)`,
        invoke: (_self, [value, provider], context) =>
          value === null ? '' : providedText(provider ?? null, context)(value, undefined),
      },
    ]),
    ...bases.map(
      ([word, bits]): Overload => ({
        signature: `static string ToString(${word} value, int toBase)`,
        invoke: (_self, [value, base]) => toBase(value, int(base), bits),
      }),
    ),
  ];
}

const typeOfCode = new Map<number, NetType>([
  ...targets.map(([, , type]) => [typeCodeOf(type), type] as const),
  [18, netTypes.string],
]);

function change(value: Value, type: NetType, provider: Value, context: CallContext): Value {
  const base = baseOf(value);
  if (base === null || base === undefined) {
    if (type.description.kind === 'class' || type.definition === netTypes.nullable) return null;
    throw netFailure('System.InvalidCastException', 'Null object cannot be converted to a value type.');
  }
  const target = type.definition === netTypes.nullable ? (type.typeArguments[0] ?? type) : type;
  if (typeOf(base) === target) return base;
  if (!isConvertible(typeOf(base))) throw notConvertible();
  if (target === netTypes.object) return base;
  return changeTypeFor(base, target, provider, context);
}

export const convertDescription: TypeDescription = {
  name: 'System.Convert',
  kind: 'class',
  isAbstract: true,
  staticProperties: { DBNull: { type: 'System.Object', get: () => dbNull } },
  staticMethods: {
    ...conversions(),
    ToString: texts(),
    IsDBNull: [{ signature: 'static bool IsDBNull(System.Object value)', invoke: (_self, [value]) => isDBNull(value) }],
    GetTypeCode: [
      {
        signature: 'static System.TypeCode GetTypeCode(System.Object value)',
        invoke: (_self, [value]) => {
          const base = baseOf(value);
          return enumOf('System.TypeCode', base === null || base === undefined ? 0 : typeCodeOf(typeOf(base)));
        },
      },
    ],
    ChangeType: [
      {
        signature: 'static System.Object ChangeType(System.Object value, System.TypeCode typeCode)',
        invoke: (_self, [value, code], context) =>
          change(
            value,
            typeOfCode.get(code instanceof EnumValue ? Number(code.value) : 1) ?? netTypes.object,
            null,
            context,
          ),
      },
      {
        signature:
          'static System.Object ChangeType(System.Object value, System.TypeCode typeCode, System.IFormatProvider provider)',
        invoke: (_self, [value, code, provider], context) =>
          change(
            value,
            typeOfCode.get(code instanceof EnumValue ? Number(code.value) : 1) ?? netTypes.object,
            provider,
            context,
          ),
      },
      {
        signature: 'static System.Object ChangeType(System.Object value, type conversionType)',
        invoke: (_self, [value, type], context) =>
          change(value, type instanceof NetType ? type : netTypes.object, null, context),
      },
      {
        signature:
          'static System.Object ChangeType(System.Object value, type conversionType, System.IFormatProvider provider)',
        invoke: (_self, [value, type, provider], context) =>
          change(value, type instanceof NetType ? type : netTypes.object, provider, context),
      },
    ],
    ToBase64String: [
      {
        signature: 'static string ToBase64String(byte[] inArray)',
        invoke: (_self, [bytes]) => toBase64(bytes, null),
      },
      {
        signature: 'static string ToBase64String(byte[] inArray, System.Base64FormattingOptions options)',
        invoke: (_self, [bytes, options]) => toBase64(bytes, options),
      },
      {
        signature: 'static string ToBase64String(byte[] inArray, int offset, int length)',
        invoke: (_self, [bytes, offset, length]) => toBase64(bytes, null, int(offset), int(length)),
      },
      {
        signature:
          'static string ToBase64String(byte[] inArray, int offset, int length, System.Base64FormattingOptions options)',
        invoke: (_self, [bytes, offset, length, options]) => toBase64(bytes, options, int(offset), int(length)),
      },
    ],
    FromBase64String: [
      { signature: 'static byte[] FromBase64String(string s)', invoke: (_self, [source]) => fromBase64(text(source)) },
    ],
    FromHexString: [
      { signature: 'static byte[] FromHexString(string s)', invoke: (_self, [source]) => fromHex(text(source)) },
    ],
    ToHexString: hexMethods('ToHexString', (one) => one.toUpperCase()),
    ToHexStringLower: hexMethods('ToHexStringLower', (one) => one),
  },
};
