import { posix } from 'node:path';
import { netFailure } from '../../errors/raise.ts';
import { as, bool, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { decodeFile } from '../io/file.ts';
import { absolutePath } from '../io/path.ts';
import type { Overload, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { utf8WithoutPreamble } from '../text/encoding.ts';
import { behindChildren } from './behind-children.ts';
import { byTagName, derived } from './node-kinds.ts';
import { parseXml } from './parse-xml.ts';
import { indentedXml, outerXml } from './write-xml.ts';
import { type XmlKind, XmlNode } from './xml-node.ts';

const self = (value: Value): XmlNode => as(value, XmlNode);

/** Replaces a document's content with what was read. */
function load(document: XmlNode, markup: string): undefined {
  const read = parseXml(markup, document.preservesSpace);
  for (const child of [...document.children]) child.remove();
  for (const child of [...read.children]) document.append(child);
  return undefined;
}

function creating(name: string, kind: XmlKind, returns: string): readonly Overload[] {
  const hasName = kind === 'element' || kind === 'attribute';
  return [
    {
      signature: `System.Xml.${returns} ${name}(string ${hasName ? 'name' : 'text'})`,
      invoke: (_value, [given]) => {
        const node = hasName ? new XmlNode(kind, text(given)) : new XmlNode(kind, '', text(given));
        node.isEmptyTag = kind === 'element';
        return node;
      },
    },
    ...(hasName
      ? [
          {
            signature: `System.Xml.${returns} ${name}(string qualifiedName, string namespaceURI)`,
            invoke: (_value: Value, [given, uri]: readonly Value[]) => {
              const node = new XmlNode(kind, text(given));
              node.isEmptyTag = kind === 'element';
              if (kind === 'element' && text(uri) !== '') {
                node.setAttribute(node.prefix === '' ? 'xmlns' : `xmlns:${node.prefix}`, text(uri));
              }
              return node;
            },
          },
        ]
      : []),
  ];
}

export const documentDescription: TypeDescription = derived('XmlDocument', {
  accelerators: ['xml'],
  constructors: [{ signature: 'xml new()', invoke: () => new XmlNode('document', '') }],
  properties: {
    ...behindChildren({
      DocumentElement: { type: 'System.Xml.XmlElement', get: (value) => self(value).documentElement ?? null },
    }),
    PreserveWhitespace: {
      type: 'bool',
      get: (value) => self(value).preservesSpace,
      set: (value, on) => {
        self(value).preservesSpace = bool(on);
      },
    },
    NameTable: { type: 'System.Xml.XmlNameTable', get: (value) => value },
  },
  methods: {
    ...byTagName,
    CreateAttribute: creating('CreateAttribute', 'attribute', 'XmlAttribute'),
    CreateCDataSection: creating('CreateCDataSection', 'cdata', 'XmlCDataSection'),
    CreateComment: creating('CreateComment', 'comment', 'XmlComment'),
    CreateElement: creating('CreateElement', 'element', 'XmlElement'),
    CreateTextNode: creating('CreateTextNode', 'text', 'XmlText'),
    CreateXmlDeclaration: [
      {
        signature: 'System.Xml.XmlDeclaration CreateXmlDeclaration(string version, string encoding, string standalone)',
        invoke: (_value, [version, encoding, standalone]) => {
          const parts = [`version="${text(version)}"`];
          if (text(encoding) !== '') parts.push(`encoding="${text(encoding)}"`);
          if (text(standalone) !== '') parts.push(`standalone="${text(standalone)}"`);
          return new XmlNode('declaration', 'xml', parts.join(' '));
        },
      },
    ],
    ImportNode: [
      {
        signature: 'System.Xml.XmlNode ImportNode(System.Xml.XmlNode node, bool deep)',
        invoke: (_value, [node, deep]) => self(node).clone(bool(deep)),
      },
    ],
    Load: [
      {
        signature: 'void Load(string filename)',
        invoke: (value, [file], context) => {
          const { world, location } = sessionOf(context);
          const path = absolutePath(file, location);
          if (world.files.stat(path) === undefined) {
            throw world.files.stat(posix.dirname(path)) === undefined
              ? netFailure('System.IO.DirectoryNotFoundException', `Could not find a part of the path '${path}'.`)
              : netFailure('System.IO.FileNotFoundException', `Could not find file '${path}'.`);
          }
          return load(self(value), decodeFile(world.files.readBytes(path), utf8WithoutPreamble));
        },
      },
    ],
    LoadXml: [
      {
        signature: 'void LoadXml(string xml)',
        invoke: (value, [markup]) => {
          if (text(markup) === '') throw netFailure('System.Xml.XmlException', 'Root element is missing.');
          return load(self(value), text(markup));
        },
      },
    ],
    Save: [
      {
        signature: 'void Save(string filename)',
        invoke: (value, [file], context) => {
          const { world, location } = sessionOf(context);
          const markup = self(value).preservesSpace ? outerXml(self(value)) : indentedXml(self(value));
          world.files.writeBytes(absolutePath(file, location), utf8WithoutPreamble.encode(markup), 'truncate');
          return undefined;
        },
      },
    ],
  },
  parse: (markup) => parseXml(markup),
});
