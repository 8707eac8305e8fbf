import { netFailure } from '../../errors/raise.ts';
import { bool, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { Overload, TypeDescription } from '../net-type.ts';
import { byTagName, kindOfNode } from './node-kinds.ts';
import { selfNode as self } from './xml-adapter.ts';
import { XmlNodeList } from './xml-lists.ts';
import { checkName } from './xml-names.ts';
import type { XmlNode } from './xml-node.ts';

/** Two overloads of a method: by name with its prefix, and by local name and namespace. */
function byEither(
  signature: (parameters: string) => string,
  run: (value: Value, find: () => XmlNode | undefined) => Value,
): readonly Overload[] {
  return [
    {
      signature: signature('string name'),
      invoke: (value, [name]) => run(value, () => self(value).attribute(text(name))),
    },
    {
      signature: signature('string localName, string namespaceURI'),
      invoke: (value, [name, uri]) => run(value, () => self(value).attributeOf(text(name), text(uri))),
    },
  ];
}

function removed(node: XmlNode | undefined): XmlNode | null {
  node?.remove();
  return node ?? null;
}

export const elementDescription: TypeDescription = kindOfNode('XmlElement', 'XmlLinkedNode', {
  properties: {
    IsEmpty: {
      type: 'bool',
      get: (value) => self(value).isEmptyTag && self(value).children.length === 0,
      set: (value, empty) => {
        if (bool(empty)) self(value).clear();
        self(value).isEmptyTag = bool(empty);
      },
    },
    HasAttributes: { type: 'bool', get: (value) => self(value).attributes.length > 0 },
  },
  methods: {
    ...byTagName,
    GetAttribute: byEither(
      (parameters) => `string GetAttribute(${parameters})`,
      (_value, find) => find()?.value ?? '',
    ),
    GetAttributeNode: byEither(
      (parameters) => `System.Xml.XmlAttribute GetAttributeNode(${parameters})`,
      (_value, find) => find() ?? null,
    ),
    HasAttribute: byEither(
      (parameters) => `bool HasAttribute(${parameters})`,
      (_value, find) => find() !== undefined,
    ),
    RemoveAllAttributes: [
      {
        signature: 'void RemoveAllAttributes()',
        invoke: (value) => {
          for (const attribute of [...self(value).attributes].reverse()) attribute.remove();
          return undefined;
        },
      },
    ],
    RemoveAttribute: byEither(
      (parameters) => `void RemoveAttribute(${parameters})`,
      (_value, find) => {
        removed(find());
        return undefined;
      },
    ),
    RemoveAttributeNode: [
      {
        signature: 'System.Xml.XmlAttribute RemoveAttributeNode(System.Xml.XmlAttribute oldAttr)',
        invoke: (value, [attribute]) => (self(attribute).parent === self(value) ? removed(self(attribute)) : null),
      },
      {
        signature: 'System.Xml.XmlAttribute RemoveAttributeNode(string localName, string namespaceURI)',
        invoke: (value, [name, uri]) => removed(self(value).attributeOf(text(name), text(uri))),
      },
    ],
    SetAttribute: [
      {
        signature: 'void SetAttribute(string name, string value)',
        invoke: (value, [name, content]) => {
          setAttribute(self(value), text(name), text(content));
          return undefined;
        },
      },
      {
        signature: 'string SetAttribute(string localName, string namespaceURI, string value)',
        invoke: (value, [name, uri, content]) => {
          const element = self(value);
          const known = element.attributeOf(text(name), text(uri));
          if (known !== undefined) known.value = text(content);
          else
            element.putAttribute(
              element.made('attribute', checkName(text(name), 'attribute'), text(content), text(uri)),
            );
          return text(content);
        },
      },
    ],
    SetAttributeNode: [
      {
        signature: 'System.Xml.XmlAttribute SetAttributeNode(System.Xml.XmlAttribute newAttr)',
        invoke: (value, [attribute]) => {
          const given = self(attribute);
          if (given.parent !== undefined && given.parent !== self(value)) {
            throw netFailure(
              'System.InvalidOperationException',
              "The 'Attribute' node cannot be inserted because it is already an attribute of another element.",
            );
          }
          return self(value).putAttribute(given) ?? null;
        },
      },
    ],
  },
});

export function setAttribute(element: XmlNode, name: string, content: string): void {
  const known = element.attribute(name);
  if (known !== undefined) {
    known.value = content;
    return;
  }
  const prefix = name.includes(':') ? name.slice(0, name.indexOf(':')) : name === 'xmlns' ? 'xmlns' : '';
  const uri = prefix === '' ? '' : (element.resolvePrefix(prefix) ?? '');
  element.putAttribute(element.made('attribute', checkName(name, 'attribute'), content, uri));
}

export function attributesOf(element: XmlNode): XmlNodeList {
  return new XmlNodeList(namedType('System.Xml.XmlAttributeCollection'), () => element.attributes, element);
}
