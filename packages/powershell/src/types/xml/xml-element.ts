import { as, bool, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import type { TypeDescription } from '../net-type.ts';
import { byTagName, derived } from './node-kinds.ts';
import { XmlNode } from './xml-node.ts';

const self = (value: Value): XmlNode => as(value, XmlNode);

export const elementDescription: TypeDescription = derived('XmlElement', {
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
