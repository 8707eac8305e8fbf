import { type Digits, roundDigits } from './digits.ts';
import type { NumberCulture } from './number-culture.ts';
import { exponentText } from './standard-format.ts';

/** One part of a custom format, between semicolons, measured. */
interface Section {
  readonly text: string;
  /** Places for digits in all, and how many of them stand before the point. */
  readonly places: number;
  readonly before: number;
  /** The first and the last place that is `0`, counted from the left; `first` is infinite where there is none. */
  readonly first: number;
  readonly last: number;
  readonly isScientific: boolean;
  readonly isGrouped: boolean;
  /** Powers of ten that `%`, `‰` and trailing commas multiply by. */
  readonly shift: number;
}

/**
 * A number by a custom format (`#,##0.00;(0);zero`), with .NET's rules: sections for positive, negative and zero,
 * literals in quotes or behind a back-slash, `,` before the point divides by a thousand, exponents.
 */
export function customFormat(number: Digits, format: string, culture: NumberCulture): string {
  const sections = split(format);
  let index = pick(sections, number.digits === '' ? 2 : number.negative ? 1 : 0);
  while (true) {
    const section = measure(sections[index] ?? '');
    const rounded = roundFor(number, section);
    if (number.digits !== '' && rounded.digits === '') {
      const zero = pick(sections, 2);
      if (zero !== index) {
        index = zero;
        continue;
      }
    }
    const showSign = rounded.negative && index === 0 && (rounded.digits !== '' || number.isFloat);
    return (showSign ? culture.negativeSign : '') + write(rounded, section, culture);
  }
}

function split(format: string): string[] {
  const sections: string[] = [''];
  let quote: string | undefined;
  for (let at = 0; at < format.length; at++) {
    const sign = format[at] ?? '';
    if (quote === undefined && sign === ';') {
      sections.push('');
      continue;
    }
    sections[sections.length - 1] += sign;
    if (quote !== undefined) {
      if (sign === quote) quote = undefined;
    } else if (sign === '"' || sign === "'") {
      quote = sign;
    } else if (sign === '\\' && at + 1 < format.length) {
      at++;
      sections[sections.length - 1] += format[at] ?? '';
    }
  }
  return sections;
}

/** An empty or missing section is the first. */
function pick(sections: readonly string[], index: number): number {
  return (sections[index] ?? '') === '' ? 0 : index;
}

function measure(text: string): Section {
  let places = 0;
  let before = -1;
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  let commaAt = -1;
  let commas = 0;
  let isScientific = false;
  let isGrouped = false;
  let shift = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '#':
        places++;
        break;
      case '0':
        if (first === Number.POSITIVE_INFINITY) first = places;
        places++;
        last = places;
        break;
      case '.':
        if (before < 0) before = places;
        break;
      case ',':
        if (places === 0 || before >= 0) break;
        if (commaAt === places) {
          commas++;
          break;
        }
        if (commaAt >= 0) isGrouped = true;
        commaAt = places;
        commas = 1;
        break;
      case '%':
        shift += 2;
        break;
      case '‰':
        shift += 3;
        break;
      case '"':
      case "'":
        at = skipQuoted(text, at);
        break;
      case '\\':
        at++;
        break;
      case 'E':
      case 'e': {
        const exponent = /^[+-]?0+/.exec(text.slice(at + 1))?.[0];
        if (exponent === undefined) break;
        isScientific = true;
        at += exponent.length;
        break;
      }
      default:
    }
  }
  if (before < 0) before = places;
  if (commaAt >= 0) {
    if (commaAt === before) shift -= 3 * commas;
    else isGrouped = true;
  }
  return { text, places, before, first, last, isScientific, isGrouped, shift };
}

/** The index of the closing quote, or the last of the text. */
function skipQuoted(text: string, at: number): number {
  const end = text.indexOf(text[at] ?? '', at + 1);
  return end < 0 ? text.length : end;
}

function roundFor(number: Digits, section: Section): Digits {
  if (number.digits === '') return number;
  const shifted = { ...number, point: number.point + section.shift };
  return roundDigits(shifted, section.isScientific ? section.places : shifted.point + section.places - section.before);
}

/** Separators by how many digits stand to their right. */
function separatorPlaces(count: number, sizes: readonly number[]): Set<number> {
  const places = new Set<number>();
  let at = 0;
  let total = sizes[0] ?? 0;
  let size = total;
  while (count > total && size > 0) {
    places.add(total);
    if (at < sizes.length - 1) {
      at++;
      size = sizes[at] ?? 0;
    }
    total += size;
  }
  return places;
}

function write(number: Digits, section: Section, culture: NumberCulture): string {
  const { text, before, places } = section;
  const firstZero = section.first < before ? before - section.first : 0;
  const lastZero = section.last > before ? before - section.last : 0;
  // `left` counts digits still to come before the point (negative behind it); `extra` those that no place stands for.
  let left = section.isScientific ? before : Math.max(number.point, before);
  let extra = section.isScientific ? 0 : number.point - before;
  const separators = section.isGrouped
    ? separatorPlaces(Math.max(left, section.isScientific ? 0 : firstZero), culture.groupSizes)
    : new Set<number>();
  let next = 0;
  let hasPoint = false;
  let mayBeExponent = section.isScientific;
  let result = '';
  const digit = (sign: string) => {
    result += sign;
    if (left > 1 && separators.has(left - 1)) result += culture.groupSeparator;
    left--;
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (extra > 0 && (sign === '#' || sign === '0' || sign === '.')) {
      while (extra > 0) {
        digit(number.digits[next] ?? '0');
        next++;
        extra--;
      }
    }
    switch (sign) {
      case '#':
      case '0':
        if (extra < 0) {
          extra++;
          if (left <= firstZero) digit('0');
          else left--;
        } else if (next < number.digits.length) {
          digit(number.digits[next] ?? '0');
          next++;
        } else if (left > lastZero) {
          digit('0');
        } else {
          left--;
        }
        break;
      case '.':
        if (left !== 0 || hasPoint) break;
        if (lastZero < 0 || (before < places && next < number.digits.length)) {
          result += culture.decimalSeparator;
          hasPoint = true;
        }
        break;
      case ',':
        break;
      case '%':
        result += culture.percentSymbol;
        break;
      case '‰':
        result += culture.perMilleSymbol;
        break;
      case '"':
      case "'": {
        const end = skipQuoted(text, at);
        result += text.slice(at + 1, end);
        at = end;
        break;
      }
      case '\\':
        at++;
        result += text[at] ?? '';
        break;
      case 'E':
      case 'e': {
        const match = /^([+-]?)(0+)/.exec(text.slice(at + 1));
        if (match === null || !mayBeExponent) {
          result += sign + (match?.[0] ?? '');
          at += match?.[0].length ?? 0;
          break;
        }
        const exponent = number.digits === '' ? 0 : number.point - before;
        const least = Math.min(match[2]?.length ?? 1, 10);
        result += exponentText(exponent, sign, least, match[1] === '+', culture);
        at += match[0].length;
        mayBeExponent = false;
        break;
      }
      default:
        result += sign;
    }
  }
  return result;
}
