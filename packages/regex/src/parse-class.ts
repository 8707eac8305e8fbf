import { buildSet, CharacterSet, type Range } from './character-set.ts';
import { parseShorthand, parseUnitEscape } from './parse-escape.ts';
import type { PatternReader } from './pattern-reader.ts';

export interface ClassOptions {
  readonly ignoreCase: boolean;
  readonly ecmaScript: boolean;
  /** The first reading of a pattern only looks for the ends of things. */
  readonly isScan: boolean;
}

/** A bracketed class behind its opening bracket; the closing one is read. `[a-z-[aeiou]]` takes the second from the first. */
export function parseClass(reader: PatternReader, options: ClassOptions): CharacterSet {
  const { ignoreCase, ecmaScript, isScan } = options;
  const negated = reader.accept('^');
  const ranges: Range[] = [];
  const sets: CharacterSet[] = [];
  let without: CharacterSet | undefined;
  // A closing bracket in first place stands for itself.
  for (let first = true; first || !reader.looksAt(']'); first = false) {
    if (reader.isAtEnd) throw unterminated(reader);
    if (!first && reader.accept('-[')) {
      without = parseClass(reader, options);
      if (reader.isAtEnd) throw unterminated(reader);
      if (!reader.looksAt(']')) {
        throw reader.error('ExclusionGroupNotLast', 'A subtraction must be the last element in a character class.');
      }
      continue;
    }
    const from = classItem(reader, ecmaScript);
    if (from instanceof CharacterSet) {
      sets.push(from);
      continue;
    }
    const isRange = reader.looksAt('-') && !reader.looksAt('-]') && !reader.looksAt('-[') && reader.peek(1) !== '';
    if (!isRange) {
      ranges.push([from, from]);
      continue;
    }
    reader.at++;
    const to = classItem(reader, ecmaScript);
    if (to instanceof CharacterSet) {
      if (isScan) continue;
      const letter = reader.pattern.charAt(reader.at - 1);
      throw reader.error('ShorthandClassInCharacterRange', `Cannot include class \\${letter} in character range.`);
    }
    if (to < from && !isScan) throw reader.error('ReversedCharacterRange', '[x-y] range in reverse order.');
    ranges.push([from, to]);
  }
  if (!reader.accept(']')) throw unterminated(reader);
  return buildSet({ ranges, sets, negated, without, ignoreCase });
}

function unterminated(reader: PatternReader): Error {
  return reader.error('UnterminatedBracket', 'Unterminated [] set.');
}

function classItem(reader: PatternReader, ecmaScript: boolean): CharacterSet | number {
  if (!reader.accept('\\')) return reader.take().charCodeAt(0);
  if (reader.isAtEnd) throw unterminated(reader);
  return parseShorthand(reader, ecmaScript) ?? parseUnitEscape(reader);
}
