import { netFailure } from '../../errors/raise.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumeration, enumOf } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, Overload, Property, TypeDescription } from '../net-type.ts';
import { createReader } from './reader-settings.ts';
import { innerXml, outerXml } from './write-xml.ts';
import { nodeTypes, type XmlNode } from './xml-node.ts';
import { XmlReaderObject } from './xml-reader-object.ts';

const self = (value: Value): XmlReaderObject => as(value, XmlReaderObject);
const nodeOf = (value: Value): XmlNode | undefined => self(value).node;
const valueKinds = new Set([
  'text',
  'cdata',
  'comment',
  'instruction',
  'attribute',
  'whitespace',
  'significantWhitespace',
  'declaration',
  'doctype',
]);
const named = new Set(['element', 'attribute', 'instruction', 'declaration', 'doctype']);

function nodeName(value: Value): string {
  const node = nodeOf(value);
  return node !== undefined && named.has(node.kind) ? node.name : '';
}

function nodeNumber(reader: XmlReaderObject): number {
  const { node } = reader;
  if (node === undefined) return 0;
  return reader.isOnEnd ? 15 : nodeTypes[node.kind];
}

const states = { initial: 0, interactive: 1, endOfFile: 3, closed: 4 };

const properties: Readonly<Record<string, Property>> = {
  AttributeCount: { type: 'int', get: (value) => self(value).element?.attributes.length ?? 0 },
  BaseURI: { type: 'string', get: () => '' },
  Depth: { type: 'int', get: (value) => self(value).depth },
  EOF: { type: 'bool', get: (value) => self(value).isBehind },
  HasAttributes: { type: 'bool', get: (value) => (self(value).element?.attributes.length ?? 0) > 0 },
  HasValue: { type: 'bool', get: (value) => valueKinds.has(nodeOf(value)?.kind ?? '') },
  IsEmptyElement: { type: 'bool', get: (value) => !self(value).isOnEnd && nodeOf(value)?.isEmptyTag === true },
  LocalName: {
    type: 'string',
    get: (value) => (named.has(nodeOf(value)?.kind ?? '') ? (nodeOf(value)?.localName ?? '') : ''),
  },
  Name: { type: 'string', get: nodeName },
  NamespaceURI: { type: 'string', get: (value) => nodeOf(value)?.namespaceUri ?? '' },
  NodeType: {
    type: 'System.Xml.XmlNodeType',
    get: (value) => enumOf('System.Xml.XmlNodeType', nodeNumber(self(value))),
  },
  Prefix: { type: 'string', get: (value) => nodeOf(value)?.prefix ?? '' },
  ReadState: {
    type: 'System.Xml.ReadState',
    get: (value) => {
      const reader = self(value);
      const state = reader.isClosed
        ? 'closed'
        : reader.isBehind
          ? 'endOfFile'
          : reader.isStarted
            ? 'interactive'
            : 'initial';
      return enumOf('System.Xml.ReadState', states[state]);
    },
  },
  Value: {
    type: 'string',
    get: (value) => {
      const node = nodeOf(value);
      if (node === undefined || !valueKinds.has(node.kind)) return '';
      return node.kind === 'doctype' ? node.value.replace(/^[^[]*\[/, '').replace(/\]$/, '') : node.value;
    },
  },
};

function call(
  signature: string,
  run: (reader: XmlReaderObject, args: readonly Value[], context: CallContext) => Value,
): Overload {
  return { signature, invoke: (value, args, context) => run(self(value), args, context) };
}

function attributeAt(reader: XmlReaderObject, index: number): XmlNode {
  const attributes = reader.element?.attributes ?? [];
  const found = attributes[index];
  if (found !== undefined) return found;
  throw netFailure('System.ArgumentOutOfRangeException', `i ('${index}') must be less than '${attributes.length}'.`, {
    parameter: 'i',
  });
}

function moveTo(reader: XmlReaderObject, attribute: XmlNode | undefined): boolean {
  if (attribute !== undefined) reader.attribute = attribute;
  return attribute !== undefined;
}

function fitting(name: Value, uri: Value): (node: XmlNode) => boolean {
  return uri === undefined
    ? (node) => node.name === text(name)
    : (node) => node.localName === text(name) && node.namespaceUri === text(uri);
}

function readToSibling(reader: XmlReaderObject, fits: (node: XmlNode) => boolean): boolean {
  while (reader.skip()) {
    if (reader.isOnEnd) return false;
    if (reader.element !== undefined && fits(reader.element)) return true;
  }
  return false;
}

function readToDescendant(reader: XmlReaderObject, fits: (node: XmlNode) => boolean): boolean {
  const around = reader.place?.node;
  if (reader.isOnEnd || around?.isEmptyTag === true) return false;
  while (reader.read()) {
    if (reader.isOnEnd && reader.place?.node === around) return false;
    if (reader.element !== undefined && fits(reader.element)) return true;
  }
  return false;
}

function byName(
  name: string,
  run: (reader: XmlReaderObject, fits: (node: XmlNode) => boolean) => boolean,
): readonly Overload[] {
  return [
    call(`bool ${name}(string name)`, (reader, [given]) => run(reader, fitting(given, undefined))),
    call(`bool ${name}(string localName, string namespaceURI)`, (reader, [given, uri]) =>
      run(reader, fitting(given, uri)),
    ),
  ];
}

function markupOf(reader: XmlReaderObject, write: (node: XmlNode) => string): string {
  const { node } = reader;
  if (reader.attribute !== undefined) return node === undefined ? '' : write(node);
  const markup = reader.element === undefined ? '' : write(reader.element);
  reader.skip();
  return markup;
}

function numberText(type: string): readonly Overload[] {
  return [
    call(`System.${type} ReadElementContentAs${typeWords[type]}()`, (reader, _args, context) =>
      context.convert(reader.elementText(undefined).trim(), namedType(`System.${type}`)),
    ),
  ];
}

const typeWords: Readonly<Record<string, string>> = {
  Int32: 'Int',
  Int64: 'Long',
  Double: 'Double',
  Decimal: 'Decimal',
};

function endElement(reader: XmlReaderObject): undefined {
  reader.moveToContent();
  if (!reader.isOnEnd) throw netFailure('System.Xml.XmlException', "'Element' is an invalid XmlNodeType.");
  reader.read();
  return undefined;
}

const methods: Readonly<Record<string, readonly Overload[]>> = {
  Close: [call('void Close()', (reader) => close(reader))],
  Dispose: [call('void Dispose()', (reader) => close(reader))],
  GetAttribute: [
    call('string GetAttribute(string name)', (reader, [name]) => reader.element?.attribute(text(name))?.value ?? null),
    call(
      'string GetAttribute(string name, string namespaceURI)',
      (reader, [name, uri]) => reader.element?.attributeOf(text(name), text(uri))?.value ?? null,
    ),
    call('string GetAttribute(int i)', (reader, [index]) => attributeAt(reader, int(index)).value),
  ],
  IsStartElement: [
    call('bool IsStartElement()', (reader) => {
      reader.moveToContent();
      return reader.element !== undefined;
    }),
    call('bool IsStartElement(string name)', (reader, [name]) => {
      reader.moveToContent();
      return reader.element?.name === text(name);
    }),
  ],
  MoveToAttribute: [
    call('bool MoveToAttribute(string name)', (reader, [name]) =>
      moveTo(reader, reader.element?.attribute(text(name))),
    ),
    call('void MoveToAttribute(int i)', (reader, [index]) => {
      moveTo(reader, attributeAt(reader, int(index)));
      return undefined;
    }),
  ],
  MoveToContent: [
    call('System.Xml.XmlNodeType MoveToContent()', (reader) => {
      reader.moveToContent();
      return enumOf('System.Xml.XmlNodeType', nodeNumber(reader));
    }),
  ],
  MoveToElement: [
    call('bool MoveToElement()', (reader) => {
      const isMoved = reader.attribute !== undefined;
      reader.attribute = undefined;
      return isMoved;
    }),
  ],
  MoveToFirstAttribute: [
    call('bool MoveToFirstAttribute()', (reader) => moveTo(reader, reader.element?.attributes[0])),
  ],
  MoveToNextAttribute: [
    call('bool MoveToNextAttribute()', (reader) => {
      const at = reader.attribute === undefined ? 0 : reader.attribute.place + 1;
      return moveTo(reader, reader.element?.attributes[at]);
    }),
  ],
  Read: [call('bool Read()', (reader) => reader.read())],
  ReadElementContentAsBoolean: [
    call('bool ReadElementContentAsBoolean()', (reader) => /^\s*(?:true|1)\s*$/.test(reader.elementText(undefined))),
  ],
  ReadElementContentAsDecimal: numberText('Decimal'),
  ReadElementContentAsDouble: numberText('Double'),
  ReadElementContentAsInt: numberText('Int32'),
  ReadElementContentAsLong: numberText('Int64'),
  ReadElementContentAsString: [call('string ReadElementContentAsString()', (reader) => reader.elementText(undefined))],
  ReadElementString: [
    call('string ReadElementString()', (reader) => reader.elementText(undefined)),
    call('string ReadElementString(string name)', (reader, [name]) => reader.elementText(text(name))),
  ],
  ReadEndElement: [call('void ReadEndElement()', endElement)],
  ReadInnerXml: [call('string ReadInnerXml()', (reader) => markupOf(reader, innerXml))],
  ReadOuterXml: [call('string ReadOuterXml()', (reader) => markupOf(reader, outerXml))],
  ReadStartElement: [
    call('void ReadStartElement()', (reader) => {
      reader.startTag(undefined);
      reader.read();
      return undefined;
    }),
    call('void ReadStartElement(string name)', (reader, [name]) => {
      reader.startTag(text(name));
      reader.read();
      return undefined;
    }),
  ],
  ReadToDescendant: byName('ReadToDescendant', readToDescendant),
  ReadToFollowing: byName('ReadToFollowing', (reader, fits) => reader.readTo(fits)),
  ReadToNextSibling: byName('ReadToNextSibling', readToSibling),
  Skip: [
    call('void Skip()', (reader) => {
      reader.skip();
      return undefined;
    }),
  ],
};

function close(reader: XmlReaderObject): undefined {
  reader.isClosed = true;
  return undefined;
}

const sources = ['string inputUri', 'System.IO.Stream input', 'System.IO.TextReader input'];

export const readerDescriptions: readonly TypeDescription[] = [
  {
    name: 'System.Xml.XmlReader',
    kind: 'class',
    isAbstract: true,
    interfaces: ['System.IDisposable'],
    properties,
    staticMethods: {
      Create: sources.flatMap((source) => [
        {
          signature: `static System.Xml.XmlReader Create(${source})`,
          invoke: (_self: Value, [from]: readonly Value[], context: CallContext) => createReader(from, null, context),
        },
        {
          signature: `static System.Xml.XmlReader Create(${source}, System.Xml.XmlReaderSettings settings)`,
          invoke: (_self: Value, [from, given]: readonly Value[], context: CallContext) =>
            createReader(from, given, context),
        },
      ]),
    },
    methods,
    indexer: {
      get: [
        call('string Item(string name)', (reader, [name]) => reader.element?.attribute(text(name))?.value ?? null),
        call('string Item(int i)', (reader, [index]) => attributeAt(reader, int(index)).value),
      ],
      set: [],
    },
  },
  { name: 'System.Xml.XmlTextReaderImpl', kind: 'class', base: 'System.Xml.XmlReader' },
  enumeration('System.Xml.DtdProcessing', ['Prohibit', 'Ignore', 'Parse']),
  enumeration('System.Xml.ReadState', ['Initial', 'Interactive', 'Error', 'EndOfFile', 'Closed']),
];
