import { posix } from 'node:path';
import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as, bool, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { EnumeratorObject, plainEnumerator } from '../collections/enumerator.ts';
import { enumeration, enumOf } from '../enumeration.ts';
import { namedType } from '../intrinsic.ts';
import { decodeFile } from '../io/file.ts';
import { absolutePath } from '../io/path.ts';
import type { NetType, Overload, Property, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { utf8WithoutPreamble } from '../text/encoding.ts';
import { parseXml, parseXmlFragment } from './parse-xml.ts';
import { indentedXml, innerXml, outerXml } from './write-xml.ts';
import { readNamed, xmlAdapter } from './xml-adapter.ts';
import { type XmlKind, XmlNode } from './xml-node.ts';
import { selectNodes } from './xpath.ts';

const self = (value: Value): XmlNode => as(value, XmlNode);

/** `XmlNodeList` and `XmlAttributeCollection`. */
export class XmlNodeList extends Instance {
  readonly type: NetType;
  readonly nodes: () => readonly XmlNode[];
  /** The element whose attributes they are. */
  readonly owner: XmlNode | undefined;
  constructor(type: NetType, nodes: () => readonly XmlNode[], owner?: XmlNode) {
    super();
    this.type = type;
    this.nodes = nodes;
    this.owner = owner;
  }
}

function nodeList(nodes: () => readonly XmlNode[]): XmlNodeList {
  return new XmlNodeList(namedType('System.Xml.XmlNodeList'), nodes);
}

/** `XmlNamespaceManager`: what prefixes of a path stand for. */
class NamespaceManager extends Instance {
  readonly prefixes = new Map<string, string>();
  get type(): NetType {
    return namedType('System.Xml.XmlNamespaceManager');
  }
}

function prefixesOf(value: Value): ((prefix: string) => string | undefined) | undefined {
  return value instanceof NamespaceManager ? (prefix) => value.prefixes.get(prefix) : undefined;
}

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

/** A property of .NET; a child or attribute of that name comes before it, as PowerShell has it. */
function behindChildren(properties: Readonly<Record<string, Property>>): Record<string, Property> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      {
        ...property,
        get: (
          value: Value,
          ...rest: Parameters<NonNullable<Property['get']>> extends [Value, ...infer R] ? R : never
        ) => readNamed(self(value), name) ?? property.get?.(value, ...rest) ?? null,
      },
    ]),
  );
}

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

