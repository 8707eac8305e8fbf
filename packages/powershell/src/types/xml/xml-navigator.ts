import { Instance } from '../../values/instance.ts';
import { as, text } from '../../values/narrow.ts';
import { Double } from '../../values/numbers.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, NetType, Overload, Property, TypeDescription } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { prefixesOf } from './namespace-manager.ts';
import { innerXml, outerXml } from './write-xml.ts';
import type { XmlNode } from './xml-node.ts';
import { evaluateXPath, selectNodes } from './xpath.ts';

/** `XPathNavigator`: a place in a tree that can be moved. */
class Navigator extends Instance {
  node: XmlNode;
  constructor(node: XmlNode) {
    super();
    this.node = node;
  }
  get type(): NetType {
    return namedType('System.Xml.DocumentXPathNavigator');
  }
}

export function navigatorOf(node: XmlNode): Instance {
  return new Navigator(node);
}

/** `XPathNodeIterator`: what a navigator selected. */
class NodeIterator extends Instance {
  readonly nodes: readonly XmlNode[];
  position = 0;
  constructor(nodes: readonly XmlNode[]) {
    super();
    this.nodes = nodes;
  }
  get type(): NetType {
    return namedType('MS.Internal.Xml.XPath.XPathSelectionIterator');
  }
}

const self = (value: Value): Navigator => as(value, Navigator);
const iterator = (value: Value): NodeIterator => as(value, NodeIterator);

function evaluate(value: Value, path: Value, manager: Value, context: CallContext): Value {
  const found = evaluateXPath(self(value).node, text(path), prefixesOf(manager), sessionOf(context).budget);
  if (typeof found === 'number') return new Double(found);
  return typeof found === 'object' ? new NodeIterator(found) : found;
}

function select(value: Value, path: Value, manager: Value, context: CallContext): XmlNode[] {
  return selectNodes(self(value).node, text(path), prefixesOf(manager), sessionOf(context).budget);
}

const resolver = 'System.Xml.XmlNamespaceManager resolver';

function querying(
  returns: string,
  name: string,
  run: (value: Value, path: Value, manager: Value, context: CallContext) => Value,
): readonly Overload[] {
  return [
    {
      signature: `${returns} ${name}(string xpath)`,
      invoke: (value, [path], context) => run(value, path, null, context),
    },
    {
      signature: `${returns} ${name}(string xpath, ${resolver})`,
      invoke: (value, [path, manager], context) => run(value, path, manager, context),
    },
  ];
}

function moving(name: string, next: (node: XmlNode) => XmlNode | undefined): readonly Overload[] {
  return [
    {
      signature: `bool ${name}()`,
      invoke: (value) => {
        const to = next(self(value).node);
        if (to !== undefined) self(value).node = to;
        return to !== undefined;
      },
    },
  ];
}

function reading(get: (node: XmlNode) => Value, type = 'string'): Property {
  return { type, get: (value) => get(self(value).node) };
}

export const navigatorDescriptions: readonly TypeDescription[] = [
  {
    name: 'System.Xml.XPath.XPathNavigator',
    kind: 'class',
    isAbstract: true,
    interfaces: ['System.ICloneable'],
    properties: {
      HasAttributes: reading((node) => node.attributes.length > 0, 'bool'),
      HasChildren: reading((node) => node.children.length > 0, 'bool'),
      InnerXml: reading(innerXml),
      LocalName: reading((node) => (node.kind === 'element' || node.kind === 'attribute' ? node.localName : '')),
      Name: reading((node) => (node.kind === 'element' || node.kind === 'attribute' ? node.name : '')),
      NamespaceURI: reading((node) => node.namespaceUri),
      OuterXml: reading(outerXml),
      Prefix: reading((node) => node.prefix),
      UnderlyingObject: reading((node) => node, 'System.Object'),
      Value: reading((node) => node.textBelow),
    },
    methods: {
      Clone: [
        {
          signature: 'System.Xml.XPath.XPathNavigator Clone()',
          invoke: (value) => new Navigator(self(value).node),
        },
      ],
      Evaluate: querying('System.Object', 'Evaluate', evaluate),
      GetAttribute: [
        {
          signature: 'string GetAttribute(string localName, string namespaceURI)',
          invoke: (value, [name, uri]) => self(value).node.attributeOf(text(name), text(uri))?.value ?? '',
        },
      ],
      MoveToFirstChild: moving('MoveToFirstChild', (node) => node.children[0]),
      MoveToNext: moving('MoveToNext', (node) => node.nextSibling),
      MoveToParent: moving('MoveToParent', (node) => node.parent),
      MoveToPrevious: moving('MoveToPrevious', (node) => node.previousSibling),
      MoveToRoot: [
        {
          signature: 'void MoveToRoot()',
          invoke: (value) => {
            self(value).node = self(value).node.root;
            return undefined;
          },
        },
      ],
      Select: querying(
        'System.Xml.XPath.XPathNodeIterator',
        'Select',
        (value, path, manager, context) => new NodeIterator(select(value, path, manager, context)),
      ),
      SelectSingleNode: querying(
        'System.Xml.XPath.XPathNavigator',
        'SelectSingleNode',
        (value, path, manager, context) => {
          const [first] = select(value, path, manager, context);
          return first === undefined ? null : new Navigator(first);
        },
      ),
    },
    toText: (value) => self(value).node.textBelow,
  },
  {
    name: 'System.Xml.DocumentXPathNavigator',
    kind: 'class',
    base: 'System.Xml.XPath.XPathNavigator',
    toText: (value) => self(value).node.textBelow,
  },
  {
    name: 'System.Xml.XPath.XPathNodeIterator',
    kind: 'class',
    interfaces: ['System.Collections.IEnumerable', 'System.ICloneable'],
    properties: {
      Count: { type: 'int', get: (value) => iterator(value).nodes.length },
      Current: {
        type: 'System.Xml.XPath.XPathNavigator',
        get: (value) => {
          const node = iterator(value).nodes[iterator(value).position - 1];
          return node === undefined ? null : new Navigator(node);
        },
      },
      CurrentPosition: { type: 'int', get: (value) => iterator(value).position },
    },
    methods: {
      MoveNext: [
        {
          signature: 'bool MoveNext()',
          invoke: (value) => {
            const found = iterator(value);
            if (found.position >= found.nodes.length) return false;
            found.position++;
            return true;
          },
        },
      ],
    },
    enumerate: (value) => iterator(value).nodes.map((node) => new Navigator(node)),
  },
  {
    name: 'MS.Internal.Xml.XPath.XPathSelectionIterator',
    kind: 'class',
    base: 'System.Xml.XPath.XPathNodeIterator',
    enumerate: (value) => iterator(value).nodes.map((node) => new Navigator(node)),
  },
];
