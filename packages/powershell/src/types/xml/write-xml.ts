import type { Budget } from '../../runtime/budget.ts';
import type { XmlNode } from './xml-node.ts';
import { escapeText, indentedLayout, plainLayout, type XmlLayout, XmlOutput } from './xml-output.ts';

/** The text of a node: `OuterXml`. */
export function outerXml(node: XmlNode): string {
  if (node.kind === 'attribute') return attributeXml(node);
  return collected(plainLayout, (output) => writeNode(node, output));
}

/** The text of what a node holds: `InnerXml`. */
export function innerXml(node: XmlNode): string {
  if (node.kind === 'attribute') return escapeText(node.value).replaceAll('"', '&quot;');
  return collected(plainLayout, (output) => {
    for (const child of node.children) writeNode(child, output);
  });
}

/** The document with line ends and two blanks of indentation, as `Save` writes it. */
export function indentedXml(node: XmlNode): string {
  return collected(indentedLayout, (output) => writeNode(node, output));
}

export function collected(layout: XmlLayout, write: (output: XmlOutput) => void): string {
  let text = '';
  const output = new XmlOutput(layout, (piece) => {
    text += piece;
  });
  write(output);
  output.closeTag();
  return text;
}

function attributeXml(node: XmlNode): string {
  const text = collected(plainLayout, (output) => {
    output.startElement('', 'a', undefined);
    output.attribute('', node.name, undefined, node.value);
  });
  return text.slice('<a '.length, -1);
}

/** Writes a node and all below it; however deep, without a call for each level. */
export function writeNode(node: XmlNode, output: XmlOutput, budget?: Pick<Budget, 'step'>): void {
  const open: { node: XmlNode; next: number }[] = [];
  begin(node);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const child = top.node.children[top.next++];
    if (child !== undefined) begin(child);
    else {
      open.pop();
      if (top.node.kind === 'element') output.endElement(!top.node.isEmptyTag);
    }
  }

  function begin(one: XmlNode): void {
    budget?.step();
    switch (one.kind) {
      case 'document':
      case 'fragment':
        open.push({ node: one, next: 0 });
        return;
      case 'element':
        output.startElement(one.prefix, one.localName, one.namespaceUri);
        for (const { prefix, localName, namespaceUri, value } of one.attributes) {
          output.attribute(prefix, localName, namespaceUri, value);
        }
        open.push({ node: one, next: 0 });
        return;
      case 'text':
        output.text(one.value);
        return;
      case 'whitespace':
      case 'significantWhitespace':
        output.raw(one.value);
        return;
      case 'cdata':
        output.cdata(one.value);
        return;
      case 'comment':
        output.comment(one.value);
        return;
      case 'declaration':
        output.declaration(one.value);
        return;
      case 'doctype':
        output.documentType(one.localName, one.value);
        return;
      case 'instruction':
        output.instruction(one.localName, one.value);
        return;
      case 'attribute':
        output.attribute(one.prefix, one.localName, one.namespaceUri, one.value);
        return;
    }
  }
}
