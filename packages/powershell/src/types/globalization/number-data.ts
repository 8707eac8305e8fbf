import { invariantNumbers, type NumberCulture } from '../../conversion/numbers/number-culture.ts';

const currencies: Readonly<Record<string, string>> = {
  US: 'USD',
  GB: 'GBP',
  CH: 'CHF',
  JP: 'JPY',
  CN: 'CNY',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  PL: 'PLN',
  CZ: 'CZK',
  CA: 'CAD',
  AU: 'AUD',
  IN: 'INR',
  BR: 'BRL',
  RU: 'RUB',
  TR: 'TRY',
  HU: 'HUF',
};

/** How a language writes numbers, from the data of the JavaScript engine. */
export function numbersOf(name: string): NumberCulture {
  if (name === '') return invariantNumbers;
  const currency = currencies[new Intl.Locale(name).maximize().region ?? ''] ?? 'EUR';
  const plain = new Intl.NumberFormat(name, { minimumFractionDigits: 2, useGrouping: true, numberingSystem: 'latn' });
  const money = new Intl.NumberFormat(name, { style: 'currency', currency, numberingSystem: 'latn' });
  const percent = new Intl.NumberFormat(name, { style: 'percent', numberingSystem: 'latn' });
  const part = (format: Intl.NumberFormat, value: number, type: string): string | undefined =>
    format.formatToParts(value).find((one) => one.type === type)?.value;
  const pattern = (format: Intl.NumberFormat, value: number, symbol: string): string => {
    let number = false;
    let text = '';
    for (const { type, value: piece } of format.formatToParts(value)) {
      if (type === symbol) text += symbol === 'currency' ? '$' : '%';
      else if (type === 'minusSign') text += '-';
      // .NET's patterns have a plain space where CLDR has one that does not break.
      else if (type === 'literal') text += piece.replace(/\s/gu, ' ');
      else if (!number) {
        number = true;
        text += 'n';
      }
    }
    return text;
  };
  const group = part(plain, 1234567.5, 'group') ?? ',';
  return {
    ...invariantNumbers,
    decimalSeparator: part(plain, 1.5, 'decimal') ?? '.',
    groupSeparator: group,
    groupSizes: name.endsWith('-IN') ? [3, 2] : [3],
    decimalDigits: 3,
    percentDigits: 3,
    negativeSign: part(plain, -1, 'minusSign') ?? '-',
    percentPositivePattern: pattern(percent, 0.5, 'percentSign'),
    percentNegativePattern: pattern(percent, -0.5, 'percentSign'),
    currencyDigits: money.resolvedOptions().maximumFractionDigits ?? 2,
    currencySymbol: part(money, 1, 'currency') ?? '¤',
    currencyDecimalSeparator: part(money, 1.5, 'decimal') ?? '.',
    currencyGroupSeparator: part(money, 1234567.5, 'group') ?? group,
    currencyPositivePattern: pattern(money, 1, 'currency'),
    currencyNegativePattern: pattern(money, -1, 'currency'),
  };
}
