import { caseEquivalents } from './case-equivalence.ts';

/** A range of UTF-16 units, both ends in it. */
export type Range = readonly [number, number];

/** What is in a set before it is negated and before its subtraction. */
export interface SetParts {
  readonly ranges: readonly Range[];
  /** Sets such as `\w` or `\P{L}` that stand inside brackets. */
  readonly sets: readonly CharacterSet[];
  readonly negated: boolean;
  readonly without: CharacterSet | undefined;
  readonly ignoreCase: boolean;
}

/**
 * A set of UTF-16 units, which is what one place of a .NET pattern matches: characters outside the basic plane are two of
 * them. ASCII is a table; everything else is worked out when met.
 */
export class CharacterSet {
  readonly #rule: (unit: number) => boolean;
  readonly #ascii = new Uint8Array(128);
  readonly #met = new Map<number, boolean>();
  #ranges: Range[] | undefined;
  /** The one unit of a set that has one only. */
  readonly single: number | undefined;

  constructor(rule: (unit: number) => boolean, single?: number) {
    this.#rule = rule;
    this.single = single;
    for (let unit = 0; unit < 128; unit++) this.#ascii[unit] = rule(unit) ? 1 : 0;
  }

  has(unit: number): boolean {
    if (unit < 128) return this.#ascii[unit] === 1;
    let answer = this.#met.get(unit);
    if (answer === undefined) {
      answer = this.#rule(unit);
      this.#met.set(unit, answer);
    }
    return answer;
  }

  complement(): CharacterSet {
    return new CharacterSet((unit) => !this.has(unit));
  }

  /** The set as a class of a JavaScript pattern without flags; `asciiOnly` where no other text will meet it. */
  source(asciiOnly: boolean): string {
    const ranges = asciiOnly ? rangesOf((unit) => this.#ascii[unit] === 1, 128) : this.#allRanges();
    const [first] = ranges;
    if (first === undefined) return '[]';
    if (ranges.length === 1 && first[0] === 0 && first[1] === (asciiOnly ? 127 : 0xffff)) return '[^]';
    if (ranges.length === 1 && first[0] === first[1]) return unitSource(first[0]);
    return `[${ranges.map(([from, to]) => (from === to ? unitSource(from) : `${unitSource(from)}-${unitSource(to)}`)).join('')}]`;
  }

  #allRanges(): Range[] {
    this.#ranges ??= rangesOf((unit) => this.#rule(unit), 0x10000);
    return this.#ranges;
  }
}

function rangesOf(has: (unit: number) => boolean, end: number): Range[] {
  const ranges: Range[] = [];
  let start = -1;
  for (let unit = 0; unit < end; unit++) {
    if (has(unit)) {
      if (start === -1) start = unit;
    } else if (start !== -1) {
      ranges.push([start, unit - 1]);
      start = -1;
    }
  }
  if (start !== -1) ranges.push([start, end - 1]);
  return ranges;
}

