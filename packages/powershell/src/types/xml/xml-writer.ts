import { enumText } from '../../conversion/enum-text.ts';
import { toNetText } from '../../conversion/text.ts';
import { netFailure } from '../../errors/raise.ts';
import { EnumValue } from '../../values/enum.ts';
import { as, bool, charCode, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumeration, enumOf } from '../enumeration.ts';
import type { CallContext, Overload, TypeDescription } from '../net-type.ts';
import { createWriter } from './writer-settings.ts';
import { named } from './xml-failure.ts';
import { xmlText } from './xml-text.ts';
import { XmlWriterObject } from './xml-writer-object.ts';

const outputs = [
  'string outputFileName',
  'System.IO.Stream output',
  'System.IO.TextWriter output',
  'System.Text.StringBuilder output',
];

const self = (value: Value): XmlWriterObject => as(value, XmlWriterObject);

function writing(signature: string, write: (writer: XmlWriterObject, args: readonly Value[]) => void): Overload {
  return {
    signature,
    invoke: (value, args) => {
      write(self(value), args);
      return undefined;
    },
  };
}

const badSign = /[[\p{Cc}--[\t\n\r\u007f-\u009f]]\ufffe\uffff]/v;

/** Checks a name as `XmlWriter.Create` does. Throws `NetFailure` (ArgumentException). */
function checked(name: string): string {
  if (name === '') throw netFailure('System.ArgumentException', "The empty string '' is not a valid local name.");
  const wrong = /[^\p{L}\p{N}\p{M}._·-]/u.exec(name)?.[0] ?? /^[^\p{L}_]/u.exec(name)?.[0];
  if (wrong === undefined) return name;
  const code = (wrong.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0');
  throw netFailure(
    'System.ArgumentException',
    `Invalid name character in '${name}'. The '${wrong}' character, hexadecimal value 0x${code}, cannot be included in a name.`,
  );
}

function checkedText(writer: XmlWriterObject, content: string): string {
  if (writer.writing.typeName === 'XmlTextWriter') return content;
  const wrong = badSign.exec(content)?.[0];
  if (wrong === undefined) return content;
  throw netFailure('System.ArgumentException', `${named(wrong)}, is an invalid character.`);
}

const nullable = (value: Value): string | undefined =>
  value === null || value === undefined ? undefined : text(value);

function startElement(writer: XmlWriterObject, prefix: Value, name: Value, uri: Value): void {
  const isPlain = writer.writing.typeName === 'XmlTextWriter';
  writer
    .started('StartElement')
    .output.startElement(nullable(prefix), isPlain ? text(name) : checked(text(name)), nullable(uri));
}

function content(writer: XmlWriterObject, given: string): void {
  if (writer.attribute !== undefined) {
    writer.attribute.value += given;
    return;
  }
  if (given === '' && writer.output.state === 'start') return;
  writer.started('Text').output.text(checkedText(writer, given));
}

function elementString(writer: XmlWriterObject, prefix: Value, name: Value, uri: Value, value: Value): void {
  startElement(writer, prefix, name, uri);
  if (text(value) !== '') writer.output.text(checkedText(writer, text(value)));
  writer.output.endElement();
}

function attributeString(writer: XmlWriterObject, prefix: Value, name: Value, uri: Value, value: Value): void {
  writer.started('StartAttribute').output.attribute(text(prefix), text(name), nullable(uri), text(value));
}

function writtenValue(given: Value, context: CallContext): string {
  return (
    xmlText(given, context) ??
    (given instanceof EnumValue ? enumText(given) : toNetText(given ?? '', undefined, context))
  );
}

const methods: Readonly<Record<string, readonly Overload[]>> = {
  Close: [writing('void Close()', (writer) => writer.close())],
  Dispose: [writing('void Dispose()', (writer) => writer.close())],
  Flush: [writing('void Flush()', (writer) => writer.flush())],
  LookupPrefix: [
    {
      signature: 'string LookupPrefix(string ns)',
      invoke: (value, [uri]) => self(value).output.lookupPrefix(text(uri)) ?? null,
    },
  ],
  WriteAttributeString: [
    writing('void WriteAttributeString(string localName, string value)', (writer, [name, value]) =>
      attributeString(writer, null, name, null, value),
    ),
    writing('void WriteAttributeString(string localName, string ns, string value)', (writer, [name, uri, value]) =>
      attributeString(writer, null, name, uri, value),
    ),
    writing(
      'void WriteAttributeString(string prefix, string localName, string ns, string value)',
      (writer, [prefix, name, uri, value]) => attributeString(writer, prefix, name, uri, value),
    ),
  ],
  WriteCData: [
    writing('void WriteCData(string text)', (writer, [value]) => writer.started('CData').output.cdata(text(value))),
  ],
  WriteComment: [
    writing('void WriteComment(string text)', (writer, [value]) => writer.started().output.comment(text(value))),
  ],
  WriteDocType: [
    writing(
      'void WriteDocType(string name, string pubid, string sysid, string subset)',
      (writer, [name, publicId, systemId, subset]) => {
        const external =
          nullable(publicId) !== undefined
            ? ` PUBLIC "${text(publicId)}" "${text(systemId)}"`
            : nullable(systemId) === undefined
              ? ''
              : ` SYSTEM "${text(systemId)}"`;
        const inner = nullable(subset) === undefined ? '' : `[${text(subset)}]`;
        writer.started().output.documentType(text(name), external + inner);
      },
    ),
  ],
  WriteElementString: [
    writing('void WriteElementString(string localName, string value)', (writer, [name, value]) =>
      elementString(writer, null, name, null, value),
    ),
    writing('void WriteElementString(string localName, string ns, string value)', (writer, [name, uri, value]) =>
      elementString(writer, null, name, uri, value),
    ),
    writing(
      'void WriteElementString(string prefix, string localName, string ns, string value)',
      (writer, [prefix, name, uri, value]) => elementString(writer, prefix, name, uri, value),
    ),
  ],
  WriteEndAttribute: [writing('void WriteEndAttribute()', (writer) => writer.endAttribute())],
  WriteEndDocument: [writing('void WriteEndDocument()', (writer) => writer.started().output.end())],
  WriteEndElement: [writing('void WriteEndElement()', (writer) => writer.started('EndElement').output.endElement())],
  WriteFullEndElement: [
    writing('void WriteFullEndElement()', (writer) => writer.started('EndElement').output.endElement(true)),
  ],
  WriteProcessingInstruction: [
    writing('void WriteProcessingInstruction(string name, string text)', (writer, [name, value]) =>
      text(name).toLowerCase() === 'xml'
        ? writer.output.declaration(text(value))
        : writer.started().output.instruction(text(name), text(value)),
    ),
  ],
  WriteRaw: [writing('void WriteRaw(string data)', (writer, [data]) => writer.started().output.raw(text(data)))],
  WriteStartAttribute: [
    writing('void WriteStartAttribute(string localName)', (writer, [name]) =>
      startAttribute(writer, undefined, name, undefined),
    ),
    writing('void WriteStartAttribute(string localName, string ns)', (writer, [name, uri]) =>
      startAttribute(writer, undefined, name, nullable(uri)),
    ),
    writing('void WriteStartAttribute(string prefix, string localName, string ns)', (writer, [prefix, name, uri]) =>
      startAttribute(writer, nullable(prefix), name, nullable(uri)),
    ),
  ],
  WriteStartDocument: [
    writing('void WriteStartDocument()', (writer) => writer.startDocument('')),
    writing('void WriteStartDocument(bool standalone)', (writer, [standalone]) =>
      writer.startDocument(bool(standalone) ? 'yes' : 'no'),
    ),
  ],
  WriteStartElement: [
    writing('void WriteStartElement(string localName)', (writer, [name]) => startElement(writer, null, name, null)),
    writing('void WriteStartElement(string localName, string ns)', (writer, [name, uri]) =>
      startElement(writer, null, name, uri),
    ),
    writing('void WriteStartElement(string prefix, string localName, string ns)', (writer, [prefix, name, uri]) =>
      startElement(writer, prefix, name, uri),
    ),
  ],
  WriteString: [writing('void WriteString(string text)', (writer, [value]) => content(writer, text(value)))],
  WriteValue: ['string', 'bool', 'datetime', 'double', 'int', 'long', 'decimal', 'System.Object'].map((type) => ({
    signature: `void WriteValue(${type} value)`,
    invoke: (writer, [value], context) => {
      content(self(writer), writtenValue(value, context));
      return undefined;
    },
  })),
  WriteCharEntity: [
    writing('void WriteCharEntity(char ch)', (writer, [sign]) =>
      writer.started('Text').output.raw(`&#x${charCode(sign).toString(16).toUpperCase()};`),
    ),
  ],
  WriteEntityRef: [
    writing('void WriteEntityRef(string name)', (writer, [name]) =>
      writer.started('Text').output.raw(`&${text(name)};`),
    ),
  ],
  WriteWhitespace: [
    writing('void WriteWhitespace(string ws)', (writer, [space]) => writer.started().output.raw(text(space))),
  ],
};

function startAttribute(
  writer: XmlWriterObject,
  prefix: string | undefined,
  name: Value,
  uri: string | undefined,
): void {
  writer.started('StartAttribute');
  writer.attribute = { prefix, localName: text(name), uri, value: '' };
}

const states = { start: 0, prolog: 1, element: 2, content: 4, epilog: 4 } as const;

const writerDescription: TypeDescription = {
  name: 'System.Xml.XmlWriter',
  kind: 'class',
  isAbstract: true,
  interfaces: ['System.IDisposable'],
  properties: {
    WriteState: {
      type: 'System.Xml.WriteState',
      get: (value) => enumOf('System.Xml.WriteState', self(value).isClosed ? 5 : states[self(value).output.state]),
    },
  },
  staticMethods: {
    Create: outputs.flatMap((output) => [
      {
        signature: `static System.Xml.XmlWriter Create(${output})`,
        invoke: (_self: Value, [target]: readonly Value[], context: CallContext) => createWriter(target, null, context),
      },
      {
        signature: `static System.Xml.XmlWriter Create(${output}, System.Xml.XmlWriterSettings settings)`,
        invoke: (_self: Value, [target, given]: readonly Value[], context: CallContext) =>
          createWriter(target, given, context),
      },
    ]),
  },
  methods,
};

export const writerDescriptions: readonly TypeDescription[] = [
  writerDescription,
  { name: 'System.Xml.XmlWellFormedWriter', kind: 'class', base: 'System.Xml.XmlWriter' },
  enumeration('System.Xml.Formatting', ['None', 'Indented']),
  enumeration('System.Xml.ConformanceLevel', ['Auto', 'Fragment', 'Document']),
  enumeration('System.Xml.WriteState', ['Start', 'Prolog', 'Element', 'Attribute', 'Content', 'Closed', 'Error']),
];
