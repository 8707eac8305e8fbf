import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import type { Overload, TypeDescription } from '../net-type.ts';
import { xmlAdapter } from './xml-adapter.ts';
import { nodeList, type XmlNodeList } from './xml-lists.ts';
import { XmlNode } from './xml-node.ts';

const self = (value: Value): XmlNode => as(value, XmlNode);

/** A kind of node; each needs the adapter named, since only a type's own is asked. */
export function derived(name: string, more: Partial<TypeDescription> = {}): TypeDescription {
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

export const byTagName: Readonly<Record<string, readonly Overload[]>> = {
  GetElementsByTagName: [
    {
      signature: 'System.Xml.XmlNodeList GetElementsByTagName(string name)',
      invoke: (value, [name]) => descendantsNamed(self(value), text(name)),
    },
  ],
};