function unitSource(unit: number): string {
  const isPlain = (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122);
  return isPlain ? String.fromCharCode(unit) : `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** A bracketed class. */
export function buildSet({ ranges, sets, negated, without, ignoreCase }: SetParts): CharacterSet {
  const holds = (unit: number): boolean =>
    ranges.some(([from, to]) => unit >= from && unit <= to) || sets.some((set) => set.has(unit));
  const found = ignoreCase ? (unit: number): boolean => holds(unit) || caseEquivalents(unit).some(holds) : holds;
  return new CharacterSet((unit) => found(unit) !== negated && !(without?.has(unit) ?? false));
}

const plainUnits = new Map<number, CharacterSet>();

/** One unit, or with `ignoreCase` the letter in each of its cases. */
export function unitSet(unit: number, ignoreCase: boolean): CharacterSet {
  if (ignoreCase && caseEquivalents(unit).length > 1) {
    const units = new Set(caseEquivalents(unit));
    return new CharacterSet((other) => units.has(other));
  }
  let set = plainUnits.get(unit);
  if (set === undefined) {
    set = new CharacterSet((other) => other === unit, unit);
    plainUnits.set(unit, set);
  }
  return set;
}

function unicode(pattern: RegExp): CharacterSet {
  return new CharacterSet((unit) => pattern.test(String.fromCharCode(unit)));
}

export const anyUnit = new CharacterSet(() => true);
export const anyButLineFeed = new CharacterSet((unit) => unit !== 10);

const digits = unicode(/\p{Nd}/u);
const words = unicode(/[\p{L}\p{Mn}\p{Nd}\p{Pc}]/u);
const spaces = unicode(/[\f\n\r\t\v\u0085\p{Z}]/u);
/** What `\b` takes for a part of a word: also the joiners of zero width. */
export const boundaryWords = new CharacterSet((unit) => words.has(unit) || unit === 0x200c || unit === 0x200d);

const asciiDigits = unicode(/[0-9]/);
const asciiWords = unicode(/[A-Za-z0-9_]/);
const asciiSpaces = unicode(/[\f\n\r\t\v ]/);

/** `\d \D \w \W \s \S`; with the ECMAScript option of ASCII alone. */
export function shorthandSet(letter: string, ecmaScript: boolean): CharacterSet {
  const found = (ecmaScript ? ecmaSets : unicodeSets).get(letter);
  if (found === undefined) throw new Error(`\\${letter} is no set of characters`);
  return found;
}

const unicodeSets: ReadonlyMap<string, CharacterSet> = new Map([
  ['d', digits],
  ['D', digits.complement()],
  ['w', words],
  ['W', words.complement()],
  ['s', spaces],
  ['S', spaces.complement()],
]);

const ecmaSets: ReadonlyMap<string, CharacterSet> = new Map([
  ['d', asciiDigits],
  ['D', asciiDigits.complement()],
  ['w', asciiWords],
  ['W', asciiWords.complement()],
  ['s', asciiSpaces],
  ['S', asciiSpaces.complement()],
]);

const categories = new Map<string, CharacterSet>();

/** A general category (`L`, `Lu` …) or a block (`IsGreek` …); `undefined` for a name that is neither. */
export function namedSet(name: string): CharacterSet | undefined {
  const known = categories.get(name);
  if (known !== undefined) return known;
  const block = blocks.get(name);
  const isCategory = /^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfson]?)$/.test(name);
  if (block === undefined && !isCategory) return undefined;
  const set =
    block === undefined
      ? unicode(new RegExp(`\\p{${name}}`, 'u'))
      : new CharacterSet((unit) => unit >= block[0] && unit <= block[1]);
  categories.set(name, set);
  return set;
}

/** Blocks of Unicode by .NET's names. */
const blocks: ReadonlyMap<string, Range> = new Map<string, Range>([
  ['IsBasicLatin', [0, 0x7f]],
  ['IsLatin-1Supplement', [0x80, 0xff]],
  ['IsLatinExtended-A', [0x100, 0x17f]],
  ['IsLatinExtended-B', [0x180, 0x24f]],
  ['IsIPAExtensions', [0x250, 0x2af]],
  ['IsSpacingModifierLetters', [0x2b0, 0x2ff]],
  ['IsCombiningDiacriticalMarks', [0x300, 0x36f]],
  ['IsGreek', [0x370, 0x3ff]],
  ['IsGreekandCoptic', [0x370, 0x3ff]],
  ['IsCyrillic', [0x400, 0x4ff]],
  ['IsCyrillicSupplement', [0x500, 0x52f]],
  ['IsArmenian', [0x530, 0x58f]],
  ['IsHebrew', [0x590, 0x5ff]],
  ['IsArabic', [0x600, 0x6ff]],
  ['IsSyriac', [0x700, 0x74f]],
  ['IsThaana', [0x780, 0x7bf]],
  ['IsDevanagari', [0x900, 0x97f]],
  ['IsBengali', [0x980, 0x9ff]],
  ['IsThai', [0xe00, 0xe7f]],
  ['IsGeorgian', [0x10a0, 0x10ff]],
  ['IsHangulJamo', [0x1100, 0x11ff]],
  ['IsLatinExtendedAdditional', [0x1e00, 0x1eff]],
  ['IsGreekExtended', [0x1f00, 0x1fff]],
  ['IsGeneralPunctuation', [0x2000, 0x206f]],
  ['IsSuperscriptsandSubscripts', [0x2070, 0x209f]],
  ['IsCurrencySymbols', [0x20a0, 0x20cf]],
  ['IsLetterlikeSymbols', [0x2100, 0x214f]],
  ['IsNumberForms', [0x2150, 0x218f]],
  ['IsArrows', [0x2190, 0x21ff]],
  ['IsMathematicalOperators', [0x2200, 0x22ff]],
  ['IsBoxDrawing', [0x2500, 0x257f]],
  ['IsGeometricShapes', [0x25a0, 0x25ff]],
  ['IsMiscellaneousSymbols', [0x2600, 0x26ff]],
  ['IsDingbats', [0x2700, 0x27bf]],
  ['IsCJKSymbolsandPunctuation', [0x3000, 0x303f]],
  ['IsHiragana', [0x3040, 0x309f]],
  ['IsKatakana', [0x30a0, 0x30ff]],
  ['IsCJKUnifiedIdeographs', [0x4e00, 0x9fff]],
  ['IsHangulSyllables', [0xac00, 0xd7af]],
  ['IsHighSurrogates', [0xd800, 0xdb7f]],
  ['IsLowSurrogates', [0xdc00, 0xdfff]],
  ['IsPrivateUse', [0xe000, 0xf8ff]],
  ['IsAlphabeticPresentationForms', [0xfb00, 0xfb4f]],
  ['IsHalfwidthandFullwidthForms', [0xff00, 0xffef]],
  ['IsSpecials', [0xfff0, 0xffff]],
]);
