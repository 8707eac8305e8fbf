import { buildSet, CharacterSet } from './character-set.ts';
import { parseCharacterEscape, parseShorthand } from './parse-escape.ts';
import type { PatternReader } from './pattern-reader.ts';

/** A bracketed class after its opening bracket, up to and with the closing one; subtraction `[a-z-[aeiou]]` included. */
export function parseClass(reader: PatternReader, ignoreCase: boolean): CharacterSet {
  const negated = reader.accept('^');
  const ranges: [number, number][] = [];
  const classes: CharacterSet[] = [];
  let without: CharacterSet | undefined;
  // A closing bracket in first place stands for itself.
  let first = true;
  while (first || !reader.accept(']')) {
    if (reader.atEnd()) throw reader.invalid('a [class] is not closed');
    if (!first && reader.accept('-[')) {
      without = parseClass(reader, ignoreCase);
      if (!reader.looksAt(']')) throw reader.invalid('a subtraction must be the last part of a [class]');
      continue;
    }
    first = false;
    const from = classItem(reader);
    if (from instanceof CharacterSet) {
      classes.push(from);
      continue;
    }
    if (!reader.looksAt('-') || reader.looksAt('-]') || reader.looksAt('-[')) {
      ranges.push([from, from]);
      continue;
    }
    reader.accept('-');
    const to = classItem(reader);
    if (to instanceof CharacterSet) throw reader.invalid('a range in a [class] ends in a class of characters');
    if (to < from) throw reader.invalid('a range in a [class] counts backwards');
    ranges.push([from, to]);
  }
  return buildSet({ ranges, classes, negated, without, ignoreCase });
}

function classItem(reader: PatternReader): CharacterSet | number {
  if (!reader.accept('\\')) return reader.take();
  // Inside a class \b is the backspace.
  if (reader.accept('b')) return 0x08;
  return parseShorthand(reader) ?? parseCharacterEscape(reader);
}
