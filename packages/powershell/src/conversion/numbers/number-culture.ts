/**
 * The signs and patterns that numbers are written with: the part of .NET's NumberFormatInfo that formats use. Patterns
 * have `n` for the number and `$` or `%` for the symbol; the minus sign stands as `-`.
 * @property groupSizes digits of a group from the right; the last size repeats, a 0 at the end does not
 */
export interface NumberCulture {
  readonly decimalSeparator: string;
  readonly groupSeparator: string;
  readonly groupSizes: readonly number[];
  readonly decimalDigits: number;
  readonly negativePattern: string;
  readonly negativeSign: string;
  readonly positiveSign: string;
  readonly nan: string;
  readonly positiveInfinity: string;
  readonly negativeInfinity: string;
  readonly perMilleSymbol: string;
  readonly percentSymbol: string;
  readonly percentDigits: number;
  readonly percentPositivePattern: string;
  readonly percentNegativePattern: string;
  readonly currencySymbol: string;
  readonly currencyDigits: number;
  readonly currencyDecimalSeparator: string;
  readonly currencyGroupSeparator: string;
  readonly currencyPositivePattern: string;
  readonly currencyNegativePattern: string;
}

export const invariantNumbers: NumberCulture = {
  decimalSeparator: '.',
  groupSeparator: ',',
  groupSizes: [3],
  decimalDigits: 2,
  negativePattern: '-n',
  negativeSign: '-',
  positiveSign: '+',
  nan: 'NaN',
  positiveInfinity: 'Infinity',
  negativeInfinity: '-Infinity',
  perMilleSymbol: '‰',
  percentSymbol: '%',
  percentDigits: 2,
  percentPositivePattern: 'n %',
  percentNegativePattern: '-n %',
  currencySymbol: '¤',
  currencyDigits: 2,
  currencyDecimalSeparator: '.',
  currencyGroupSeparator: ',',
  currencyPositivePattern: '$n',
  currencyNegativePattern: '($n)',
};
