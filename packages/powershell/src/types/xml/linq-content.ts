import { toNetText } from '../../conversion/text.ts';
import { netFailure } from '../../errors/raise.ts';
import { NetArray } from '../../values/array.ts';
import { EnumValue } from '../../values/enum.ts';
import type { Value } from '../../values/value.ts';
import type { CallContext } from '../net-type.ts';
import { sessionOf } from '../session-of.ts';
import { type LinqName, LinqNode, LinqNodes } from './linq-node.ts';
import { documentReading, readXml } from './read-xml.ts';
import { collected, writeNode } from './write-xml.ts';
import { XmlNode } from './xml-node.ts';
import { indentedLayout, plainLayout } from './xml-output.ts';
import { xmlText } from './xml-text.ts';

export const fits = (node: XmlNode, name: LinqName): boolean =>
  node.localName === name.localName && node.namespaceUri === name.uri;

export const elementsOf = (node: XmlNode): XmlNode[] => node.children.filter((child) => child.kind === 'element');

/** Text with line ends and indentation, or as it stands where `DisableFormatting` (1) is asked for. */
export function textOf(node: XmlNode, options = 0): string {
  return collected((options & 1) === 1 ? plainLayout : indentedLayout, (output) => {
    for (const one of node.kind === 'document' ? node.children : [node]) {
      if (one.kind !== 'declaration') writeNode(one, output);
    }
  });
}

export function parsed(markup: string, options: number, context: CallContext): XmlNode {
  const { budget } = sessionOf(context);
  budget.reserve(markup.length * 2);
  const document = new LinqNode('document', '');
  readXml(markup, document, { ...documentReading((options & 1) === 1, budget), entityCharacters: 10_000_000 });
  return document;
}

export function rootOf(document: XmlNode): XmlNode {
  const root = document.documentElement;
  if (root === undefined) throw netFailure('System.Xml.XmlException', 'Root element is missing.');
  root.remove();
  return root;
}

export const optionsOf = (value: Value): number => (value instanceof EnumValue ? Number(value.value) : 0);

/** Adds what a constructor or `Add` is given: nodes, attributes, lists of them, anything else as text. */
export function add(node: XmlNode, content: Value, context: CallContext): void {
  if (content === null || content === undefined) return;
  if (content instanceof NetArray) {
    for (const item of content.items) add(node, item, context);
    return;
  }
  if (content instanceof LinqNodes) {
    for (const item of content.nodes()) add(node, item, context);
    return;
  }
  if (!(content instanceof XmlNode)) {
    addText(node, valueText(content, context));
    return;
  }
  // What stands in a tree already is copied, as in .NET.
  const added = content.parent === undefined && content !== node.root ? content : content.clone(true);
  if (added.kind !== 'attribute') node.append(added);
  else if (node.attributeOf(added.localName, added.namespaceUri) === undefined) node.putAttribute(added);
  else throw netFailure('System.InvalidOperationException', 'Duplicate attribute.');
}

export function addText(node: XmlNode, added: string): void {
  const last = node.children.at(-1);
  if (last?.kind === 'text') last.value += added;
  else node.append(new LinqNode('text', '', added));
}

export function valueText(value: Value, context: CallContext): string {
  return xmlText(value, context) ?? toNetText(value ?? '', undefined, context);
}

export function setAttribute(element: XmlNode, name: LinqName, value: Value, context: CallContext): void {
  const known = element.attributeOf(name.localName, name.uri);
  if (value === null || value === undefined) known?.remove();
  else if (known !== undefined) known.value = valueText(value, context);
  else element.putAttribute(new LinqNode('attribute', name.localName, valueText(value, context), name.uri));
}

export function setElement(element: XmlNode, name: LinqName, value: Value, context: CallContext): void {
  const known = elementsOf(element).find((child) => fits(child, name));
  if (value === null || value === undefined) known?.remove();
  else if (known !== undefined) known.setText(valueText(value, context));
  else element.append(madeElement(name, value, context));
}

export function madeElement(name: LinqName, content: Value, context: CallContext): LinqNode {
  const element = new LinqNode('element', name.localName, '', name.uri);
  element.isEmptyTag = true;
  add(element, content, context);
  return element;
}
