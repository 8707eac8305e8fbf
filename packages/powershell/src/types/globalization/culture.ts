import type { NumberCulture } from '../../conversion/numbers/number-culture.ts';
import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';
import { currentDates, currentNumbers } from './current-culture.ts';
import { type DateCulture, datesOf } from './date-culture.ts';
import { numbersOf } from './number-data.ts';

/** `System.Globalization.CultureInfo`. Those that all runs share are read-only; a script gets one of its own to change. */
export class CultureInfo extends Instance {
  /** Empty for the invariant culture. */
  readonly name: string;
  readonly isReadOnly: boolean;
  #dates: DateTimeFormatInfo | undefined;
  #numbers: NumberFormatInfo | undefined;

  constructor(name: string, { isReadOnly = false }: { isReadOnly?: boolean } = {}) {
    super();
    this.name = name;
    this.isReadOnly = isReadOnly;
  }

  get type(): NetType {
    return namedType('System.Globalization.CultureInfo');
  }

  get dates(): DateTimeFormatInfo {
    this.#dates ??= new DateTimeFormatInfo(datesOf(this.name), this.isReadOnly);
    return this.#dates;
  }

  /** Throws `NetFailure` (InvalidOperationException) where the culture is shared. */
  set dates(dates: DateTimeFormatInfo) {
    if (this.isReadOnly) throw readOnly();
    this.#dates = dates;
  }

  get numbers(): NumberFormatInfo {
    this.#numbers ??= new NumberFormatInfo(numbersOf(this.name), this.isReadOnly);
    return this.#numbers;
  }

  /** Throws `NetFailure` (InvalidOperationException) where the culture is shared. */
  set numbers(numbers: NumberFormatInfo) {
    if (this.isReadOnly) throw readOnly();
    this.#numbers = numbers;
  }

  /** A copy whose formats can be changed without changing those of others. */
  clone(): CultureInfo {
    const copy = new CultureInfo(this.name);
    copy.dates = new DateTimeFormatInfo(this.dates.culture);
    copy.numbers = new NumberFormatInfo(this.numbers.culture);
    return copy;
  }
}

/** `System.Globalization.DateTimeFormatInfo`. */
export class DateTimeFormatInfo extends Instance {
  readonly isReadOnly: boolean;
  #culture: DateCulture;
  constructor(culture: DateCulture, isReadOnly = false) {
    super();
    this.#culture = culture;
    this.isReadOnly = isReadOnly;
  }
  get culture(): DateCulture {
    return this.#culture;
  }
  /** Throws `NetFailure` (InvalidOperationException) where all runs share it. */
  change(part: Partial<DateCulture>): void {
    if (this.isReadOnly) throw readOnly();
    this.#culture = { ...this.#culture, ...part };
  }
  get type(): NetType {
    return namedType('System.Globalization.DateTimeFormatInfo');
  }
}

/** `System.Globalization.NumberFormatInfo`. */
export class NumberFormatInfo extends Instance {
  readonly isReadOnly: boolean;
  #culture: NumberCulture;
  constructor(culture: NumberCulture, isReadOnly = false) {
    super();
    this.#culture = culture;
    this.isReadOnly = isReadOnly;
  }
  get culture(): NumberCulture {
    return this.#culture;
  }
  /** Throws `NetFailure` (InvalidOperationException) where all runs share it. */
  change(part: Partial<NumberCulture>): void {
    if (this.isReadOnly) throw readOnly();
    this.#culture = { ...this.#culture, ...part };
  }
  get type(): NetType {
    return namedType('System.Globalization.NumberFormatInfo');
  }
}

function readOnly(): Error {
  return netFailure('System.InvalidOperationException', 'Instance is read-only.');
}

const cultures = new Map<string, CultureInfo>();
export const invariantCulture = new CultureInfo('', { isReadOnly: true });
cultures.set('', invariantCulture);

/** The culture of a name such as `de-DE`, in any case; `undefined` for what is no name of a language. */
export function cultureOf(name: string): CultureInfo | undefined {
  const known = cultures.get(name.toLowerCase());
  if (known !== undefined) return known;
  const canonical = canonicalName(name);
  if (canonical === undefined) return undefined;
  const culture = new CultureInfo(canonical, { isReadOnly: true });
  cultures.set(name.toLowerCase(), culture);
  return culture;
}

function canonicalName(name: string): string | undefined {
  if (!/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(name)) return undefined;
  try {
    return Intl.getCanonicalLocales(name)[0];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** How to write dates for an argument of type IFormatProvider: null is the current culture. */
export function datesFor(provider: Value): DateCulture {
  if (provider instanceof CultureInfo) return provider.dates.culture;
  if (provider instanceof DateTimeFormatInfo) return provider.culture;
  return currentDates();
}

/** How to write numbers for an argument of type IFormatProvider: null is the current culture. */
export function numbersFor(provider: Value): NumberCulture {
  if (provider instanceof CultureInfo) return provider.numbers.culture;
  if (provider instanceof NumberFormatInfo) return provider.culture;
  return currentNumbers();
}
