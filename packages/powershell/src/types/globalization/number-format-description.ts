import { invariantNumbers, type NumberCulture } from '../../conversion/numbers/number-culture.ts';
import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';
import { methodTable } from '../method-table.ts';
import type { Property, TypeDescription } from '../net-type.ts';
import { CultureInfo, invariantCulture, NumberFormatInfo } from './culture.ts';
import { currentCulture } from './current-culture.ts';

const numbers = (value: Value): NumberFormatInfo => as(value, NumberFormatInfo);

type TextOfNumbers = {
  [name in keyof NumberCulture]: NumberCulture[name] extends string ? name : never;
}[keyof NumberCulture];

function numberText(name: TextOfNumbers): Property {
  return {
    type: 'string',
    get: (value) => numbers(value).culture[name],
    set: (value, sign) => numbers(value).change({ [name]: text(sign) }),
  };
}

function numberDigits(name: 'decimalDigits' | 'currencyDigits' | 'percentDigits'): Property {
  return {
    type: 'int',
    get: (value) => numbers(value).culture[name],
    set: (value, digits) => numbers(value).change({ [name]: int(digits) }),
  };
}

const groupSizes: Property = {
  type: 'int[]',
  get: (value) => new NetArray(netTypes.int32, [...numbers(value).culture.groupSizes]),
  set: (value, sizes) => numbers(value).change({ groupSizes: as(sizes, NetArray).items.map(int) }),
};

/** Patterns by the number that .NET gives each. */
const patterns = {
  negativePattern: ['(n)', '-n', '- n', 'n-', 'n -'],
  percentPositivePattern: ['n %', 'n%', '%n', '% n'],
  percentNegativePattern: ['-n %', '-n%', '-%n', '%-n', '%n-', 'n-%', 'n%-', '-% n', 'n %-', '% n-', '% -n', 'n- %'],
  currencyPositivePattern: ['$n', 'n$', '$ n', 'n $'],
  currencyNegativePattern: [
    '($n)',
    '-$n',
    '$-n',
    '$n-',
    '(n$)',
    '-n$',
    'n-$',
    'n$-',
    '-n $',
    '-$ n',
    'n $-',
    '$ n-',
    '$ -n',
    'n- $',
    '($ n)',
    '(n $)',
    '$- n',
  ],
} as const;

function pattern(name: keyof typeof patterns): Property {
  const known: readonly string[] = patterns[name];
  return {
    type: 'int',
    get: (value) => Math.max(known.indexOf(numbers(value).culture[name]), 0),
    set: (value, number) => {
      const chosen = known[int(number)];
      if (chosen === undefined) {
        throw netFailure(
          'System.ArgumentOutOfRangeException',
          `Valid values are between 0 and ${known.length - 1}, inclusive.`,
          { parameter: 'value' },
        );
      }
      numbers(value).change({ [name]: chosen });
    },
  };
}

export const numberFormatDescription: TypeDescription = {
  name: 'System.Globalization.NumberFormatInfo',
  kind: 'class',
  interfaces: ['System.IFormatProvider', 'System.ICloneable'],
  constructors: [
    { signature: 'System.Globalization.NumberFormatInfo new()', invoke: () => new NumberFormatInfo(invariantNumbers) },
  ],
  staticProperties: {
    InvariantInfo: { type: 'System.Globalization.NumberFormatInfo', get: () => invariantCulture.numbers },
    CurrentInfo: {
      type: 'System.Globalization.NumberFormatInfo',
      get: () => (currentCulture() ?? invariantCulture).numbers,
    },
  },
  properties: {
    CurrencyDecimalDigits: numberDigits('currencyDigits'),
    CurrencyDecimalSeparator: numberText('currencyDecimalSeparator'),
    CurrencyGroupSeparator: numberText('currencyGroupSeparator'),
    CurrencyGroupSizes: groupSizes,
    CurrencyNegativePattern: pattern('currencyNegativePattern'),
    CurrencyPositivePattern: pattern('currencyPositivePattern'),
    CurrencySymbol: numberText('currencySymbol'),
    IsReadOnly: { type: 'bool', get: (value) => numbers(value).isReadOnly },
    NaNSymbol: numberText('nan'),
    NegativeInfinitySymbol: numberText('negativeInfinity'),
    NegativeSign: numberText('negativeSign'),
    NumberDecimalDigits: numberDigits('decimalDigits'),
    NumberDecimalSeparator: numberText('decimalSeparator'),
    NumberGroupSeparator: numberText('groupSeparator'),
    NumberGroupSizes: groupSizes,
    NumberNegativePattern: pattern('negativePattern'),
    PerMilleSymbol: numberText('perMilleSymbol'),
    PercentDecimalDigits: numberDigits('percentDigits'),
    PercentDecimalSeparator: numberText('decimalSeparator'),
    PercentGroupSeparator: numberText('groupSeparator'),
    PercentGroupSizes: groupSizes,
    PercentNegativePattern: pattern('percentNegativePattern'),
    PercentPositivePattern: pattern('percentPositivePattern'),
    PercentSymbol: numberText('percentSymbol'),
    PositiveInfinitySymbol: numberText('positiveInfinity'),
    PositiveSign: numberText('positiveSign'),
  },
  staticMethods: methodTable({
    'static System.Globalization.NumberFormatInfo GetInstance(System.IFormatProvider formatProvider)': (
      _self,
      [from],
    ) =>
      from instanceof CultureInfo
        ? from.numbers
        : from instanceof NumberFormatInfo
          ? from
          : (currentCulture() ?? invariantCulture).numbers,
    'static System.Globalization.NumberFormatInfo ReadOnly(System.Globalization.NumberFormatInfo nfi)': (
      _self,
      [from],
    ) => new NumberFormatInfo(numbers(from).culture, true),
  }),
  methods: {
    Clone: [{ signature: 'System.Object Clone()', invoke: (value) => new NumberFormatInfo(numbers(value).culture) }],
  },
};
