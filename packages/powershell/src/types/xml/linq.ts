import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumeration, enumOf } from '../enumeration.ts';
import type { CallContext, Overload, Property, TypeDescription } from '../net-type.ts';
import { utf8Encoding } from '../text/encoding.ts';
import {
  add,
  elementsOf,
  fits,
  madeElement,
  optionsOf,
  parsed,
  rootOf,
  setAttribute,
  setElement,
  textOf,
  valueText,
} from './linq-content.ts';
import { linqNameDescriptions } from './linq-names.ts';
import { LinqName, LinqNamespace, LinqNode, LinqNodes } from './linq-node.ts';
import { nodeTypes, XmlNode } from './xml-node.ts';
import { readSource } from './xml-source.ts';
import { targetOf } from './xml-targets.ts';

const self = (value: Value): XmlNode => as(value, XmlNode);
const nameOf = (value: Value): LinqName => as(value, LinqName);

function listing(name: string, nodes: (node: XmlNode) => readonly XmlNode[]): readonly Overload[] {
  const returns = `System.Xml.Linq.XNodeSequence ${name}`;
  return [
    { signature: `${returns}()`, invoke: (value) => new LinqNodes(() => nodes(self(value))) },
    {
      signature: `${returns}(System.Xml.Linq.XName name)`,
      invoke: (value, [wanted]) => new LinqNodes(() => nodes(self(value)).filter((node) => fits(node, nameOf(wanted)))),
    },
  ];
}

function doing(
  signature: string,
  run: (node: XmlNode, args: readonly Value[], context: CallContext) => void,
): Overload {
  return {
    signature,
    invoke: (value, args, context) => {
      run(self(value), args, context);
      return undefined;
    },
  };
}

function save(node: XmlNode, target: Value, context: CallContext): void {
  const to = targetOf(target, utf8Encoding, context);
  const declaration = `<?xml version="1.0" encoding="${to.encodingName ?? 'utf-8'}"?>\n`;
  to.write(declaration + textOf(node));
  to.flush();
  to.close();
}

const saving = ['string fileName', 'System.IO.Stream stream', 'System.IO.TextWriter textWriter'].map((parameter) =>
  doing(`void Save(${parameter})`, (node, [target], context) => save(node, target, context)),
);

function loading(
  type: 'XDocument' | 'XElement',
  finish: (document: XmlNode) => XmlNode,
): Readonly<Record<string, readonly Overload[]>> {
  const option = 'System.Xml.Linq.LoadOptions options';
  const read = (markup: string, options: Value, context: CallContext): XmlNode =>
    finish(parsed(markup, optionsOf(options), context));
  return {
    Load: ['string uri', 'System.IO.Stream stream', 'System.IO.TextReader textReader'].flatMap((source) => [
      {
        signature: `static System.Xml.Linq.${type} Load(${source})`,
        invoke: (_self: Value, [from]: readonly Value[], context: CallContext) =>
          read(readSource(from, context), null, context),
      },
      {
        signature: `static System.Xml.Linq.${type} Load(${source}, ${option})`,
        invoke: (_self: Value, [from, options]: readonly Value[], context: CallContext) =>
          read(readSource(from, context), options, context),
      },
    ]),
    Parse: [
      {
        signature: `static System.Xml.Linq.${type} Parse(string text)`,
        invoke: (_self, [markup], context) => read(text(markup), null, context),
      },
      {
        signature: `static System.Xml.Linq.${type} Parse(string text, ${option})`,
        invoke: (_self, [markup, options], context) => read(text(markup), options, context),
      },
    ],
  };
}

function property(type: string, get: (node: XmlNode) => Value): Property {
  return { type, get: (value) => get(self(value)) };
}

function kind(name: string, base: string, more: Partial<TypeDescription> = {}): TypeDescription {
  return {
    name: `System.Xml.Linq.${name}`,
    kind: 'class',
    base: base === 'Object' ? 'System.Object' : `System.Xml.Linq.${base}`,
    toText: (value) => textOf(self(value)),
    ...more,
  };
}

