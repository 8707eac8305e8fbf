import { typeOf } from '../../conversion/base.ts';
import { runtimeError } from '../../errors/raise.ts';
import { objectArray } from '../../values/array.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { netTypes } from '../intrinsic.ts';
import { propertyNotFound, wrapSet } from '../member-errors.ts';
import type { CallContext, MemberAdapter } from '../net-type.ts';
import { languageName } from '../type-display.ts';
import { XmlNode } from './xml-node.ts';

export const selfNode = (value: Value): XmlNode => as(value, XmlNode);

/** Attributes and children of a local name, in any case: what `$node.name` means. White space has no name. */
function named(node: XmlNode, name: string): XmlNode[] {
  if (node.kind === 'attribute') return name.toLowerCase() === '#text' && node.value !== '' ? [node] : [];
  const folded = name.toLowerCase();
  const found: XmlNode[] = [];
  for (const list of [node.attributes, node.children]) {
    for (const one of list) {
      const { localName } = one;
      if (localName.length !== folded.length || one.kind === 'whitespace') continue;
      if (localName === name || localName.toLowerCase() === folded) found.push(one);
    }
  }
  return found;
}

const isText = (node: XmlNode | undefined): boolean => node?.kind === 'text';

/** Text where a node holds nothing else, the node where it holds more. */
function valueOfNode(node: XmlNode): Value {
  if (node.kind === 'doctype') return '';
  if (node.kind !== 'element' && node.kind !== 'document') return node.value;
  if (node.attributes.length > 0) return node;
  const [only] = node.children;
  if (only === undefined) return '';
  return node.children.length === 1 && isText(only) ? only.value : node;
}

/** `undefined` where a node has nothing of that name. */
export function readNamed(node: XmlNode, name: string): Value {
  const found = named(node, name);
  const [first] = found;
  if (first === undefined) return undefined;
  return found.length === 1 ? valueOfNode(first) : objectArray(found.map(valueOfNode));
}

/** Sets the text of the one node of a name; false where there is none. Throws `Thrown` where it holds more than text. */
export function writeNamed(node: XmlNode, name: string, value: Value, context: CallContext): boolean {
  const found = named(node, name);
  const [first] = found;
  if (first === undefined) return false;
  if (found.length > 1) throw notOneText('XmlNodeSetRestrictionsMoreThanOneNode', name);
  if (first.kind === 'element') {
    const [only] = first.children;
    const isPlain =
      first.attributes.length === 0 && (only === undefined || (first.children.length === 1 && isText(only)));
    if (!isPlain) throw notOneText('XmlNodeSetRestrictionsUnknownNodeType', name);
  }
  const text = context.convert(value, netTypes.string);
  first.setText(typeof text === 'string' ? text : '');
  return true;
}

function notOneText(id: string, name: string): Error {
  return runtimeError(
    id,
    `Cannot set "${name}" because only strings can be used as values to set XmlNode properties.`,
    { type: 'System.Management.Automation.SetValueException', category: 'NotSpecified' },
  );
}

/** PowerShell's own members of XML nodes: attributes and children by their names. */
export const xmlAdapter: MemberAdapter = {
  names: (self) => {
    const node = selfNode(self);
    const names = new Map<string, string>();
    for (const one of [...node.attributes, ...node.children]) {
      const folded = one.localName.toLowerCase();
      if (one.kind !== 'whitespace' && !names.has(folded)) names.set(folded, one.localName);
    }
    return [...names.values()];
  },
  get: (self, name) => readNamed(selfNode(self), name),
  definition: (self, name) => {
    const value = readNamed(selfNode(self), name);
    if (typeof value === 'string') return `string ${name} {get;set;}`;
    return value === undefined || value === null ? name : `${languageName(typeOf(value))} ${name} {get;}`;
  },
  set: (self, name, value, context) => {
    if (writeNamed(selfNode(self), name, value, context)) return true;
    throw wrapSet(propertyNotFound('PropertyAssignmentException', name), name);
  },
};
