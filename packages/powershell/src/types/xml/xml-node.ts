import { Instance } from '../../values/instance.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';

export type XmlKind =
  | 'document'
  | 'element'
  | 'attribute'
  | 'text'
  | 'cdata'
  | 'comment'
  | 'declaration'
  | 'instruction'
  | 'whitespace'
  | 'fragment';

const typeNames: Readonly<Record<XmlKind, string>> = {
  document: 'XmlDocument',
  element: 'XmlElement',
  attribute: 'XmlAttribute',
  text: 'XmlText',
  cdata: 'XmlCDataSection',
  comment: 'XmlComment',
  declaration: 'XmlDeclaration',
  instruction: 'XmlProcessingInstruction',
  whitespace: 'XmlSignificantWhitespace',
  fragment: 'XmlDocumentFragment',
};

const fixedNames: Partial<Readonly<Record<XmlKind, string>>> = {
  document: '#document',
  text: '#text',
  cdata: '#cdata-section',
  comment: '#comment',
  declaration: 'xml',
  whitespace: '#significant-whitespace',
  fragment: '#document-fragment',
};

/** A node of an XML document: `System.Xml.XmlNode` and its kinds. */
export class XmlNode extends Instance {
  readonly kind: XmlKind;
  readonly name: string;
  /** Text of text, attributes, comments and their like. */
  value: string;
  parent: XmlNode | undefined;
  readonly children: XmlNode[] = [];
  readonly attributes: XmlNode[] = [];
  /** Written `<a />` rather than `<a></a>`. */
  isEmptyTag = false;
  /** Of a document: whether white space between elements is kept. */
  preservesSpace = false;

  constructor(kind: XmlKind, name: string, value = '') {
    super();
    this.kind = kind;
    this.name = fixedNames[kind] ?? name;
    this.value = value;
  }

  get type(): NetType {
    return namedType(`System.Xml.${typeNames[this.kind]}`);
  }

  get prefix(): string {
    const colon = this.name.indexOf(':');
    return colon === -1 ? '' : this.name.slice(0, colon);
  }

  get localName(): string {
    return this.name.slice(this.name.indexOf(':') + 1);
  }

  /** The namespace that the prefix stands for here. */
  get namespaceUri(): string {
    if (this.kind !== 'element' && this.kind !== 'attribute') return '';
    if (this.kind === 'attribute' && this.prefix === '') return this.name === 'xmlns' ? xmlnsUri : '';
    return this.kind === 'attribute'
      ? (this.parent?.resolvePrefix(this.prefix) ?? '')
      : (this.resolvePrefix(this.prefix) ?? '');
  }

  resolvePrefix(prefix: string): string | undefined {
    if (prefix === 'xml') return 'http://www.w3.org/XML/1998/namespace';
    if (prefix === 'xmlns') return xmlnsUri;
    const wanted = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
    for (let node: XmlNode | undefined = this; node !== undefined; node = node.parent) {
      const declared = node.attributes.find((attribute) => attribute.name === wanted);
      if (declared !== undefined) return declared.value;
    }
    return undefined;
  }

  /** The concatenated text below, comments and instructions left out. */
  get textBelow(): string {
    switch (this.kind) {
      case 'document':
      case 'element':
      case 'fragment':
        return this.children
          .filter((child) => child.kind !== 'comment' && child.kind !== 'instruction' && child.kind !== 'declaration')
          .map((child) => child.textBelow)
          .join('');
      default:
        return this.value;
    }
  }

  setText(text: string): void {
    if (this.kind === 'element' || this.kind === 'fragment') {
      for (const child of this.children) child.parent = undefined;
      this.children.length = 0;
      this.append(new XmlNode('text', '', text));
    } else this.value = text;
  }

  attribute(name: string): XmlNode | undefined {
    return this.attributes.find((attribute) => attribute.name === name);
  }

  setAttribute(name: string, value: string): XmlNode {
    const known = this.attribute(name);
    if (known !== undefined) {
      known.value = value;
      return known;
    }
    const made = new XmlNode('attribute', name, value);
    made.parent = this;
    this.attributes.push(made);
    return made;
  }

  append(child: XmlNode): XmlNode {
    return this.insert(this.children.length, child);
  }

  /** Puts a node in, taken out of where it was; of a fragment its children. */
  insert(at: number, child: XmlNode): XmlNode {
    if (child.kind === 'fragment') {
      [...child.children].forEach((one, index) => {
        this.insert(at + index, one);
      });
      return child;
    }
    const index = child.parent === this && this.children.indexOf(child) < at ? at - 1 : at;
    child.remove();
    this.children.splice(index, 0, child);
    child.parent = this;
    this.isEmptyTag = false;
    return child;
  }

  /** Takes it out of its parent. */
  remove(): void {
    const { parent } = this;
    if (parent === undefined) return;
    const list = this.kind === 'attribute' ? parent.attributes : parent.children;
    const at = list.indexOf(this);
    if (at !== -1) list.splice(at, 1);
    this.parent = undefined;
  }

  clone(deep: boolean): XmlNode {
    const copy = new XmlNode(this.kind, this.name, this.value);
    copy.isEmptyTag = this.isEmptyTag;
    for (const attribute of this.attributes) copy.setAttribute(attribute.name, attribute.value);
    if (deep) for (const child of this.children) copy.append(child.clone(true));
    if (deep) copy.isEmptyTag = this.isEmptyTag;
    return copy;
  }

  get documentElement(): XmlNode | undefined {
    return this.children.find((child) => child.kind === 'element');
  }

  /** The document it is in. */
  get root(): XmlNode {
    let node: XmlNode = this;
    while (node.parent !== undefined) node = node.parent;
    return node;
  }

  /** It and all below it in the order of the text. */
  *descendants(): Generator<XmlNode, void> {
    for (const child of this.children) {
      yield child;
      yield* child.descendants();
    }
  }
}

const xmlnsUri = 'http://www.w3.org/2000/xmlns/';
