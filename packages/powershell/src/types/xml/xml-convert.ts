import { netFailure } from '../../errors/raise.ts';
import { EnumValue } from '../../values/enum.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumeration } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, Overload, TypeDescription } from '../net-type.ts';
import { DateTime } from '../time/date-time.ts';
import { decodeName, encodeName, isNcName } from './xml-names.ts';
import { dateText, readDuration, readXmlDate, xmlText } from './xml-text.ts';

function naming(name: string, run: (given: string) => string): readonly Overload[] {
  return [
    {
      signature: `static string ${name}(string name)`,
      invoke: (_self, [given]) => (given === null ? null : run(text(given))),
    },
  ];
}

function reading(type: string): readonly Overload[] {
  const target = namedType(`System.${type}`);
  return [
    {
      signature: `static System.${type} To${type}(string s)`,
      invoke: (_self, [given], context) => readNumber(text(given).trim(), type, context, target.name),
    },
  ];
}

const specials: Readonly<Record<string, string>> = { INF: 'Infinity', '-INF': '-Infinity' };

function readNumber(given: string, type: string, context: CallContext, name: string): Value {
  const isReal = type === 'Double' || type === 'Single';
  const form = isReal ? /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|NaN|-?INF)$/ : /^[+-]?\d+(?:\.\d+)?$/;
  if (!form.test(given)) {
    throw netFailure('System.FormatException', `The input string '${given}' was not in a correct format.`);
  }
  return context.convert(specials[given] ?? given, namedType(name));
}

/** Modes of `XmlDateTimeSerializationMode`: Local, Utc, Unspecified, RoundtripKind. */
function inMode(date: DateTime, mode: Value): DateTime {
  const number = mode instanceof EnumValue ? Number(mode.value) : 3;
  if (number === 0) return date.toLocal();
  if (number === 1) return date.kind === 0 ? new DateTime(date.ticks, 1) : date.toUtc();
  return number === 2 ? new DateTime(date.ticks, 0) : date;
}

const mode = 'System.Xml.XmlDateTimeSerializationMode dateTimeOption';

export const convertDescriptions: readonly TypeDescription[] = [
  {
    name: 'System.Xml.XmlConvert',
    kind: 'class',
    staticMethods: {
      DecodeName: naming('DecodeName', decodeName),
      EncodeLocalName: naming('EncodeLocalName', (name) => encodeName(name, false)),
      EncodeName: naming('EncodeName', (name) => encodeName(name, true)),
      ToBoolean: [
        {
          signature: 'static bool ToBoolean(string s)',
          invoke: (_self, [given]) => {
            const trimmed = text(given).trim();
            if (trimmed === '1' || trimmed === 'true') return true;
            if (trimmed === '0' || trimmed === 'false') return false;
            throw netFailure('System.FormatException', `The string '${text(given)}' is not a valid Boolean value.`);
          },
        },
      ],
      ToDateTime: [
        {
          signature: `static datetime ToDateTime(string s, ${mode})`,
          invoke: (_self, [given, option]) => inMode(readXmlDate(text(given)), option),
        },
      ],
      ToDecimal: reading('Decimal'),
      ToDouble: reading('Double'),
      ToInt32: reading('Int32'),
      ToInt64: reading('Int64'),
      ToString: [
        ...['bool', 'char', 'decimal', 'double', 'float', 'int', 'long', 'string', 'timespan'].map((type) => ({
          signature: `static string ToString(${type} value)`,
          invoke: (_self: Value, [value]: readonly Value[], context: CallContext) => xmlText(value, context) ?? '',
        })),
        {
          signature: `static string ToString(datetime value, ${mode})`,
          invoke: (_self, [value, option]) => dateText(inMode(as(value, DateTime), option)),
        },
      ],
      ToTimeSpan: [
        {
          signature: 'static timespan ToTimeSpan(string s)',
          invoke: (_self, [given]) => readDuration(text(given)),
        },
      ],
      VerifyName: naming('VerifyName', (name) => {
        if (name.split(':').every(isNcName)) return name;
        throw netFailure('System.Xml.XmlException', `The name '${name}' is not a valid XML name.`);
      }),
    },
  },
  enumeration('System.Xml.XmlDateTimeSerializationMode', ['Local', 'Utc', 'Unspecified', 'RoundtripKind']),
];
