import { toDouble } from '../../../conversion/numbers/change-number.ts';
import type { NumberCulture } from '../../../conversion/numbers/number-culture.ts';
import { isNumber, type NetNumber, numberText } from '../../../conversion/numbers/number-text.ts';
import { NetFailure } from '../../../errors/raise.ts';
import { EnumValue } from '../../../values/enum.ts';
import { text } from '../../../values/narrow.ts';
import type { Value } from '../../../values/value.ts';
import { setReference } from '../../collections/out-argument.ts';
import { enumOf } from '../../enumeration.ts';
import { numbersFor } from '../../globalization/culture.ts';
import { currentNumbers } from '../../globalization/current-culture.ts';
import type { NetType, Overload } from '../../net-type.ts';
import { comparable } from '../comparable.ts';

/** The number behind a value. */
export function number(value: Value): NetNumber {
  if (isNumber(value)) return value;
  throw new Error('a number was expected');
}

export function asDouble(value: Value): number {
  return toDouble(number(value));
}

function formatOf(value: Value): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Members that every number has. @param word the type as signatures write it */
export function numberMethods(word: string, typeCode: number): Readonly<Record<string, readonly Overload[]>> {
  return {
    ...comparable(word),
    ToString: [
      { signature: 'string ToString()', invoke: (self) => numberText(number(self), undefined, currentNumbers()) },
      {
        signature: 'string ToString(string format)',
        invoke: (self, [format]) => numberText(number(self), formatOf(format), currentNumbers()),
      },
      {
        signature: 'string ToString(System.IFormatProvider provider)',
        invoke: (self, [provider]) => numberText(number(self), undefined, numbersFor(provider)),
      },
      {
        signature: 'string ToString(string format, System.IFormatProvider provider)',
        invoke: (self, [format, provider]) => numberText(number(self), formatOf(format), numbersFor(provider)),
      },
    ],
    ...(typeCode === 0
      ? {}
      : {
          GetTypeCode: [
            { signature: 'System.TypeCode GetTypeCode()', invoke: () => enumOf('System.TypeCode', typeCode) },
          ],
        }),
  };
}

export type ReadText = (source: string, styles: number | undefined, culture: NumberCulture | undefined) => Value;

/** `Parse` and `TryParse`. @param read throws `NetFailure` for what is no number of the type */
export function parseMethods(
  word: string,
  read: ReadText,
  zero: (type: NetType) => Value,
): Readonly<Record<'Parse' | 'TryParse', readonly Overload[]>> {
  const style = 'System.Globalization.NumberStyles style';
  const provider = 'System.IFormatProvider provider';
  const attempt = (source: Value, styles: Value, culture: Value, result: Value, type: NetType): boolean => {
    try {
      setReference(result, read(text(source), stylesOf(styles), numbersFor(culture)));
      return true;
    } catch (error) {
      if (!(error instanceof NetFailure)) throw error;
      setReference(result, zero(type));
      return false;
    }
  };
  return {
    Parse: [
      {
        signature: `static ${word} Parse(string s)`,
        invoke: (_self, [source]) => read(text(source), undefined, currentNumbers()),
      },
      {
        signature: `static ${word} Parse(string s, ${style})`,
        invoke: (_self, [source, styles]) => read(text(source), stylesOf(styles), currentNumbers()),
      },
      {
        signature: `static ${word} Parse(string s, ${provider})`,
        invoke: (_self, [source, culture]) => read(text(source), undefined, numbersFor(culture)),
      },
      {
        signature: `static ${word} Parse(string s, ${style}, ${provider})`,
        invoke: (_self, [source, styles, culture]) => read(text(source), stylesOf(styles), numbersFor(culture)),
      },
    ],
    TryParse: [
      {
        signature: `static bool TryParse(string s, [ref] ${word} result)`,
        invoke: (_self, [source, result], _context, type) => attempt(source, null, null, result, type),
      },
      {
        signature: `static bool TryParse(string s, ${style}, ${provider}, [ref] ${word} result)`,
        invoke: (_self, [source, styles, culture, result], _context, type) =>
          attempt(source, styles, culture, result, type),
      },
      {
        signature: `static bool TryParse(string s, ${provider}, [ref] ${word} result)`,
        invoke: (_self, [source, culture, result], _context, type) => attempt(source, null, culture, result, type),
      },
    ],
  };
}

function stylesOf(value: Value): number | undefined {
  return value instanceof EnumValue ? Number(value.value) : undefined;
}

/** Interfaces that every number has. */
export function numberInterfaces(word: string): readonly string[] {
  return [
    'System.IComparable',
    'System.IConvertible',
    'System.IFormattable',
    `System.IComparable\`1[${word}]`,
    `System.IEquatable\`1[${word}]`,
  ];
}
