import { domainToASCII, domainToUnicode } from 'node:url';
import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { Instance } from '../../values/instance.ts';
import { as, charCode, int, text } from '../../values/narrow.ts';
import { Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { enumOf } from '../enumeration.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import { methodTable, overloadList } from '../method-table.ts';
import type { NetType, Overload, TypeDescription } from '../net-type.ts';
import { categoryOf } from '../system/char-class.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Where the text elements of a text begin. */
function startsOf(value: string): number[] {
  return Array.from(segmenter.segment(value), ({ index }) => index);
}

/** `System.Globalization.StringInfo`: a text by what readers take for characters. */
class StringInfo extends Instance {
  readonly text: string;
  readonly starts: readonly number[];
  constructor(value: string) {
    super();
    this.text = value;
    this.starts = startsOf(value);
  }
  get type(): NetType {
    return namedType('System.Globalization.StringInfo');
  }
  /** Throws `NetFailure` (ArgumentOutOfRangeException). */
  slice(from: number, count: number): string {
    for (const [parameter, value] of [
      ['startingTextElement', from],
      ['lengthInTextElements', count],
    ] as const) {
      if (
        value < 0 ||
        (parameter === 'startingTextElement' ? value >= this.starts.length : from + value > this.starts.length)
      ) {
        throw netFailure(
          'System.ArgumentOutOfRangeException',
          'Specified argument was out of the range of valid values.',
          { parameter },
        );
      }
    }
    return this.text.slice(this.starts[from], this.starts[from + count] ?? this.text.length);
  }
}

/** `System.Globalization.TextElementEnumerator`. */
class TextElements extends Instance {
  readonly #text: string;
  readonly #starts: readonly number[];
  readonly #first: number;
  #at = -1;
  constructor(value: string, first = 0) {
    super();
    this.#text = value;
    this.#first = first;
    this.#starts = startsOf(value.slice(first)).map((start) => start + first);
  }
  get type(): NetType {
    return namedType('System.Globalization.TextElementEnumerator');
  }
  get index(): number {
    return this.#starts[this.#at] ?? this.#first;
  }
  get element(): string {
    const start = this.#starts[this.#at];
    if (start === undefined) throw notStarted(this.#at);
    return this.#text.slice(start, this.#starts[this.#at + 1] ?? this.#text.length);
  }
  moveNext(): boolean {
    if (this.#at < this.#starts.length) this.#at++;
    return this.#at < this.#starts.length;
  }
  reset(): void {
    this.#at = -1;
  }
  *rest(): Generator<Value, void> {
    while (this.moveNext()) yield this.element;
  }
}

function notStarted(at: number): Error {
  return netFailure(
    'System.InvalidOperationException',
    at < 0 ? 'Enumeration has not started. Call MoveNext.' : 'Enumeration already finished.',
  );
}

const info = (value: Value): StringInfo => as(value, StringInfo);
const elements = (value: Value): TextElements => as(value, TextElements);

/** The text element that begins at an index. */
function elementAt(value: string, index: number): string {
  if (index < 0 || index > value.length) {
    throw netFailure(
      'System.ArgumentOutOfRangeException',
      'Index was out of range. Must be non-negative and less than or equal to the size of the collection.',
      { parameter: 'index' },
    );
  }
  for (const { segment } of segmenter.segment(value.slice(index))) return segment;
  return '';
}

const elementsName = 'System.Globalization.TextElementEnumerator';

const stringInfoDescription: TypeDescription = {
  name: 'System.Globalization.StringInfo',
  kind: 'class',
  constructors: overloadList({
    'System.Globalization.StringInfo new()': () => new StringInfo(''),
    'System.Globalization.StringInfo new(string value)': (_self, [value]) => new StringInfo(text(value)),
  }),
  staticMethods: methodTable({
    'static string GetNextTextElement(string str)': (_self, [value]) => elementAt(text(value), 0),
    'static string GetNextTextElement(string str, int index)': (_self, [value, index]) =>
      elementAt(text(value), int(index)),
    'static int GetNextTextElementLength(string str)': (_self, [value]) => elementAt(text(value), 0).length,
    [`static ${elementsName} GetTextElementEnumerator(string str)`]: (_self, [value]) => new TextElements(text(value)),
    [`static ${elementsName} GetTextElementEnumerator(string str, int index)`]: (_self, [value, index]) =>
      new TextElements(text(value), int(index)),
    'static int[] ParseCombiningCharacters(string str)': (_self, [value]) =>
      new NetArray(netTypes.int32, startsOf(text(value))),
  }),
  properties: {
    LengthInTextElements: { type: 'int', get: (value) => info(value).starts.length },
    String: { type: 'string', get: (value) => info(value).text },
  },
  methods: methodTable({
    'string SubstringByTextElements(int startingTextElement)': (value, [from]) =>
      info(value).slice(int(from), info(value).starts.length - int(from)),
    'string SubstringByTextElements(int startingTextElement, int lengthInTextElements)': (value, [from, count]) =>
      info(value).slice(int(from), int(count)),
  }),
  equals: (value, other) => other instanceof StringInfo && info(value).text === other.text,
  hashKey: (value) => info(value).text,
};

const textElementsDescription: TypeDescription = {
  name: elementsName,
  kind: 'class',
  interfaces: ['System.Collections.IEnumerator'],
  properties: {
    Current: { type: 'System.Object', get: (value) => elements(value).element },
    ElementIndex: { type: 'int', get: (value) => elements(value).index },
  },
  methods: methodTable({
    'string GetTextElement()': (value) => elements(value).element,
    'bool MoveNext()': (value) => elements(value).moveNext(),
    'void Reset()': (value) => {
      elements(value).reset();
      return undefined;
    },
  }),
  enumerate: (value) => elements(value).rest(),
};

/** The character at an index of a text, surrogates together. */
function characterAt(value: string, index: number): string {
  const point = value.codePointAt(index);
  if (point !== undefined) return String.fromCodePoint(point);
  throw netFailure('System.ArgumentOutOfRangeException', 'Specified argument was out of the range of valid values.', {
    parameter: 'index',
  });
}

/** -1 for what is no number. */
function numberOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  const fraction = fractions.get(point);
  if (fraction !== undefined) return fraction;
  return digitOf(character);
}

const fractions: ReadonlyMap<number, number> = new Map([
  [0xbc, 0.25],
  [0xbd, 0.5],
  [0xbe, 0.75],
]);

/** The digits of a script stand in a row, zero first. */
function digitOf(character: string, isDecimal = false): number {
  const superscript = '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(character);
  if (superscript !== -1) return isDecimal ? -1 : superscript;
  if (!/^\p{Nd}$/u.test(character)) return -1;
  let zero = character.codePointAt(0) ?? 0;
  const point = zero;
  while (point - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return (point - zero) % 10;
}

/** A method of CharUnicodeInfo, of a Char and of a text with an index. */
function perCharacter(name: string, type: string, run: (character: string) => Value): readonly Overload[] {
  return overloadList({
    [`static ${type} ${name}(char ch)`]: (_self, [unit]) => run(String.fromCharCode(charCode(unit))),
    [`static ${type} ${name}(string s, int index)`]: (_self, [value, index]) =>
      run(characterAt(text(value), int(index))),
  });
}

const category = (character: string): Value => enumOf('System.Globalization.UnicodeCategory', categoryOf(character));

const unicodeInfoDescription: TypeDescription = {
  name: 'System.Globalization.CharUnicodeInfo',
  kind: 'class',
  isAbstract: true,
  staticMethods: {
    GetDecimalDigitValue: perCharacter('GetDecimalDigitValue', 'int', (character) => digitOf(character, true)),
    GetDigitValue: perCharacter('GetDigitValue', 'int', (character) => digitOf(character)),
    GetNumericValue: perCharacter('GetNumericValue', 'double', (character) => new Double(numberOf(character))),
    GetUnicodeCategory: [
      ...perCharacter('GetUnicodeCategory', 'System.Globalization.UnicodeCategory', category),
      {
        signature: 'static System.Globalization.UnicodeCategory GetUnicodeCategory(int codePoint)',
        invoke: (_self, [point]) => category(String.fromCodePoint(int(point))),
      },
    ],
  },
};

class IdnMapping extends Instance {
  get type(): NetType {
    return namedType('System.Globalization.IdnMapping');
  }
}

/** Throws `NetFailure` (ArgumentException) for what is no name of a host. */
function mapped(value: Value, parameter: string, map: (name: string) => string): string {
  const source = text(value);
  if (source === '' || source.startsWith('.') || source.includes('..')) {
    throw netFailure('System.ArgumentException', 'IDN labels must be between 1 and 63 characters long.', { parameter });
  }
  const answer = map(source);
  if (answer !== '') return answer;
  throw netFailure('System.ArgumentException', 'Decoded string is not a valid IDN name.', { parameter });
}

const idnDescription: TypeDescription = {
  name: 'System.Globalization.IdnMapping',
  kind: 'class',
  constructors: overloadList({ 'System.Globalization.IdnMapping new()': () => new IdnMapping() }),
  methods: methodTable({
    'string GetAscii(string unicode)': (_self, [value]) => mapped(value, 'unicode', domainToASCII),
    'string GetUnicode(string ascii)': (_self, [value]) => mapped(value, 'ascii', domainToUnicode),
  }),
};

export const textElementDescriptions: readonly TypeDescription[] = [
  stringInfoDescription,
  textElementsDescription,
  unicodeInfoDescription,
  idnDescription,
];
