import { invariantNumbers, type NumberCulture } from '../../conversion/numbers/number-culture.ts';
import type { CultureInfo } from './culture.ts';
import { type DateCulture, invariantDates } from './date-culture.ts';

/*
 * The cultures of .NET's current thread. A script runs on one thread, and one script at a time: what is current belongs to
 * the invocation that runs. Every invocation begins with the invariant culture and puts back what it found, so that a
 * script sees what it has set itself, in functions, modules and scripts that it calls too, and no other script does.
 * Casts, text in strings and comparisons are invariant in PowerShell whatever is current.
 */

let current: CultureInfo | undefined;
let currentOfInterface: CultureInfo | undefined;

/** `undefined` is the invariant culture. */
export function currentCulture(): CultureInfo | undefined {
  return current;
}

/** `undefined` is the invariant culture. */
export function currentUiCulture(): CultureInfo | undefined {
  return currentOfInterface;
}

/** Until the invocation ends. */
export function setCurrentCulture(culture: CultureInfo): void {
  current = culture;
}

/** Until the invocation ends. */
export function setCurrentUiCulture(culture: CultureInfo): void {
  currentOfInterface = culture;
}

/** How numbers are written and read where no culture is named. */
export function currentNumbers(): NumberCulture {
  return current === undefined ? invariantNumbers : current.numbers.culture;
}

/** How dates are written and read where no culture is named. */
export function currentDates(): DateCulture {
  return current === undefined ? invariantDates : current.dates.culture;
}

/** Begins an invocation. @returns what ends it */
export function beginCulture(): () => void {
  const before = current;
  const beforeOfInterface = currentOfInterface;
  current = undefined;
  currentOfInterface = undefined;
  return () => {
    current = before;
    currentOfInterface = beforeOfInterface;
  };
}

/** Does what is invariant in PowerShell: casts, text in strings, JSON, what leaves the process. */
export function inInvariantCulture<T>(run: () => T): T {
  if (current === undefined) return run();
  const before = current;
  current = undefined;
  try {
    return run();
  } finally {
    current = before;
  }
}

/** What stands between the items of a list, `-UseCulture` of the cmdlets for CSV. */
export function listSeparatorOf(numbers: NumberCulture): string {
  return numbers.decimalSeparator === ',' ? ';' : ',';
}

/** True where `i` and `I` are different letters: Turkish and Azeri. */
export function hasDotlessI(culture: CultureInfo | undefined): boolean {
  return culture !== undefined && /^(?:tr|az)\b/.test(culture.name);
}
