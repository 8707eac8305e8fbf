import type { XmlNode } from './xml-node.ts';

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function escapeAttribute(text: string): string {
  return escapeText(text)
    .replace(/"/g, '&quot;')
    .replace(/[\t\n\r]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16).toUpperCase()};`);
}

/** The text of a node: `OuterXml`. */
export function outerXml(node: XmlNode): string {
  switch (node.kind) {
    case 'document':
    case 'fragment':
      return innerXml(node);
    case 'element': {
      const open = `<${node.name}${node.attributes.map((attribute) => ` ${outerXml(attribute)}`).join('')}`;
      if (node.children.length === 0 && node.isEmptyTag) return `${open} />`;
      return `${open}>${innerXml(node)}</${node.name}>`;
    }
    case 'attribute':
      return `${node.name}="${escapeAttribute(node.value)}"`;
    case 'text':
    case 'whitespace':
      return escapeText(node.value);
    case 'cdata':
      return `<![CDATA[${node.value}]]>`;
    case 'comment':
      return `<!--${node.value}-->`;
    case 'declaration':
      return `<?xml ${node.value}?>`;
    case 'instruction':
      return `<?${node.name}${node.value === '' ? '' : ` ${node.value}`}?>`;
  }
}

/** The text of what a node holds: `InnerXml`. */
export function innerXml(node: XmlNode): string {
  return node.kind === 'attribute' ? escapeText(node.value) : node.children.map(outerXml).join('');
}

/** The document with line ends and two blanks of indentation, as `Save` writes it; elements with text stay on one line. */
export function indentedXml(node: XmlNode, newLine = '\n'): string {
  return node.children.map((child) => indented(child, '', newLine)).join(newLine);
}

function indented(node: XmlNode, indentation: string, newLine: string): string {
  const isPlain = node.kind !== 'element' || node.children.length === 0;
  if (
    isPlain ||
    node.children.some((child) => child.kind === 'text' || child.kind === 'cdata' || child.kind === 'whitespace')
  ) {
    return indentation + outerXml(node);
  }
  const open = `<${node.name}${node.attributes.map((attribute) => ` ${outerXml(attribute)}`).join('')}>`;
  const children = node.children.map((child) => indented(child, `${indentation}  `, newLine));
  return [indentation + open, ...children, `${indentation}</${node.name}>`].join(newLine);
}
