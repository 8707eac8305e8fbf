import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseXml, type XmlElement } from '../src/xml.ts';

interface Tree {
  readonly name: string;
  readonly text: string;
  readonly attribute: string;
  readonly children: readonly Tree[];
}

const texts = fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', 'ß', '😀', ';', '#', ']') });
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    name: fc.constantFrom('a', 'Name', 'x-y', 'ä'),
    text: texts,
    attribute: texts,
    children: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('tree'), { maxLength: 3 })),
  }),
}));

function escaped(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character === '<' ? 'x3C' : (character.codePointAt(0) ?? 0)};`);
}
function print({ name, text, attribute, children }: Tree): string {
  return `<${name} k="${escaped(attribute)}"><!-- <b> -->${escaped(text)}${children.map(print).join('')}</${name} >`;
}
function treeOf({ name, text, attributes, children }: XmlElement): Tree {
  return { name, text, attribute: attributes.get('k') ?? '', children: children.map(treeOf) };
}

describe('XML', () => {
  test('of elements, attributes and text is read as it was written', () => {
    fc.assert(
      fc.property(tree, (written) => {
        const reading = parseXml(`<?xml version="1.0"?>\n${print(written)}\n`);
        expect(reading.ok && treeOf(reading.root)).toEqual(written);
      }),
    );
  });

  test('of any text is read or refused with a line of it', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      '<a>',
      '</a>',
      '<a/>',
      ' b="c"',
      '"',
      '&lt;',
      '&',
      '\n',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const reading = parseXml(text);
        if (reading.ok) expect(text).toContain('<a');
        else expect(reading.line).toBeLessThanOrEqual(text.split('\n').length);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['<a>\n<b>\n</a>', 3, '</a> closes nothing that is open.'],
    ['<a>\n<b>\n</b>', 3, '<a> of line 1 is never closed.'],
    ['<a/>\n<b/>', 2, 'There is a second element behind the first.'],
    ['<a/>\nx', 1, 'There is text outside of the document element.'],
    ['<!DOCTYPE a [<!ENTITY x "y">]>\n<a>&x;</a>', 1, 'A document type is not read.'],
    ['<a>\n&nbsp;</a>', 1, '"&nbsp;" is no character that XML knows.'],
    ['<a>&#xD800;</a>', 1, '"&#xD800;" is no character that XML knows.'],
    ['<a b="1" b="2"/>', 1, 'The attribute "b" is given twice.'],
    ['<a b=1/>', 1, 'This is not XML.'],
    ['', 1, 'There is no element.'],
  ])('%j is refused', (text, line, detail) => {
    expect(parseXml(text)).toEqual({ ok: false, line, detail });
  });
});
