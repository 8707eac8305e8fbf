import { type CharacterSet, namedSet, shorthandSet } from './character-set.ts';
import type { PatternReader } from './pattern-reader.ts';

/** `\d \D \w \W \s \S \p{…} \P{…}` behind their backslash; `undefined` for anything else. */
export function parseShorthand(reader: PatternReader, ecmaScript: boolean): CharacterSet | undefined {
  const letter = reader.peek();
  if (letter !== '' && 'dDwWsS'.includes(letter)) {
    reader.at++;
    return shorthandSet(letter, ecmaScript);
  }
  if (letter !== 'p' && letter !== 'P') return undefined;
  reader.at++;
  if (reader.at + 2 >= reader.pattern.length) {
    throw reader.error('InvalidUnicodePropertyEscape', 'Incomplete \\p{X} character escape.');
  }
  if (!reader.accept('{')) throw reader.error('MalformedUnicodePropertyEscape', 'Malformed \\p{X} character escape.');
  const name = reader.match(/[\w-]*/y)?.[0] ?? '';
  if (!reader.accept('}')) throw reader.error('InvalidUnicodePropertyEscape', 'Incomplete \\p{X} character escape.');
  const set = namedSet(name);
  if (set === undefined) throw reader.error('InvalidUnicodePropertyEscape', `Unknown property '${name}'.`);
  return letter === 'p' ? set : complementOf(set);
}

const complements = new Map<CharacterSet, CharacterSet>();

function complementOf(set: CharacterSet): CharacterSet {
  let found = complements.get(set);
  if (found === undefined) {
    found = set.complement();
    complements.set(set, found);
  }
  return found;
}

const controls: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['b', 8],
  ['e', 27],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
]);

/** An escape that stands for one unit, behind its backslash. */
export function parseUnitEscape(reader: PatternReader): number {
  const letter = reader.take();
  if (letter >= '0' && letter <= '7') {
    reader.at--;
    const octal = reader.match(/[0-7]{1,3}/y)?.[0] ?? '0';
    return Number.parseInt(octal, 8) & 0xff;
  }
  switch (letter) {
    case 'x':
      return hexadecimal(reader, 2);
    case 'u':
      return hexadecimal(reader, 4);
    case 'c':
      return control(reader);
  }
  const known = controls.get(letter);
  if (known !== undefined) return known;
  if (/[\p{L}\p{Mn}\p{Nd}\p{Pc}]/u.test(letter)) {
    throw reader.error('UnrecognizedEscape', `Unrecognized escape sequence \\${letter}.`);
  }
  return letter.charCodeAt(0);
}

function hexadecimal(reader: PatternReader, count: number): number {
  const digits = reader.match(count === 2 ? /[0-9A-Fa-f]{0,2}/y : /[0-9A-Fa-f]{0,4}/y)?.[0] ?? '';
  if (digits.length < count) {
    reader.at -= digits.length;
    throw reader.error('InsufficientOrInvalidHexDigits', 'Insufficient or invalid hexadecimal digits.');
  }
  return Number.parseInt(digits, 16);
}

function control(reader: PatternReader): number {
  if (reader.isAtEnd) throw reader.error('MissingControlCharacter', 'Missing control character.');
  const letter = reader.take().toUpperCase();
  const unit = letter.charCodeAt(0) - 64;
  if (unit < 0 || unit >= 32) throw reader.error('UnrecognizedControlCharacter', 'Unrecognized control character.');
  return unit;
}
