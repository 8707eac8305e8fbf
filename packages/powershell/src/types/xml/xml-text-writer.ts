import { as, charCode, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumOf } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import type { TypeDescription } from '../net-type.ts';
import { Encoding, utf8WithoutPreamble } from '../text/encoding.ts';
import { enumNumber } from './writer-settings.ts';
import { targetOf } from './xml-targets.ts';
import { XmlWriterObject, type XmlWriting } from './xml-writer-object.ts';

const self = (value: Value): XmlWriterObject => as(value, XmlWriterObject);

const textWriting: XmlWriting = {
  layout: { indent: undefined, newLine: '\n', style: 'textWriter' },
  declares: false,
  conformance: 'document',
  closesTarget: true,
  typeName: 'XmlTextWriter',
};

function indentTo(writer: XmlWriterObject, indent: string | undefined): void {
  writer.writing = { ...writer.writing, layout: { ...writer.writing.layout, indent } };
}

/** What an `XmlTextWriter` indents with while it does not. */
const indents = new WeakMap<XmlWriterObject, { sign: string; count: number }>();

function indentOf(writer: XmlWriterObject): { sign: string; count: number } {
  let indent = indents.get(writer);
  if (indent === undefined) {
    indent = { sign: ' ', count: 2 };
    indents.set(writer, indent);
  }
  return indent;
}

function changeIndent(writer: XmlWriterObject, change: (indent: { sign: string; count: number }) => void): void {
  const indent = indentOf(writer);
  change(indent);
  if (writer.writing.layout.indent !== undefined) indentTo(writer, indent.sign.repeat(indent.count));
}

export const textWriterDescription: TypeDescription = {
  name: 'System.Xml.XmlTextWriter',
  kind: 'class',
  base: 'System.Xml.XmlWriter',
  constructors: [
    {
      signature: 'System.Xml.XmlTextWriter new(System.IO.Stream w, System.Text.Encoding encoding)',
      invoke: (_self, [stream, encoding], context) =>
        new XmlWriterObject(targetOf(stream, encodingOr(encoding), context), textWriting),
    },
    {
      signature: 'System.Xml.XmlTextWriter new(string filename, System.Text.Encoding encoding)',
      invoke: (_self, [file, encoding], context) =>
        new XmlWriterObject(targetOf(file, encodingOr(encoding), context), textWriting),
    },
    {
      signature: 'System.Xml.XmlTextWriter new(System.IO.TextWriter w)',
      invoke: (_self, [writer], context) =>
        new XmlWriterObject(targetOf(writer, utf8WithoutPreamble, context), textWriting),
    },
  ],
  properties: {
    Formatting: {
      type: 'System.Xml.Formatting',
      get: (value) => enumOf('System.Xml.Formatting', self(value).writing.layout.indent === undefined ? 0 : 1),
      set: (value, formatting) => {
        const { sign, count } = indentOf(self(value));
        indentTo(self(value), enumNumber(formatting) === 1 ? sign.repeat(count) : undefined);
      },
    },
    Indentation: {
      type: 'int',
      get: (value) => indentOf(self(value)).count,
      set: (value, count) =>
        changeIndent(self(value), (indent) => {
          indent.count = int(count);
        }),
    },
    IndentChar: {
      type: 'char',
      get: (value, context) => context.convert(indentOf(self(value)).sign, namedType('System.Char')),
      set: (value, sign) =>
        changeIndent(self(value), (indent) => {
          indent.sign = String.fromCharCode(charCode(sign));
        }),
    },
  },
};

function encodingOr(value: Value): Encoding {
  return value instanceof Encoding ? value : utf8WithoutPreamble;
}
