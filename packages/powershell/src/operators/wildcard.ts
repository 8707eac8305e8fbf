import { runtimeError } from '../errors/raise.ts';

/** One place of a pattern: any text, any one sign, one of a set, or one sign itself (in both cases where case is ignored). */
type Part =
  | { readonly kind: 'any' }
  | { readonly kind: 'one' }
  | { readonly kind: 'unit'; readonly unit: number }
  | { readonly kind: 'set'; readonly ranges: readonly (readonly [number, number])[] };

/** A wildcard pattern of `-like`, `switch -Wildcard` and name parameters: `*`, `?`, `[a-z]`, back-tick escapes. */
export class WildcardPattern {
  readonly pattern: string;
  readonly #ignoreCase: boolean;
  readonly #parts: readonly Part[];

  /** Throws `Thrown` (`WildcardPatternException`) for a pattern that ends inside brackets or has a range the wrong way round. */
  constructor(pattern: string, { ignoreCase = true }: { ignoreCase?: boolean } = {}) {
    this.pattern = pattern;
    this.#ignoreCase = ignoreCase;
    this.#parts = parse(pattern, ignoreCase);
  }

  /** Goes back only to the last `*`: never worse than the product of both lengths. */
  matches(text: string): boolean {
    const parts = this.#parts;
    let at = 0;
    let part = 0;
    let starPart = -1;
    let starAt = 0;
    while (at < text.length) {
      const current = parts[part];
      if (current?.kind === 'any') {
        starPart = part;
        starAt = at;
        part++;
      } else if (current !== undefined && this.#fits(current, text.charCodeAt(at))) {
        at++;
        part++;
      } else if (starPart >= 0) {
        starAt++;
        at = starAt;
        part = starPart + 1;
      } else {
        return false;
      }
    }
    while (parts[part]?.kind === 'any') part++;
    return part === parts.length;
  }

  #fits(part: Part, unit: number): boolean {
    switch (part.kind) {
      case 'any':
      case 'one':
        return true;
      case 'unit':
        return part.unit === (this.#ignoreCase ? lower(unit) : unit);
      case 'set': {
        if (inRanges(unit, part.ranges)) return true;
        return this.#ignoreCase && (inRanges(lower(unit), part.ranges) || inRanges(upper(unit), part.ranges));
      }
    }
  }

  /** True where a pattern has wildcards that are not escaped. */
  static has(text: string): boolean {
    for (let at = 0; at < text.length; at++) {
      if (text[at] === '`') at++;
      else if (isWildcard(text[at])) return true;
    }
    return false;
  }

  static escape(text: string): string {
    return text.replace(/[*?[\]`]/g, '`$&');
  }

  /** Takes the back-ticks before wildcards and other back-ticks away. */
  static unescape(text: string): string {
    return text.replace(/`([*?[\]`])/g, '$1');
  }
}

function isWildcard(sign: string | undefined): boolean {
  return sign === '*' || sign === '?' || sign === '[' || sign === ']';
}

function lower(unit: number): number {
  if (unit < 128) return unit >= 65 && unit <= 90 ? unit + 32 : unit;
  const folded = String.fromCharCode(unit).toLowerCase();
  return folded.length === 1 ? folded.charCodeAt(0) : unit;
}

function upper(unit: number): number {
  if (unit < 128) return unit >= 97 && unit <= 122 ? unit - 32 : unit;
  const folded = String.fromCharCode(unit).toUpperCase();
  return folded.length === 1 ? folded.charCodeAt(0) : unit;
}

function inRanges(unit: number, ranges: readonly (readonly [number, number])[]): boolean {
  return ranges.some(([least, most]) => unit >= least && unit <= most);
}

function parse(pattern: string, ignoreCase: boolean): Part[] {
  const parts: Part[] = [];
  const addUnit = (at: number) => {
    const unit = pattern.charCodeAt(at);
    parts.push({ kind: 'unit', unit: ignoreCase ? lower(unit) : unit });
  };
  let at = 0;
  while (at < pattern.length) {
    switch (pattern[at]) {
      case '*':
        if (parts.at(-1)?.kind !== 'any') parts.push({ kind: 'any' });
        break;
      case '?':
        parts.push({ kind: 'one' });
        break;
      case '[': {
        const set = parseSet(pattern, at + 1);
        parts.push({ kind: 'set', ranges: set.ranges });
        at = set.end;
        break;
      }
      case '`':
        // A lone back-tick is no pattern at all; at the end of a longer one it stands for itself.
        if (pattern === '`') break;
        if (at + 1 < pattern.length) at++;
        addUnit(at);
        break;
      default:
        addUnit(at);
    }
    at++;
  }
  return parts;
}

/** The signs between brackets; a closing one in the first place stands for itself. `end` is where the set closes. */
function parseSet(pattern: string, start: number): { ranges: [number, number][]; end: number } {
  const units: number[] = [];
  const dashes: boolean[] = [];
  let at = start;
  while (at < pattern.length && !(pattern[at] === ']' && at > start)) {
    const isEscaped = pattern[at] === '`';
    if (isEscaped) at++;
    if (at >= pattern.length) break;
    units.push(pattern.charCodeAt(at));
    dashes.push(pattern[at] === '-' && !isEscaped);
    at++;
  }
  if (at >= pattern.length) throw invalidPattern(pattern);
  const ranges: [number, number][] = [];
  for (let index = 0; index < units.length; index++) {
    const unit = units[index] ?? 0;
    const end = units[index + 2];
    if (dashes[index + 1] !== true || end === undefined) {
      ranges.push([unit, unit]);
      continue;
    }
    if (end < unit) throw invalidPattern(pattern);
    ranges.push([unit, end]);
    index += 2;
  }
  return { ranges, end: at };
}

function invalidPattern(pattern: string) {
  return runtimeError('RuntimeException', `The specified wildcard character pattern is not valid: ${pattern}`, {
    type: 'System.Management.Automation.WildcardPatternException',
  });
}
