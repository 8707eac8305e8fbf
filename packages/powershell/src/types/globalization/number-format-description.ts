import { invariantNumbers, type NumberCulture } from '../../conversion/numbers/number-culture.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import type { Property, TypeDescription } from '../net-type.ts';
import { invariantCulture, NumberFormatInfo } from './culture.ts';

const numbers = (value: Value): NumberFormatInfo => as(value, NumberFormatInfo);

type TextOfNumbers = {
  [name in keyof NumberCulture]: NumberCulture[name] extends string ? name : never;
}[keyof NumberCulture];

function numberText(name: TextOfNumbers): Property {
  return {
    type: 'string',
    get: (value) => numbers(value).culture[name],
    set: (value, sign) => {
      numbers(value).culture = { ...numbers(value).culture, [name]: text(sign) };
    },
  };
}

function numberDigits(name: 'decimalDigits' | 'currencyDigits' | 'percentDigits'): Property {
  return {
    type: 'int',
    get: (value) => numbers(value).culture[name],
    set: (value, digits) => {
      numbers(value).culture = { ...numbers(value).culture, [name]: int(digits) };
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
    CurrentInfo: { type: 'System.Globalization.NumberFormatInfo', get: () => invariantCulture.numbers },
  },
  properties: {
    CurrencyDecimalDigits: numberDigits('currencyDigits'),
    CurrencyDecimalSeparator: numberText('currencyDecimalSeparator'),
    CurrencyGroupSeparator: numberText('currencyGroupSeparator'),
    CurrencySymbol: numberText('currencySymbol'),
    NaNSymbol: numberText('nan'),
    NegativeInfinitySymbol: numberText('negativeInfinity'),
    NegativeSign: numberText('negativeSign'),
    NumberDecimalDigits: numberDigits('decimalDigits'),
    NumberDecimalSeparator: numberText('decimalSeparator'),
    NumberGroupSeparator: numberText('groupSeparator'),
    PerMilleSymbol: numberText('perMilleSymbol'),
    PercentDecimalDigits: numberDigits('percentDigits'),
    PercentDecimalSeparator: numberText('decimalSeparator'),
    PercentGroupSeparator: numberText('groupSeparator'),
    PercentSymbol: numberText('percentSymbol'),
    PositiveInfinitySymbol: numberText('positiveInfinity'),
    PositiveSign: numberText('positiveSign'),
  },
  methods: {
    Clone: [{ signature: 'System.Object Clone()', invoke: (value) => new NumberFormatInfo(numbers(value).culture) }],
  },
};
