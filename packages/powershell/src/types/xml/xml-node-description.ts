import { netFailure } from '../../errors/raise.ts';
import { as, bool, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { plainEnumerator } from '../collections/enumerator.ts';
import { enumOf } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import type { Overload, Property, TypeDescription } from '../net-type.ts';
import { behindChildren } from './behind-children.ts';
import { prefixesOf } from './namespace-manager.ts';
import { parseXml, parseXmlFragment } from './parse-xml.ts';
import { innerXml, outerXml } from './write-xml.ts';
import { xmlAdapter } from './xml-adapter.ts';
import { nodeList, XmlNodeList } from './xml-lists.ts';
import { type XmlKind, XmlNode } from './xml-node.ts';
import { selectNodes } from './xpath.ts';

const self = (value: Value): XmlNode => as(value, XmlNode);

const nodeTypes: Readonly<Record<XmlKind, number>> = {
  element: 1,
  attribute: 2,
  text: 3,
  cdata: 4,
  instruction: 7,
  comment: 8,
  document: 9,
  fragment: 11,
  whitespace: 14,
  declaration: 17,
};

function sibling(node: XmlNode, step: 1 | -1): XmlNode | null {
  const siblings = node.parent?.children ?? [];
  const at = siblings.indexOf(node);
  return at === -1 ? null : (siblings[at + step] ?? null);
}

function setInnerXml(node: XmlNode, markup: string): void {
  for (const child of [...node.children]) child.remove();
  const content = node.kind === 'document' ? parseXml(markup) : parseXmlFragment(markup);
  for (const child of [...content.children]) node.append(child);
}

function insertBeside(parent: Value, added: Value, beside: Value, offset: 0 | 1): XmlNode {
  const node = self(parent);
  if (beside === null || beside === undefined) return node.insert(offset === 0 ? node.children.length : 0, self(added));
  const at = node.children.indexOf(self(beside));
  if (at === -1) throw netFailure('System.ArgumentException', 'The reference node is not a child of this node.');
  return node.insert(at + offset, self(added));
}

const nodeProperties: Readonly<Record<string, Property>> = behindChildren({
  Attributes: {
    type: 'System.Xml.XmlAttributeCollection',
    get: (value) =>
      self(value).kind === 'element'
        ? new XmlNodeList(namedType('System.Xml.XmlAttributeCollection'), () => self(value).attributes, self(value))
        : null,
  },
  ChildNodes: { type: 'System.Xml.XmlNodeList', get: (value) => nodeList(() => self(value).children) },
  FirstChild: { type: 'System.Xml.XmlNode', get: (value) => self(value).children[0] ?? null },
  HasChildNodes: { type: 'bool', get: (value) => self(value).children.length > 0 },
  InnerText: {
    type: 'string',
    get: (value) => self(value).textBelow,
    set: (value, content) => self(value).setText(text(content)),
  },
  InnerXml: {
    type: 'string',
    get: (value) => innerXml(self(value)),
    set: (value, markup) => setInnerXml(self(value), text(markup)),
  },
  LastChild: { type: 'System.Xml.XmlNode', get: (value) => self(value).children.at(-1) ?? null },
  LocalName: { type: 'string', get: (value) => self(value).localName },
  Name: { type: 'string', get: (value) => self(value).name },
  NamespaceURI: { type: 'string', get: (value) => self(value).namespaceUri },
  NextSibling: { type: 'System.Xml.XmlNode', get: (value) => sibling(self(value), 1) },
  NodeType: {
    type: 'System.Xml.XmlNodeType',
    get: (value) => enumOf('System.Xml.XmlNodeType', nodeTypes[self(value).kind]),
  },
  OuterXml: { type: 'string', get: (value) => outerXml(self(value)) },
  OwnerDocument: {
    type: 'System.Xml.XmlDocument',
    get: (value) => (self(value).root.kind === 'document' && self(value).kind !== 'document' ? self(value).root : null),
  },
  ParentNode: {
    type: 'System.Xml.XmlNode',
    get: (value) => (self(value).kind === 'attribute' ? null : (self(value).parent ?? null)),
  },
  Prefix: { type: 'string', get: (value) => self(value).prefix },
  PreviousSibling: { type: 'System.Xml.XmlNode', get: (value) => sibling(self(value), -1) },
  Value: {
    type: 'string',
    get: (value) => (['element', 'document', 'fragment'].includes(self(value).kind) ? null : self(value).value),
    set: (value, content) => {
      self(value).value = text(content);
    },
  },
});

function selecting(one: boolean): readonly Overload[] {
  const name = one ? 'SelectSingleNode' : 'SelectNodes';
  const returns = one ? 'System.Xml.XmlNode' : 'System.Xml.XmlNodeList';
  const run = (value: Value, path: Value, manager: Value): Value => {
    const found = selectNodes(self(value), text(path), prefixesOf(manager));
    return one ? (found[0] ?? null) : nodeList(() => found);
  };
  return [
    { signature: `${returns} ${name}(string xpath)`, invoke: (value, [path]) => run(value, path, null) },
    {
      signature: `${returns} ${name}(string xpath, System.Xml.XmlNamespaceManager nsmgr)`,
      invoke: (value, [path, manager]) => run(value, path, manager),
    },
  ];
}

const nodeMethods: Readonly<Record<string, readonly Overload[]>> = {
  AppendChild: [
    {
      signature: 'System.Xml.XmlNode AppendChild(System.Xml.XmlNode newChild)',
      invoke: (value, [child]) => self(value).append(self(child)),
    },
  ],
  Clone: [{ signature: 'System.Xml.XmlNode Clone()', invoke: (value) => self(value).clone(true) }],
  CloneNode: [
    {
      signature: 'System.Xml.XmlNode CloneNode(bool deep)',
      invoke: (value, [deep]) => self(value).clone(bool(deep)),
    },
  ],
  GetEnumerator: [
    {
      signature: 'System.Collections.IEnumerator GetEnumerator()',
      invoke: (value) => plainEnumerator(() => self(value).children.values()),
    },
  ],
  InsertAfter: [
    {
      signature: 'System.Xml.XmlNode InsertAfter(System.Xml.XmlNode newChild, System.Xml.XmlNode refChild)',
      invoke: (value, [added, beside]) => insertBeside(value, added, beside, 1),
    },
  ],
  InsertBefore: [
    {
      signature: 'System.Xml.XmlNode InsertBefore(System.Xml.XmlNode newChild, System.Xml.XmlNode refChild)',
      invoke: (value, [added, beside]) => insertBeside(value, added, beside, 0),
    },
  ],
  PrependChild: [
    {
      signature: 'System.Xml.XmlNode PrependChild(System.Xml.XmlNode newChild)',
      invoke: (value, [child]) => self(value).insert(0, self(child)),
    },
  ],
  RemoveAll: [
    {
      signature: 'void RemoveAll()',
      invoke: (value) => {
        for (const child of [...self(value).children, ...self(value).attributes]) child.remove();
        return undefined;
      },
    },
  ],
  RemoveChild: [
    {
      signature: 'System.Xml.XmlNode RemoveChild(System.Xml.XmlNode oldChild)',
      invoke: (value, [child]) => {
        if (self(child).parent !== self(value)) {
          throw netFailure('System.ArgumentException', 'The node to be removed is not a child of this node.');
        }
        self(child).remove();
        return child;
      },
    },
  ],
  ReplaceChild: [
    {
      signature: 'System.Xml.XmlNode ReplaceChild(System.Xml.XmlNode newChild, System.Xml.XmlNode oldChild)',
      invoke: (value, [added, old]) => {
        insertBeside(value, added, old, 0);
        self(old).remove();
        return old;
      },
    },
  ],
  SelectNodes: selecting(false),
  SelectSingleNode: selecting(true),
  // PowerShell's own; in text, a node says its type.
  ToString: [{ signature: 'string ToString()', invoke: (value) => self(value).localName }],
};

export const nodeDescription: TypeDescription = {
  name: 'System.Xml.XmlNode',
  kind: 'class',
  isAbstract: true,
  interfaces: ['System.ICloneable', 'System.Collections.IEnumerable'],
  properties: nodeProperties,
  methods: nodeMethods,
  adapter: xmlAdapter,
};
