import { netFailure } from '../../errors/raise.ts';
import { bool, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { plainEnumerator } from '../collections/enumerator.ts';
import { enumOf } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, Overload, Property, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { accessors, behindChildren } from './adapted-properties.ts';
import { documentOf, insertBeside, insertNode, nodeArgument, removeChild } from './insert-node.ts';
import { prefixesOf } from './namespace-manager.ts';
import { documentReading, readXml } from './read-xml.ts';
import { innerXml, outerXml } from './write-xml.ts';
import { selfNode as self, xmlAdapter } from './xml-adapter.ts';
import { nodeList, XmlNodeList } from './xml-lists.ts';
import { navigatorOf } from './xml-navigator.ts';
import { nodeTypes, type XmlNode } from './xml-node.ts';
import { writeToMethods } from './xml-targets.ts';
import { selectNodes } from './xpath.ts';

/** Reads markup in place of what a node holds. */
export function setInnerXml(node: XmlNode, markup: string, context: CallContext): void {
  const { budget } = sessionOf(context);
  budget.reserve(markup.length * 2);
  const content = node.made('fragment', '');
  content.parent = node.kind === 'document' ? undefined : node;
  if (node.kind === 'document') {
    node.clear();
    readXml(markup, node, documentReading(node.preservesSpace, budget));
    return;
  }
  readXml(markup, content, { ...documentReading(true, budget), conformance: 'fragment' });
  node.clear();
  node.insert(0, content);
}

function setInnerText(node: XmlNode, content: string): void {
  if (node.kind !== 'document') {
    node.setText(content);
    return;
  }
  throw netFailure(
    'System.InvalidOperationException',
    "The 'InnerText' of a 'Document' node is read-only and cannot be set.",
  );
}

const valueless = new Set(['element', 'document', 'fragment', 'doctype']);

const typeNamesOfNodes: Readonly<Record<string, string>> = {
  element: 'Element',
  document: 'Document',
  fragment: 'DocumentFragment',
  doctype: 'DocumentType',
};

function setValue(node: XmlNode, content: string): void {
  if (!valueless.has(node.kind)) node.setText(content);
  else {
    throw netFailure(
      'System.InvalidOperationException',
      `Cannot set a value on node type '${typeNamesOfNodes[node.kind]}'.`,
    );
  }
}

const plainProperties: Readonly<Record<string, Property>> = {
  Name: { type: 'string', get: (value) => self(value).name },
  LocalName: { type: 'string', get: (value) => self(value).localName },
  NamespaceURI: { type: 'string', get: (value) => self(value).namespaceUri },
  Prefix: {
    type: 'string',
    get: (value) => self(value).prefix,
    set: (value, prefix) => {
      self(value).prefix = text(prefix);
    },
  },
  NodeType: {
    type: 'System.Xml.XmlNodeType',
    get: (value) => enumOf('System.Xml.XmlNodeType', nodeTypes[self(value).kind]),
  },
  ParentNode: {
    type: 'System.Xml.XmlNode',
    get: (value) => (self(value).kind === 'attribute' ? null : (self(value).parent ?? null)),
  },
  OwnerDocument: {
    type: 'System.Xml.XmlDocument',
    get: (value) => (self(value).kind === 'document' ? null : (documentOf(self(value)) ?? null)),
  },
  Attributes: {
    type: 'System.Xml.XmlAttributeCollection',
    get: (value) =>
      self(value).kind === 'element'
        ? new XmlNodeList(namedType('System.Xml.XmlAttributeCollection'), () => self(value).attributes, self(value))
        : null,
  },
  InnerXml: {
    type: 'string',
    get: (value) => innerXml(self(value)),
    set: (value, markup, context) => setInnerXml(self(value), text(markup), context),
  },
  InnerText: {
    type: 'string',
    get: (value) => (self(value).kind === 'document' ? null : self(value).textBelow),
    set: (value, content) => setInnerText(self(value), text(content)),
  },
  NextSibling: { type: 'System.Xml.XmlNode', get: (value) => self(value).nextSibling ?? null },
  PreviousSibling: { type: 'System.Xml.XmlNode', get: (value) => self(value).previousSibling ?? null },
  Value: {
    type: 'string',
    get: (value) => (valueless.has(self(value).kind) ? null : self(value).value),
    set: (value, content) => setValue(self(value), text(content)),
  },
  ChildNodes: {
    type: 'System.Xml.XmlNodeList',
    get: (value) => nodeList('XmlChildNodes', () => self(value).children),
  },
  FirstChild: { type: 'System.Xml.XmlNode', get: (value) => self(value).children[0] ?? null },
  LastChild: { type: 'System.Xml.XmlNode', get: (value) => self(value).children.at(-1) ?? null },
  HasChildNodes: {
    type: 'bool',
    get: (value) => self(value).children.length > 0 || (self(value).kind === 'attribute' && self(value).value !== ''),
  },
  IsReadOnly: { type: 'bool', get: () => false },
  OuterXml: { type: 'string', get: (value) => outerXml(self(value)) },
  BaseURI: { type: 'string', get: () => '' },
};

function selecting(one: boolean): readonly Overload[] {
  const name = one ? 'SelectSingleNode' : 'SelectNodes';
  const returns = one ? 'System.Xml.XmlNode' : 'System.Xml.XmlNodeList';
  const run = (value: Value, path: Value, manager: Value, context: CallContext): Value => {
    const found = selectNodes(self(value), text(path), prefixesOf(manager), sessionOf(context).budget);
    return one ? (found[0] ?? null) : nodeList('XPathNodeList', () => found);
  };
  return [
    {
      signature: `${returns} ${name}(string xpath)`,
      invoke: (value, [path], context) => run(value, path, null, context),
    },
    {
      signature: `${returns} ${name}(string xpath, System.Xml.XmlNamespaceManager nsmgr)`,
      invoke: (value, [path, manager], context) => run(value, path, manager, context),
    },
  ];
}

/** Joins texts that stand side by side, all the way down. */
function normalize(node: XmlNode): undefined {
  for (const one of [node, ...node.descendants()]) {
    for (const child of [...one.children]) {
      if (child.kind !== 'text') continue;
      const before = child.previousSibling;
      if (before?.kind !== 'text') continue;
      before.value += child.value;
      child.remove();
    }
  }
  return undefined;
}

function prefixOfNamespace(node: XmlNode, uri: string): string {
  for (let one: XmlNode | undefined = node; one !== undefined; one = one.parent) {
    const declared = one.attributes.find((attribute) => attribute.isDeclaration && attribute.value === uri);
    if (declared !== undefined) return declared.declaredPrefix;
  }
  return '';
}

const nodeMethods: Readonly<Record<string, readonly Overload[]>> = {
  AppendChild: [
    {
      signature: 'System.Xml.XmlNode AppendChild(System.Xml.XmlNode newChild)',
      invoke: (value, [child]) => insertNode(self(value), nodeArgument(child), self(value).children.length),
    },
  ],
  Clone: [{ signature: 'System.Xml.XmlNode Clone()', invoke: (value) => self(value).clone(true) }],
  CloneNode: [
    {
      signature: 'System.Xml.XmlNode CloneNode(bool deep)',
      invoke: (value, [deep]) => self(value).clone(bool(deep)),
    },
  ],
  CreateNavigator: [
    {
      signature: 'System.Xml.XPath.XPathNavigator CreateNavigator()',
      invoke: (value) => navigatorOf(self(value)),
    },
  ],
  GetEnumerator: [
    {
      signature: 'System.Collections.IEnumerator GetEnumerator()',
      invoke: (value) => plainEnumerator(() => self(value).children.values()),
    },
  ],
  GetNamespaceOfPrefix: [
    {
      signature: 'string GetNamespaceOfPrefix(string prefix)',
      invoke: (value, [prefix]) => self(value).resolvePrefix(text(prefix)) ?? '',
    },
  ],
  GetPrefixOfNamespace: [
    {
      signature: 'string GetPrefixOfNamespace(string namespaceURI)',
      invoke: (value, [uri]) => prefixOfNamespace(self(value), text(uri)),
    },
  ],
  InsertAfter: [
    {
      signature: 'System.Xml.XmlNode InsertAfter(System.Xml.XmlNode newChild, System.Xml.XmlNode refChild)',
      invoke: (value, [added, beside]) => insertBeside(self(value), added, beside, 1),
    },
  ],
  InsertBefore: [
    {
      signature: 'System.Xml.XmlNode InsertBefore(System.Xml.XmlNode newChild, System.Xml.XmlNode refChild)',
      invoke: (value, [added, beside]) => insertBeside(self(value), added, beside, 0),
    },
  ],
  Normalize: [{ signature: 'void Normalize()', invoke: (value) => normalize(self(value)) }],
  PrependChild: [
    {
      signature: 'System.Xml.XmlNode PrependChild(System.Xml.XmlNode newChild)',
      invoke: (value, [child]) => insertNode(self(value), nodeArgument(child), 0),
    },
  ],
  RemoveAll: [
    {
      signature: 'void RemoveAll()',
      invoke: (value) => {
        const node = self(value);
        node.clear();
        for (const attribute of node.attributes) attribute.parent = undefined;
        node.attributes.length = 0;
        return undefined;
      },
    },
  ],
  RemoveChild: [
    {
      signature: 'System.Xml.XmlNode RemoveChild(System.Xml.XmlNode oldChild)',
      invoke: (value, [child]) => removeChild(self(value), nodeArgument(child)),
    },
  ],
  ReplaceChild: [
    {
      signature: 'System.Xml.XmlNode ReplaceChild(System.Xml.XmlNode newChild, System.Xml.XmlNode oldChild)',
      invoke: (value, [added, old]) => {
        const place = nodeArgument(old);
        const next = place.nextSibling ?? null;
        removeChild(self(value), place);
        insertBeside(self(value), added, next === added ? null : next, 0);
        return old;
      },
    },
  ],
  SelectNodes: selecting(false),
  SelectSingleNode: selecting(true),
  ...writeToMethods,
  // PowerShell's own; in text, a node says its type.
  ToString: [{ signature: 'string ToString()', invoke: (value) => self(value).localName }],
};

export const nodeDescription: TypeDescription = {
  name: 'System.Xml.XmlNode',
  kind: 'class',
  isAbstract: true,
  interfaces: ['System.ICloneable', 'System.Collections.IEnumerable'],
  properties: behindChildren(plainProperties),
  methods: { ...nodeMethods, ...accessors(plainProperties) },
  indexer: {
    get: [
      {
        signature: 'System.Xml.XmlElement Item(string name)',
        invoke: (value, [name]) =>
          self(value).children.find((child) => child.kind === 'element' && child.name === text(name)) ?? null,
      },
      {
        signature: 'System.Xml.XmlElement Item(string localname, string ns)',
        invoke: (value, [name, uri]) =>
          self(value).children.find(
            (child) => child.kind === 'element' && child.localName === text(name) && child.namespaceUri === text(uri),
          ) ?? null,
      },
    ],
    set: [],
  },
  adapter: xmlAdapter,
};
