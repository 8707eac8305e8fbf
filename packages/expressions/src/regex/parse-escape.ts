import { buildSet, type CharacterSet, generalCategory, shorthandClasses } from './character-set.ts';
import type { PatternReader } from './pattern-reader.ts';
import type { Anchor, PatternNode } from './pattern-tree.ts';

const anchors: ReadonlyMap<string, Anchor> = new Map([
  ['A', 'textStart'],
  ['Z', 'textEndOrLastLineFeed'],
  ['z', 'textEnd'],
  ['G', 'searchStart'],
  ['b', 'wordBoundary'],
  ['B', 'noWordBoundary'],
]);

const controls: ReadonlyMap<string, number> = new Map([
  ['a', 0x07],
  ['t', 0x09],
  ['n', 0x0a],
  ['v', 0x0b],
  ['f', 0x0c],
  ['r', 0x0d],
  ['e', 0x1b],
]);

/** What follows a backslash outside a bracketed class. */
export function parseEscape(reader: PatternReader, ignoreCase: boolean): PatternNode {
  const anchor = reader.match(/[AZzGbB]/y);
  if (anchor !== undefined) return { kind: 'anchor', anchor: anchors.get(anchor[0]) ?? 'textStart' };
  const reference = reader.match(/k(?:<([^>]+)>|'([^']+)')|([1-9][0-9]{0,2})/y);
  if (reference !== undefined) {
    return { kind: 'reference', name: reference[1] ?? reference[2] ?? reference[3] ?? '', ignoreCase };
  }
  const set = parseShorthand(reader);
  if (set !== undefined) return { kind: 'set', set };
  const codePoint = parseCharacterEscape(reader);
  return {
    kind: 'set',
    set: buildSet({ ranges: [[codePoint, codePoint]], classes: [], negated: false, without: undefined, ignoreCase }),
  };
}

/** `\d \D \w \W \s \S \p{..} \P{..}`, inside and outside classes. */
export function parseShorthand(reader: PatternReader): CharacterSet | undefined {
  const short = reader.match(/[dDwWsS]/y);
  if (short !== undefined) return shorthandClasses.get(short[0]);
  const category = reader.match(/([pP])\{([^}]*)\}/y);
  if (category === undefined) return undefined;
  const name = category[2] ?? '';
  const set = generalCategory(name, category[1] === 'P');
  if (set !== undefined) return set;
  if (name.startsWith('Is'))
    throw reader.unsupported(`the Unicode block ${name}`, 'Write the range, e.g. [\\u0370-\\u03FF].');
  throw reader.invalid(`${name} is no Unicode category`);
}

/**
 * An escape that stands for one character. Identity escapes of punctuation (`\:` `\<`) are legal in .NET;
 * of letters and digits they are not.
 */
export function parseCharacterEscape(reader: PatternReader): number {
  const hexadecimal = reader.match(/x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})/y);
  if (hexadecimal !== undefined) return Number.parseInt(hexadecimal[1] ?? hexadecimal[2] ?? '', 16);
  const octal = reader.match(/0[0-7]{0,2}/y);
  if (octal !== undefined) return Number.parseInt(octal[0], 8);
  const control = reader.match(/c([A-Za-z@[\\\]^_])/y);
  if (control !== undefined) return (control[1] ?? '').toUpperCase().charCodeAt(0) - 64;
  const named = reader.match(/[atnvfre]/y);
  if (named !== undefined) return controls.get(named[0]) ?? 0;
  const unknown = reader.match(/[\p{L}\p{Mn}\p{Nd}\p{Pc}]/uy);
  if (unknown !== undefined) throw reader.invalid(`\\${unknown[0]} is no escape`);
  return reader.take();
}
