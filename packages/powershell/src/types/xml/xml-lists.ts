import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as, int, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { plainEnumerator } from '../collections/enumerator.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, Overload, TypeDescription } from '../net-type.ts';
import { documentOf } from './insert-node.ts';
import { selfNode as self } from './xml-adapter.ts';
import type { XmlNode } from './xml-node.ts';

/** `XmlNodeList` and its kinds, and `XmlAttributeCollection`. */
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

export function nodeList(
  kind: 'XmlChildNodes' | 'XPathNodeList' | 'XmlElementList',
  nodes: () => readonly XmlNode[],
): XmlNodeList {
  return new XmlNodeList(namedType(`System.Xml.${kind}`), nodes);
}

const list = (value: Value): readonly XmlNode[] => as(value, XmlNodeList).nodes();

function item(type: string): Overload {
  return {
    signature: `${type} Item(int index)`,
    invoke: (value, [index]) => list(value)[int(index)] ?? null,
  };
}

const listDescription: TypeDescription = {
  name: 'System.Xml.XmlNodeList',
  kind: 'class',
  isAbstract: true,
  interfaces: ['System.Collections.IEnumerable', 'System.IDisposable'],
  properties: { Count: { type: 'int', get: (value) => list(value).length } },
  methods: {
    GetEnumerator: [
      {
        signature: 'System.Collections.IEnumerator GetEnumerator()',
        invoke: (value) => plainEnumerator(() => list(value).values()),
      },
    ],
    Item: [item('System.Xml.XmlNode')],
    // PowerShell's own.
    ToString: [{ signature: 'string ToString()', invoke: (value) => names(list(value)) }],
  },
  indexer: { get: [item('System.Xml.XmlNode')], set: [] },
  enumerate: (value) => list(value),
};

const names = (nodes: readonly XmlNode[]): string => nodes.map((node) => node.localName).join(' ');

function kindOfList(name: string): TypeDescription {
  return {
    name: `System.Xml.${name}`,
    kind: 'class',
    base: 'System.Xml.XmlNodeList',
    enumerate: (value) => list(value),
  };
}

/** The element behind a collection, with an attribute checked to be of its document. */
function taking(value: Value, given: Value): { element: XmlNode; attribute: XmlNode } {
  const element = as(value, XmlNodeList).owner;
  const attribute = self(given);
  if (element === undefined) throw new Error('a collection of attributes belongs to an element');
  if (attribute.owner !== documentOf(element)) {
    throw netFailure('System.ArgumentException', 'The named node is from a different document context.');
  }
  return { element, attribute };
}

function place(value: Value, given: Value, at: 'first' | 'last'): XmlNode {
  const { element, attribute } = taking(value, given);
  const known = element.attributeOf(attribute.localName, attribute.namespaceUri);
  if (known !== attribute) known?.remove();
  attribute.remove();
  attribute.parent = element;
  if (at === 'first') element.attributes.unshift(attribute);
  else element.attributes.push(attribute);
  return attribute;
}

const byName = (value: Value, name: Value): XmlNode | null =>
  list(value).find((node) => node.name === text(name)) ?? null;

const byUri = (value: Value, name: Value, uri: Value): XmlNode | null =>
  list(value).find((node) => node.localName === text(name) && node.namespaceUri === text(uri)) ?? null;

function removed(node: XmlNode | null): XmlNode | null {
  node?.remove();
  return node;
}

const attributesDescription: TypeDescription = {
  name: 'System.Xml.XmlAttributeCollection',
  kind: 'class',
  interfaces: ['System.Collections.ICollection', 'System.Collections.IEnumerable'],
  properties: { Count: { type: 'int', get: (value) => list(value).length } },
  methods: {
    Append: [
      {
        signature: 'System.Xml.XmlAttribute Append(System.Xml.XmlAttribute node)',
        invoke: (value, [attribute]) => place(value, attribute, 'last'),
      },
    ],
    GetEnumerator: [
      {
        signature: 'System.Collections.IEnumerator GetEnumerator()',
        invoke: (value) => plainEnumerator(() => list(value).values()),
      },
    ],
    GetNamedItem: [
      {
        signature: 'System.Xml.XmlNode GetNamedItem(string name)',
        invoke: (value, [name]) => byName(value, name),
      },
      {
        signature: 'System.Xml.XmlNode GetNamedItem(string localName, string namespaceURI)',
        invoke: (value, [name, uri]) => byUri(value, name, uri),
      },
    ],
    Item: [item('System.Xml.XmlNode')],
    Prepend: [
      {
        signature: 'System.Xml.XmlAttribute Prepend(System.Xml.XmlAttribute node)',
        invoke: (value, [attribute]) => place(value, attribute, 'first'),
      },
    ],
    Remove: [
      {
        signature: 'System.Xml.XmlAttribute Remove(System.Xml.XmlAttribute node)',
        invoke: (value, [attribute]) => (list(value).includes(self(attribute)) ? removed(self(attribute)) : null),
      },
    ],
    RemoveAll: [
      {
        signature: 'void RemoveAll()',
        invoke: (value) => {
          for (const attribute of [...list(value)].reverse()) attribute.remove();
          return undefined;
        },
      },
    ],
    RemoveAt: [
      {
        signature: 'System.Xml.XmlAttribute RemoveAt(int i)',
        invoke: (value, [index]) => removed(list(value)[int(index)] ?? null),
      },
    ],
    RemoveNamedItem: [
      {
        signature: 'System.Xml.XmlNode RemoveNamedItem(string name)',
        invoke: (value, [name]) => removed(byName(value, name)),
      },
    ],
    SetNamedItem: [
      {
        signature: 'System.Xml.XmlNode SetNamedItem(System.Xml.XmlNode node)',
        invoke: (value, [given]) => {
          const { element, attribute } = taking(value, given);
          return element.putAttribute(attribute) ?? null;
        },
      },
    ],
  },
  indexer: {
    get: [
      {
        signature: 'System.Xml.XmlAttribute ItemOf(int i)',
        invoke: (value, [index]) => {
          const found = list(value)[int(index)];
          if (found !== undefined) return found;
          throw netFailure('System.IndexOutOfRangeException', 'The index being passed in is out of range.');
        },
      },
      {
        signature: 'System.Xml.XmlAttribute ItemOf(string name)',
        invoke: (value, [name]) => byName(value, name),
      },
      {
        signature: 'System.Xml.XmlAttribute ItemOf(string localName, string namespaceURI)',
        invoke: (value, [name, uri]) => byUri(value, name, uri),
      },
    ],
    set: [],
  },
  enumerate: (value) => list(value),
};

export const listDescriptions: readonly TypeDescription[] = [
  listDescription,
  kindOfList('XmlChildNodes'),
  kindOfList('XPathNodeList'),
  kindOfList('XmlElementList'),
  attributesDescription,
];
