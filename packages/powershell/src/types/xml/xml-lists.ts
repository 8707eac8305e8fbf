import { Instance } from '../../values/instance.ts';
import { as, int } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { EnumeratorObject } from '../collections/enumerator.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, Overload, TypeDescription } from '../net-type.ts';
import { XmlNode } from './xml-node.ts';

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

export function nodeList(nodes: () => readonly XmlNode[]): XmlNodeList {
  return new XmlNodeList(namedType('System.Xml.XmlNodeList'), nodes);
}

const list = (value: Value): readonly XmlNode[] => as(value, XmlNodeList).nodes();

export function listDescription(
  name: string,
  more: Readonly<Record<string, readonly Overload[]>> = {},
): TypeDescription {
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

export const attributeMethods: Readonly<Record<string, readonly Overload[]>> = {
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
