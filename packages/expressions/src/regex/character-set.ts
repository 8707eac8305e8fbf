/** A set of code points; asked once per character tried, so ASCII is a table. */
export class CharacterSet {
  readonly #ascii: Uint8Array;
  readonly #rule: (codePoint: number) => boolean;

  constructor(rule: (codePoint: number) => boolean) {
    this.#rule = rule;
    this.#ascii = Uint8Array.from({ length: 128 }, (_, codePoint) => (rule(codePoint) ? 1 : 0));
  }

  has(codePoint: number): boolean {
    return codePoint < 128 ? this.#ascii[codePoint] === 1 : this.#rule(codePoint);
  }
}

/** What a bracketed class or an escape holds before it becomes a {@link CharacterSet}. */
export interface SetParts {
  readonly ranges: (readonly [number, number])[];
  readonly classes: CharacterSet[];
  readonly negated: boolean;
  /** The right side of .NET's `[a-z-[aeiou]]`. */
  readonly without: CharacterSet | undefined;
  readonly ignoreCase: boolean;
}

export function buildSet(parts: SetParts): CharacterSet {
  const { ranges, classes, negated, without, ignoreCase } = parts;
  const holds = (codePoint: number): boolean =>
    ranges.some(([from, to]) => codePoint >= from && codePoint <= to) || classes.some((set) => set.has(codePoint));
  const found = ignoreCase ? (codePoint: number): boolean => otherCases(codePoint).some(holds) : holds;
  return new CharacterSet((codePoint) => found(codePoint) !== negated && !(without?.has(codePoint) ?? false));
}

/** A character with its simple upper and lower case, as .NET's invariant case-insensitive match sees it. */
function otherCases(codePoint: number): number[] {
  const character = String.fromCodePoint(codePoint);
  return [codePoint, simpleCase(character.toLowerCase(), codePoint), simpleCase(character.toUpperCase(), codePoint)];
}

function simpleCase(mapped: string, original: number): number {
  const first = mapped.codePointAt(0) ?? original;
  return String.fromCodePoint(first) === mapped ? first : original;
}

function unicode(pattern: RegExp): CharacterSet {
  return new CharacterSet((codePoint) => pattern.test(String.fromCodePoint(codePoint)));
}

function complement(set: CharacterSet): CharacterSet {
  return new CharacterSet((codePoint) => !set.has(codePoint));
}

/** .NET's shorthand classes cover Unicode (engine sheet 21.6). */
const digits = unicode(/\p{Nd}/u);
export const wordCharacters = unicode(/[\p{L}\p{Mn}\p{Nd}\p{Pc}]/u);
const spaces = unicode(/[\f\n\r\t\v\u0085\p{Z}]/u);

export const shorthandClasses: ReadonlyMap<string, CharacterSet> = new Map([
  ['d', digits],
  ['D', complement(digits)],
  ['w', wordCharacters],
  ['W', complement(wordCharacters)],
  ['s', spaces],
  ['S', complement(spaces)],
]);

export const anyCharacter = new CharacterSet(() => true);
export const anyButLineFeed = new CharacterSet((codePoint) => codePoint !== 0x0a);

/**
 * A Unicode general category by the name .NET and JavaScript share (`L`, `Lu`, `Nd` …).
 * @returns undefined for other names; .NET's block names (`IsGreek`) have no counterpart
 */
export function generalCategory(name: string, negated: boolean): CharacterSet | undefined {
  if (!/^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfson]?)$/.test(name)) return undefined;
  return unicode(new RegExp(`\\${negated ? 'P' : 'p'}{${name}}`, 'u'));
}