const anyNode = kind('XNode', 'XObject', {
  isAbstract: true,
  properties: {
    NextNode: property('System.Xml.Linq.XNode', (node) => node.nextSibling ?? null),
    PreviousNode: property('System.Xml.Linq.XNode', (node) => node.previousSibling ?? null),
  },
  methods: {
    AddAfterSelf: [
      doing('void AddAfterSelf(System.Object content)', (node, [content], context) => {
        const held = new LinqNode('fragment', '');
        add(held, content, context);
        node.parent?.insert(node.place + 1, held);
      }),
    ],
    AddBeforeSelf: [
      doing('void AddBeforeSelf(System.Object content)', (node, [content], context) => {
        const held = new LinqNode('fragment', '');
        add(held, content, context);
        node.parent?.insert(node.place, held);
      }),
    ],
    Remove: [doing('void Remove()', (node) => node.remove())],
    ToString: [
      { signature: 'string ToString()', invoke: (value) => textOf(self(value)) },
      {
        signature: 'string ToString(System.Xml.Linq.SaveOptions options)',
        invoke: (value, [options]) => textOf(self(value), optionsOf(options)),
      },
    ],
  },
});

const container = kind('XContainer', 'XNode', {
  isAbstract: true,
  properties: {
    FirstNode: property('System.Xml.Linq.XNode', (node) => node.children[0] ?? null),
    LastNode: property('System.Xml.Linq.XNode', (node) => node.children.at(-1) ?? null),
  },
  methods: {
    Add: [
      doing('void Add(System.Object content)', (node, [content], context) => add(node, content, context)),
      doing('void Add(params System.Object[] content)', (node, [content], context) => add(node, content, context)),
    ],
    Descendants: listing('Descendants', (node) => [...node.descendants()].filter((one) => one.kind === 'element')),
    Element: [
      {
        signature: 'System.Xml.Linq.XElement Element(System.Xml.Linq.XName name)',
        invoke: (value, [name]) => elementsOf(self(value)).find((child) => fits(child, nameOf(name))) ?? null,
      },
    ],
    Elements: listing('Elements', elementsOf),
    Nodes: [
      {
        signature: 'System.Xml.Linq.XNodeSequence Nodes()',
        invoke: (value) => new LinqNodes(() => self(value).children.filter((child) => child.kind !== 'declaration')),
      },
    ],
    RemoveNodes: [doing('void RemoveNodes()', (node) => node.clear())],
  },
});

const textProperty: Property = {
  type: 'string',
  get: (value) => self(value).textBelow,
  set: (value, content) => self(value).setText(text(content)),
};

const nameProperty: Property = property(
  'System.Xml.Linq.XName',
  (node) => new LinqName(node.localName, node.namespaceUri),
);

const element = kind('XElement', 'XContainer', {
  constructors: [
    {
      signature: 'System.Xml.Linq.XElement new(System.Xml.Linq.XElement other)',
      invoke: (_self, [other]) => self(other).clone(true),
    },
    {
      signature: 'System.Xml.Linq.XElement new(System.Xml.Linq.XName name)',
      invoke: (_self, [name], context) => madeElement(nameOf(name), null, context),
    },
    {
      signature: 'System.Xml.Linq.XElement new(System.Xml.Linq.XName name, System.Object content)',
      invoke: (_self, [name, content], context) => madeElement(nameOf(name), content, context),
    },
    {
      signature: 'System.Xml.Linq.XElement new(System.Xml.Linq.XName name, params System.Object[] content)',
      invoke: (_self, [name, content], context) => madeElement(nameOf(name), content, context),
    },
  ],
  staticMethods: loading('XElement', rootOf),
  parse: (markup, context) => rootOf(parsed(markup, 0, context)),
  properties: {
    FirstAttribute: property('System.Xml.Linq.XAttribute', (node) => node.attributes[0] ?? null),
    HasAttributes: property('bool', (node) => node.attributes.length > 0),
    HasElements: property('bool', (node) => elementsOf(node).length > 0),
    IsEmpty: property('bool', (node) => node.children.length === 0 && node.isEmptyTag),
    LastAttribute: property('System.Xml.Linq.XAttribute', (node) => node.attributes.at(-1) ?? null),
    Name: nameProperty,
    Value: textProperty,
  },
  methods: {
    Attribute: [
      {
        signature: 'System.Xml.Linq.XAttribute Attribute(System.Xml.Linq.XName name)',
        invoke: (value, [name]) => self(value).attributeOf(nameOf(name).localName, nameOf(name).uri) ?? null,
      },
    ],
    Attributes: listing('Attributes', (node) => node.attributes),
    GetDefaultNamespace: [
      {
        signature: 'System.Xml.Linq.XNamespace GetDefaultNamespace()',
        invoke: (value) => new LinqNamespace(self(value).resolvePrefix('') ?? ''),
      },
    ],
    RemoveAll: [
      doing('void RemoveAll()', (node) => {
        node.clear();
        for (const attribute of [...node.attributes]) attribute.remove();
        node.isEmptyTag = true;
      }),
    ],
    RemoveNodes: [
      doing('void RemoveNodes()', (node) => {
        node.clear();
        node.isEmptyTag = true;
      }),
    ],
    Save: saving,
    SetAttributeValue: [
      doing('void SetAttributeValue(System.Xml.Linq.XName name, System.Object value)', (node, [name, value], context) =>
        setAttribute(node, nameOf(name), value, context),
      ),
    ],
    SetElementValue: [
      doing('void SetElementValue(System.Xml.Linq.XName name, System.Object value)', (node, [name, value], context) =>
        setElement(node, nameOf(name), value, context),
      ),
    ],
    SetValue: [
      doing('void SetValue(System.Object value)', (node, [value], context) => node.setText(valueText(value, context))),
    ],
  },
});