/** Replaces a document's content with what was read. */
function load(document: XmlNode, markup: string): undefined {
  const read = parseXml(markup, document.preservesSpace);
  for (const child of [...document.children]) child.remove();
  for (const child of [...read.children]) document.append(child);
  return undefined;
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

const nodeDescription: TypeDescription = {
  name: 'System.Xml.XmlNode',
  kind: 'class',
  isAbstract: true,
  interfaces: ['System.ICloneable', 'System.Collections.IEnumerable'],
  properties: nodeProperties,
  methods: nodeMethods,
  adapter: xmlAdapter,
};

/** A kind of node; each needs the adapter named, since only a type's own is asked. */
function derived(name: string, more: Partial<TypeDescription> = {}): TypeDescription {
  return {
    name: `System.Xml.${name}`,
    kind: 'class',
    base: 'System.Xml.XmlNode',
    adapter: xmlAdapter,
    toText: (value) => self(value).type.name,
    ...more,
  };
}

function descendantsNamed(node: XmlNode, name: string): XmlNodeList {
  return nodeList(() =>
    [...node.descendants()].filter((one) => one.kind === 'element' && (name === '*' || one.name === name)),
  );
}

const byTagName: Readonly<Record<string, readonly Overload[]>> = {
  GetElementsByTagName: [
    {
      signature: 'System.Xml.XmlNodeList GetElementsByTagName(string name)',
      invoke: (value, [name]) => descendantsNamed(self(value), text(name)),
    },
  ],
};

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

const documentDescription: TypeDescription = derived('XmlDocument', {
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

const elementDescription: TypeDescription = derived('XmlElement', {
  properties: {
    HasAttributes: { type: 'bool', get: (value) => self(value).attributes.length > 0 },
    IsEmpty: {
      type: 'bool',
      get: (value) => self(value).isEmptyTag && self(value).children.length === 0,
      set: (value, empty) => {
        if (bool(empty)) for (const child of [...self(value).children]) child.remove();
        self(value).isEmptyTag = bool(empty);
      },
    },
  },
  methods: {
    ...byTagName,
    GetAttribute: [
      {
        signature: 'string GetAttribute(string name)',
        invoke: (value, [name]) => self(value).attribute(text(name))?.value ?? '',
      },
    ],
    GetAttributeNode: [
      {
        signature: 'System.Xml.XmlAttribute GetAttributeNode(string name)',
        invoke: (value, [name]) => self(value).attribute(text(name)) ?? null,
      },
    ],
    HasAttribute: [
      {
        signature: 'bool HasAttribute(string name)',
        invoke: (value, [name]) => self(value).attribute(text(name)) !== undefined,
      },
    ],
    RemoveAttribute: [
      {
        signature: 'void RemoveAttribute(string name)',
        invoke: (value, [name]) => {
          self(value).attribute(text(name))?.remove();
          return undefined;
        },
      },
    ],
    SetAttribute: [
      {
        signature: 'void SetAttribute(string name, string value)',
        invoke: (value, [name, content]) => {
          self(value).setAttribute(text(name), text(content));
          return undefined;
        },
      },
    ],
    SetAttributeNode: [
      {
        signature: 'System.Xml.XmlAttribute SetAttributeNode(System.Xml.XmlAttribute newAttr)',
        invoke: (value, [attribute]) => self(value).setAttribute(self(attribute).name, self(attribute).value) && null,
      },
    ],
  },
});

const list = (value: Value): readonly XmlNode[] => as(value, XmlNodeList).nodes();

function listDescription(name: string, more: Readonly<Record<string, readonly Overload[]>> = {}): TypeDescription {
  return {
    name: `System.Xml.${name}`,
    kind: 'class',
    interfaces: ['System.Collections.IEnumerable', 'System.IDisposable'],
    properties: { Count: { type: 'int', get: (value) => list(value).length } },
    methods: {
      GetEnumerator: [
        {
          signature: 'System.Collections.IEnumerator GetEnumerator()',
          invoke: (value) =>
            new EnumeratorObject(namedType('System.Collections.IEnumerator'), () => list(value).values()),
        },
      ],
      Item: [
        {
          signature: 'System.Xml.XmlNode Item(int index)',
          invoke: (value, [index]) => list(value)[int(index)] ?? null,
        },
      ],
      ...more,
    },
    indexer: {
      get: [
        {
          signature: 'System.Xml.XmlNode Item(int i)',
          invoke: (value, [index]) => list(value)[int(index)] ?? null,
        },
        {
          signature: 'System.Xml.XmlNode Item(string name)',
          invoke: (value, [name]) => list(value).find((node) => node.name === name) ?? null,
        },
      ],
      set: [],
    },
    enumerate: (value) => list(value),
  };
}

const managerDescription: TypeDescription = {
  name: 'System.Xml.XmlNamespaceManager',
  kind: 'class',
  constructors: [
    {
      signature: 'System.Xml.XmlNamespaceManager new(System.Object nameTable)',
      invoke: () => new NamespaceManager(),
    },
  ],
  methods: {
    AddNamespace: [
      {
        signature: 'void AddNamespace(string prefix, string uri)',
        invoke: (value, [prefix, uri]) => {
          as(value, NamespaceManager).prefixes.set(text(prefix), text(uri));
          return undefined;
        },
      },
    ],
    LookupNamespace: [
      {
        signature: 'string LookupNamespace(string prefix)',
        invoke: (value, [prefix]) => as(value, NamespaceManager).prefixes.get(text(prefix)) ?? null,
      },
    ],
  },
};

const attributeMethods: Readonly<Record<string, readonly Overload[]>> = {
  Append: [
    {
      signature: 'System.Xml.XmlAttribute Append(System.Xml.XmlAttribute node)',
      invoke: (value, [attribute]) =>
        as(value, XmlNodeList).owner?.setAttribute(self(attribute).name, self(attribute).value) ?? null,
    },
  ],
  GetNamedItem: [
    {
      signature: 'System.Xml.XmlNode GetNamedItem(string name)',
      invoke: (value, [name]) => list(value).find((node) => node.name === name) ?? null,
    },
  ],
};

export const xmlDescriptions: readonly TypeDescription[] = [
  nodeDescription,
  documentDescription,
  elementDescription,
  derived('XmlAttribute'),
  derived('XmlCharacterData'),
  derived('XmlText'),
  derived('XmlCDataSection'),
  derived('XmlComment'),
  derived('XmlDeclaration'),
  derived('XmlProcessingInstruction'),
  derived('XmlSignificantWhitespace'),
  derived('XmlDocumentFragment'),
  listDescription('XmlNodeList'),
  listDescription('XmlAttributeCollection', attributeMethods),
  managerDescription,
  enumeration('System.Xml.XmlNodeType', [
    'None',
    'Element',
    'Attribute',
    'Text',
    'CDATA',
    'EntityReference',
    'Entity',
    'ProcessingInstruction',
    'Comment',
    'Document',
    'DocumentType',
    'DocumentFragment',
    'Notation',
    'Whitespace',
    'SignificantWhitespace',
    'EndElement',
    'EndEntity',
    'XmlDeclaration',
  ]),
];
