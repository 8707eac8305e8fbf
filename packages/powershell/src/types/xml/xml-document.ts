import { baseOf } from '../../conversion/base.ts';
import { netFailure } from '../../errors/raise.ts';
import { EnumValue } from '../../values/enum.ts';
import { bool, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import type { CallContext, Overload, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { nameTable } from './namespace-manager.ts';
import { byTagName, kindOfNode } from './node-kinds.ts';
import { documentReading, readXml } from './read-xml.ts';
import { selfNode as self } from './xml-adapter.ts';
import { declarationOf } from './xml-declaration.ts';
import { xmlFailure } from './xml-failure.ts';
import { checkName } from './xml-names.ts';
import { nodeTypes, type XmlKind, XmlNode } from './xml-node.ts';
import { XmlReaderObject } from './xml-reader-object.ts';
import { readSource } from './xml-source.ts';
import { saveMethods } from './xml-targets.ts';

/** Replaces a document's content with what was read. */
function load(document: XmlNode, markup: string, context: CallContext): undefined {
  const { budget } = sessionOf(context);
  budget.reserve(markup.length * 2);
  if (markup === '') throw xmlFailure('Root element is missing.');
  const read = new XmlNode('document', '');
  readXml(markup, read, documentReading(document.preservesSpace, budget));
  return take(document, read);
}

/** Moves what stands in one document into another that belongs to nobody else. */
export function take(document: XmlNode, read: XmlNode): undefined {
  document.clear();
  for (const below of read.descendants()) {
    below.owner = document;
    for (const attribute of below.attributes) attribute.owner = document;
  }
  for (const child of [...read.children]) document.append(child);
  return undefined;
}

function made(document: Value, kind: XmlKind, name: string, value = '', uri = ''): XmlNode {
  const node = self(document).made(kind, name, value, uri);
  node.isEmptyTag = kind === 'element';
  return node;
}

/** `CreateElement` and `CreateAttribute`. */
function creatingNamed(method: string, kind: 'element' | 'attribute', returns: string): readonly Overload[] {
  const start = `System.Xml.${returns} ${method}`;
  const create = (document: Value, prefix: string, name: string, uri: string): XmlNode => {
    const checked = checkName(name, kind);
    return made(document, kind, prefix === '' ? checked : `${prefix}:${checked}`, '', uri);
  };
  return [
    {
      signature: `${start}(string name)`,
      invoke: (document, [name]) => create(document, '', text(name), ''),
    },
    {
      signature: `${start}(string qualifiedName, string namespaceURI)`,
      invoke: (document, [name, uri]) => create(document, '', text(name), text(uri)),
    },
    {
      signature: `${start}(string prefix, string localName, string namespaceURI)`,
      invoke: (document, [prefix, name, uri]) => create(document, text(prefix), text(name), text(uri)),
    },
  ];
}

function creatingText(method: string, kind: XmlKind, returns: string): readonly Overload[] {
  return [
    {
      signature: `System.Xml.${returns} ${method}(string text)`,
      invoke: (document, [content]) => {
        return made(document, kind, '', text(content));
      },
    },
  ];
}

const kindsByNumber = new Map(Object.entries(nodeTypes).map(([kind, number]) => [number, kind]));

function createNode(document: Value, type: Value, prefix: string, name: string, uri: string): XmlNode {
  const named = typeof type === 'string' ? type.toLowerCase() : undefined;
  const number = type instanceof EnumValue ? Number(type.value) : undefined;
  const kind = Object.keys(nodeTypes).find(
    (one): one is XmlKind => one === named || kindsByNumber.get(number ?? -1) === one,
  );
  if (kind === undefined) {
    throw netFailure('System.ArgumentException', `'${named ?? ''}' does not represent any 'XmlNodeType'.`);
  }
  const checked = kind === 'element' || kind === 'attribute' ? checkName(name, kind) : name;
  return made(document, kind, prefix === '' ? checked : `${prefix}:${checked}`, '', uri);
}

const creatingNodes: Readonly<Record<string, readonly Overload[]>> = {
  CreateAttribute: creatingNamed('CreateAttribute', 'attribute', 'XmlAttribute'),
  CreateCDataSection: creatingText('CreateCDataSection', 'cdata', 'XmlCDataSection'),
  CreateComment: creatingText('CreateComment', 'comment', 'XmlComment'),
  CreateDocumentFragment: [
    {
      signature: 'System.Xml.XmlDocumentFragment CreateDocumentFragment()',
      invoke: (document) => made(document, 'fragment', ''),
    },
  ],
  CreateElement: creatingNamed('CreateElement', 'element', 'XmlElement'),
  CreateNode: [
    {
      signature: 'System.Xml.XmlNode CreateNode(System.Xml.XmlNodeType type, string name, string namespaceURI)',
      invoke: (document, [type, name, uri]) => createNode(document, type, '', text(name), text(uri)),
    },
    {
      signature: 'System.Xml.XmlNode CreateNode(string nodeTypeString, string name, string namespaceURI)',
      invoke: (document, [type, name, uri]) => createNode(document, type, '', text(name), text(uri)),
    },
    {
      signature:
        'System.Xml.XmlNode CreateNode(System.Xml.XmlNodeType type, string prefix, string name, string namespaceURI)',
      invoke: (document, [type, prefix, name, uri]) => createNode(document, type, text(prefix), text(name), text(uri)),
    },
  ],
  CreateProcessingInstruction: [
    {
      signature: 'System.Xml.XmlProcessingInstruction CreateProcessingInstruction(string target, string data)',
      invoke: (document, [target, data]) => made(document, 'instruction', text(target), text(data)),
    },
  ],
  CreateSignificantWhitespace: creatingText(
    'CreateSignificantWhitespace',
    'significantWhitespace',
    'XmlSignificantWhitespace',
  ),
  CreateTextNode: creatingText('CreateTextNode', 'text', 'XmlText'),
  CreateWhitespace: creatingText('CreateWhitespace', 'whitespace', 'XmlWhitespace'),
  CreateXmlDeclaration: [
    {
      signature: 'System.Xml.XmlDeclaration CreateXmlDeclaration(string version, string encoding, string standalone)',
      invoke: (document, [version, encoding, standalone]) =>
        made(document, 'declaration', 'xml', declarationOf(text(version), text(encoding), text(standalone))),
    },
  ],
};

function importNode(document: XmlNode, node: XmlNode, deep: boolean): XmlNode {
  if (node.kind === 'document') {
    throw netFailure('System.InvalidOperationException', "Cannot import nodes of type 'Document'.");
  }
  const copy = node.clone(deep, document);
  if (!deep && copy.kind === 'element') copy.isEmptyTag = true;
  return copy;
}

export const documentDescription: TypeDescription = kindOfNode('XmlDocument', 'XmlNode', {
  properties: {
    DocumentElement: { type: 'System.Xml.XmlElement', get: (value) => self(value).documentElement ?? null },
    DocumentType: {
      type: 'System.Xml.XmlDocumentType',
      get: (value) => self(value).children.find((child) => child.kind === 'doctype') ?? null,
    },
    PreserveWhitespace: {
      type: 'bool',
      get: (value) => self(value).preservesSpace,
      set: (value, on) => {
        self(value).preservesSpace = bool(on);
      },
    },
    NameTable: { type: 'System.Xml.XmlNameTable', get: () => nameTable },
  },
  methods: {
    ...byTagName,
    ...creatingNodes,
    ...saveMethods,
    GetElementById: [
      {
        // Attributes are IDs only where a document type says so, which none is read for.
        signature: 'System.Xml.XmlElement GetElementById(string elementId)',
        invoke: () => null,
      },
    ],
    ImportNode: [
      {
        signature: 'System.Xml.XmlNode ImportNode(System.Xml.XmlNode node, bool deep)',
        invoke: (value, [node, deep]) => importNode(self(value), self(node), bool(deep)),
      },
    ],
    Load: [
      'string filename',
      'System.IO.Stream inStream',
      'System.IO.TextReader txtReader',
      'System.Xml.XmlReader reader',
    ].map((parameter) => ({
      signature: `void Load(${parameter})`,
      invoke: (value, [source], context) => {
        const base = baseOf(source);
        if (base instanceof XmlReaderObject) return take(self(value), base.document(self(value).preservesSpace));
        return load(self(value), readSource(base, context), context);
      },
    })),
    LoadXml: [
      {
        signature: 'void LoadXml(string xml)',
        invoke: (value, [markup], context) => load(self(value), text(markup), context),
      },
    ],
  },
  more: {
    accelerators: ['xml'],
    constructors: [{ signature: 'xml new()', invoke: () => new XmlNode('document', '') }],
    parse: (markup, context) => castDocument(markup, context),
  },
});

/** The most characters that entities of a document may grow to where PowerShell reads it for a script. */
export const castEntityCharacters = 1024;

/** `[xml]'…'` */
function castDocument(markup: string, context: CallContext): XmlNode {
  const { budget } = sessionOf(context);
  budget.reserve(markup.length * 2);
  const document = new XmlNode('document', '');
  readXml(markup, document, {
    conformance: 'auto',
    space: false,
    entityCharacters: castEntityCharacters,
    budget,
  });
  return document;
}