const document = kind('XDocument', 'XContainer', {
  constructors: [
    { signature: 'System.Xml.Linq.XDocument new()', invoke: () => new LinqNode('document', '') },
    {
      signature: 'System.Xml.Linq.XDocument new(params System.Object[] content)',
      invoke: (_self, [content], context) => {
        const made = new LinqNode('document', '');
        add(made, content, context);
        return made;
      },
    },
  ],
  staticMethods: loading('XDocument', (read) => read),
  properties: { Root: property('System.Xml.Linq.XElement', (node) => node.documentElement ?? null) },
  methods: { Save: saving },
});

const attribute = kind('XAttribute', 'XObject', {
  constructors: [
    {
      signature: 'System.Xml.Linq.XAttribute new(System.Xml.Linq.XName name, System.Object value)',
      invoke: (_self, [name, value], context) =>
        new LinqNode('attribute', nameOf(name).localName, valueText(value, context), nameOf(name).uri),
    },
  ],
  properties: { Name: nameProperty, Value: textProperty },
  methods: {
    Remove: [doing('void Remove()', (node) => node.remove())],
    SetValue: [
      doing('void SetValue(System.Object value)', (node, [value], context) => node.setText(valueText(value, context))),
    ],
  },
  toText: (value) => collectedAttribute(self(value)),
});

function collectedAttribute(node: XmlNode): string {
  const around = new LinqNode('element', 'a');
  around.isEmptyTag = true;
  around.putAttribute(node.clone(false));
  return textOf(around).slice('<a '.length, -' />'.length);
}

function leaf(name: string, of: 'text' | 'cdata' | 'comment', base = 'XNode'): TypeDescription {
  return kind(name, base, {
    constructors: [
      {
        signature: `System.Xml.Linq.${name} new(string value)`,
        invoke: (_self, [value]) => new LinqNode(of, '', text(value)),
      },
    ],
    properties: { Value: textProperty },
  });
}

export const linqDescriptions: readonly TypeDescription[] = [
  kind('XObject', 'Object', {
    isAbstract: true,
    properties: {
      Document: property('System.Xml.Linq.XDocument', (node) => (node.root.kind === 'document' ? node.root : null)),
      NodeType: property('System.Xml.XmlNodeType', (node) =>
        enumOf('System.Xml.XmlNodeType', nodeTypes[node.kind === 'whitespace' ? 'text' : node.kind]),
      ),
      Parent: property('System.Xml.Linq.XElement', (node) => (node.parent?.kind === 'element' ? node.parent : null)),
    },
  }),
  anyNode,
  container,
  element,
  document,
  attribute,
  leaf('XText', 'text'),
  leaf('XCData', 'cdata', 'XText'),
  leaf('XComment', 'comment'),
  kind('XDocumentType', 'XNode'),
  kind('XProcessingInstruction', 'XNode'),
  ...linqNameDescriptions,
  enumeration(
    'System.Xml.Linq.SaveOptions',
    { None: 0, DisableFormatting: 1, OmitDuplicateNamespaces: 2 },
    { flags: true },
  ),
  enumeration(
    'System.Xml.Linq.LoadOptions',
    { None: 0, PreserveWhitespace: 1, SetBaseUri: 2, SetLineInfo: 4 },
    { flags: true },
  ),
];
