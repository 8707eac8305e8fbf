import { runtimeError } from '../../errors/raise.ts';
import { objectArray } from '../../values/array.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import type { MemberAdapter } from '../net-type.ts';
import { XmlNode } from './xml-node.ts';

/** Attributes and children of a local name, in any case: what `$node.name` means. */
function named(node: XmlNode, name: string): XmlNode[] {
  const folded = name.toLowerCase();
  return [...node.attributes, ...node.children].filter((one) => one.localName.toLowerCase() === folded);
}

/** Text where a node holds nothing else, the node where it holds more. */
function valueOfNode(node: XmlNode): Value {
  if (node.kind === 'document') return node;
  if (node.kind !== 'element') return node.value;
  if (node.attributes.length > 0) return node;
  const [only] = node.children;
  if (only === undefined) return '';
  return node.children.length === 1 && (only.kind === 'text' || only.kind === 'cdata') ? only.value : node;
}

/** `undefined` where a node has nothing of that name. */
export function readNamed(node: XmlNode, name: string): Value {
  const found = named(node, name);
  const [first] = found;
  if (first === undefined) return undefined;
  return found.length === 1 ? valueOfNode(first) : objectArray(found.map(valueOfNode));
}

/** PowerShell's own members of XML nodes: attributes and children by their names. */
export const xmlAdapter: MemberAdapter = {
  names: (self) => {
    const node = as(self, XmlNode);
    return [...new Set([...node.attributes, ...node.children].map((one) => one.localName))];
  },
  get: (self, name) => readNamed(as(self, XmlNode), name),
  set: (self, name, value) => {
    const found = named(as(self, XmlNode), name);
    const [first] = found;
    if (first === undefined) return false;
    if (typeof value !== 'string') {
      throw runtimeError(
        'XmlNodeSetShouldBeAString',
        `Cannot set "${name}" because only strings can be used as values to set XmlNode properties.`,
        { type: 'System.Management.Automation.SetValueException', category: 'NotSpecified' },
      );
    }
    if (found.length > 1) {
      throw runtimeError(
        'XmlNodeSetRestrictionsMoreThanOneNode',
        `Cannot set "${name}" because there is more than one node with that name.`,
        { type: 'System.Management.Automation.SetValueException', category: 'NotSpecified' },
      );
    }
    first.setText(value);
    return true;
  },
};
