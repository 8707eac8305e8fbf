import { int, text } from '../../values/narrow.ts';
import type { Overload, Property, TypeDescription } from '../net-type.ts';
import { accessors, behindChildren } from './adapted-properties.ts';
import { selfNode as self, xmlAdapter } from './xml-adapter.ts';
import { declarationOf, declared } from './xml-declaration.ts';
import { nodeList, type XmlNodeList } from './xml-lists.ts';
import type { XmlNode } from './xml-node.ts';

interface KindOptions {
  readonly properties?: Readonly<Record<string, Property>>;
  readonly methods?: Readonly<Record<string, readonly Overload[]>>;
  readonly more?: Partial<TypeDescription>;
}

/** A kind of node; each needs the adapter named, since only a type's own is asked. */
export function kindOfNode(
  name: string,
  base: string,
  { properties = {}, methods = {}, more = {} }: KindOptions = {},
): TypeDescription {
  return {
    name: `System.Xml.${name}`,
    kind: 'class',
    base: `System.Xml.${base}`,
    adapter: xmlAdapter,
    toText: (value) => self(value).type.name,
    properties: behindChildren(properties),
    methods: { ...methods, ...accessors(properties) },
    ...more,
  };
}

function elementsBelow(node: XmlNode, fits: (element: XmlNode) => boolean): XmlNodeList {
  return nodeList('XmlElementList', () => [...node.descendants()].filter((one) => one.kind === 'element' && fits(one)));
}

export const byTagName: Readonly<Record<string, readonly Overload[]>> = {
  GetElementsByTagName: [
    {
      signature: 'System.Xml.XmlNodeList GetElementsByTagName(string name)',
      invoke: (value, [name]) =>
        elementsBelow(self(value), (element) => text(name) === '*' || element.name === text(name)),
    },
    {
      signature: 'System.Xml.XmlNodeList GetElementsByTagName(string localName, string namespaceURI)',
      invoke: (value, [name, uri]) =>
        elementsBelow(
          self(value),
          (element) =>
            (text(name) === '*' || element.localName === text(name)) &&
            (text(uri) === '*' || element.namespaceUri === text(uri)),
        ),
    },
  ],
};

const valueProperty = (name: string): Readonly<Record<string, Property>> => ({
  [name]: {
    type: 'string',
    get: (value) => self(value).value,
    set: (value, content) => {
      self(value).value = text(content);
    },
  },
});

function editing(
  name: string,
  parameters: string,
  edit: (data: string, args: readonly [number, number, string]) => string,
): Overload {
  const hasCount = parameters.includes('count');
  const hasText = parameters.includes('strData');
  return {
    signature: `void ${name}(${parameters})`,
    invoke: (value, args) => {
      const node = self(value);
      const offset = hasText && args.length === 1 ? 0 : int(args[0] ?? 0);
      const count = hasCount ? int(args[1] ?? 0) : 0;
      node.value = edit(node.value, [offset, count, hasText ? text(args.at(-1)) : '']);
      return undefined;
    },
  };
}

const characterData = kindOfNode('XmlCharacterData', 'XmlLinkedNode', {
  properties: { ...valueProperty('Data'), Length: { type: 'int', get: (value) => self(value).value.length } },
  methods: {
    AppendData: [editing('AppendData', 'string strData', (data, [, , added]) => data + added)],
    DeleteData: [
      editing('DeleteData', 'int offset, int count', (data, [at, count]) => data.slice(0, at) + data.slice(at + count)),
    ],
    InsertData: [
      editing(
        'InsertData',
        'int offset, string strData',
        (data, [at, , added]) => data.slice(0, at) + added + data.slice(at),
      ),
    ],
    ReplaceData: [
      editing(
        'ReplaceData',
        'int offset, int count, string strData',
        (data, [at, count, added]) => data.slice(0, at) + added + data.slice(at + count),
      ),
    ],
    Substring: [
      {
        signature: 'string Substring(int offset, int count)',
        invoke: (value, [offset, count]) => self(value).value.slice(int(offset), int(offset) + int(count)),
      },
    ],
  },
  more: { isAbstract: true },
});

const attribute = kindOfNode('XmlAttribute', 'XmlNode', {
  properties: {
    OwnerElement: { type: 'System.Xml.XmlElement', get: (value) => self(value).parent ?? null },
    Specified: { type: 'bool', get: () => true },
  },
});

const declaration = kindOfNode('XmlDeclaration', 'XmlLinkedNode', {
  properties: {
    Version: { type: 'string', get: (value) => declared(self(value), 'version') },
    Encoding: {
      type: 'string',
      get: (value) => declared(self(value), 'encoding'),
      set: (value, encoding) => {
        const node = self(value);
        node.value = declarationOf(declared(node, 'version'), text(encoding), declared(node, 'standalone'));
      },
    },
    Standalone: {
      type: 'string',
      get: (value) => declared(self(value), 'standalone'),
      set: (value, standalone) => {
        const node = self(value);
        node.value = declarationOf(declared(node, 'version'), declared(node, 'encoding'), text(standalone));
      },
    },
  },
});

const externalId = /^ (?:PUBLIC (?:"([^"]*)"|'([^']*)')|SYSTEM) (?:"([^"]*)"|'([^']*)')/;

function documentTypePart(part: 'public' | 'system'): Property {
  return {
    type: 'string',
    get: (value) => {
      const found = externalId.exec(self(value).value);
      return (part === 'public' ? (found?.[1] ?? found?.[2]) : (found?.[3] ?? found?.[4])) ?? null;
    },
  };
}

const documentType = kindOfNode('XmlDocumentType', 'XmlLinkedNode', {
  properties: {
    PublicId: documentTypePart('public'),
    SystemId: documentTypePart('system'),
    InternalSubset: {
      type: 'string',
      get: (value) => {
        const { value: rest } = self(value);
        const at = rest.indexOf('[', externalId.exec(rest)?.[0].length ?? 0);
        return at === -1 ? null : rest.slice(at + 1, -1);
      },
    },
  },
});

const instruction = kindOfNode('XmlProcessingInstruction', 'XmlLinkedNode', {
  properties: { ...valueProperty('Data'), Target: { type: 'string', get: (value) => self(value).localName } },
});

export const nodeKinds: readonly TypeDescription[] = [
  kindOfNode('XmlLinkedNode', 'XmlNode', { more: { isAbstract: true } }),
  characterData,
  attribute,
  kindOfNode('XmlText', 'XmlCharacterData'),
  kindOfNode('XmlCDataSection', 'XmlCharacterData'),
  kindOfNode('XmlComment', 'XmlCharacterData'),
  kindOfNode('XmlWhitespace', 'XmlCharacterData'),
  kindOfNode('XmlSignificantWhitespace', 'XmlCharacterData'),
  declaration,
  documentType,
  instruction,
  kindOfNode('XmlDocumentFragment', 'XmlNode'),
];
