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
  | 'doctype'
  | 'instruction'
  | 'whitespace'
  | 'significantWhitespace'
  | 'fragment';

export const typeNames: Readonly<Record<XmlKind, string>> = {
  document: 'XmlDocument',
  element: 'XmlElement',
  attribute: 'XmlAttribute',
  text: 'XmlText',
  cdata: 'XmlCDataSection',
  comment: 'XmlComment',
  declaration: 'XmlDeclaration',
  doctype: 'XmlDocumentType',
  instruction: 'XmlProcessingInstruction',
  whitespace: 'XmlWhitespace',
  significantWhitespace: 'XmlSignificantWhitespace',
  fragment: 'XmlDocumentFragment',
};

/** Numbers of `XmlNodeType`. */
export const nodeTypes: Readonly<Record<XmlKind, number>> = {
  element: 1,
  attribute: 2,
  text: 3,
  cdata: 4,
  instruction: 7,
  comment: 8,
  document: 9,
  doctype: 10,
  fragment: 11,
  whitespace: 13,
  significantWhitespace: 14,
  declaration: 17,
};

const fixedNames: Partial<Readonly<Record<XmlKind, string>>> = {
  document: '#document',
  text: '#text',
  cdata: '#cdata-section',
  comment: '#comment',
  declaration: 'xml',
  whitespace: '#whitespace',
  significantWhitespace: '#significant-whitespace',
  fragment: '#document-fragment',
};

const textKinds: ReadonlySet<XmlKind> = new Set(['text', 'cdata', 'whitespace', 'significantWhitespace']);

export const xmlUri = 'http://www.w3.org/XML/1998/namespace';
export const xmlnsUri = 'http://www.w3.org/2000/xmlns/';

/**
 * A node of an XML document: `System.Xml.XmlNode` and its kinds. An element knows its namespace from when it was made, as in
 * .NET: moving it elsewhere does not change it, and writing it declares what is not declared there.
 */
export class XmlNode extends Instance {
  readonly kind: XmlKind;
  prefix = '';
  /** The name of fixed kinds (`#text`), the target of an instruction. */
  readonly localName: string;
  readonly namespaceUri: string;
  /** Text of text, attributes, comments and their like; what stands behind the name in a declaration or document type. */
  value: string;
  parent: XmlNode | undefined;
  readonly children: XmlNode[] = [];
  readonly attributes: XmlNode[] = [];
  /** Written `<a />` rather than `<a></a>`. */
  isEmptyTag = false;
  /** Of a document: whether white space between elements is kept. */
  preservesSpace = false;
  /** The document that made it: nodes of another cannot be inserted. */
  owner: XmlNode | undefined;
  /** Where its name stands in the text that it was read from; -1 where it was not. */
  at = -1;
  /** Its place among its siblings or attributes when it was last asked for. */
  #place = 0;

  /** @param name with its prefix; ignored where the kind fixes it */
  constructor(kind: XmlKind, name: string, value = '', namespaceUri = '') {
    super();
    this.kind = kind;
    const fixed = fixedNames[kind];
    const colon = fixed === undefined && (kind === 'element' || kind === 'attribute') ? name.indexOf(':') : -1;
    if (colon > 0) this.prefix = name.slice(0, colon);
    this.localName = fixed ?? (colon > 0 ? name.slice(colon + 1) : name);
    this.namespaceUri = namespaceUri;
    this.value = value;
  }

  get type(): NetType {
    return namedType(`System.Xml.${typeNames[this.kind]}`);
  }

  get name(): string {
    return this.prefix === '' ? this.localName : `${this.prefix}:${this.localName}`;
  }

  /** Whether it declares a prefix, or the default namespace. */
  get isDeclaration(): boolean {
    return this.kind === 'attribute' && (this.prefix === 'xmlns' || (this.prefix === '' && this.localName === 'xmlns'));
  }

  /** The prefix that it declares; empty for the default namespace. */
  get declaredPrefix(): string {
    return this.prefix === '' ? '' : this.localName;
  }

  /** What a prefix stands for here; `undefined` where nothing declares it. */
  resolvePrefix(prefix: string): string | undefined {
    if (prefix === 'xml') return xmlUri;
    if (prefix === 'xmlns') return xmlnsUri;
    for (let node: XmlNode | undefined = this; node !== undefined; node = node.parent) {
      if (node.kind === 'element' && node.prefix === prefix) return node.namespaceUri;
      const declared = node.attributes.find((one) => one.isDeclaration && one.declaredPrefix === prefix);
      if (declared !== undefined) return declared.value;
    }
    return prefix === '' ? '' : undefined;
  }

  /** The concatenated text below, comments and instructions left out. */
  get textBelow(): string {
    if (this.kind !== 'document' && this.kind !== 'element' && this.kind !== 'fragment') return this.value;
    let text = '';
    for (const node of this.descendants()) {
      if (textKinds.has(node.kind)) text += node.value;
    }
    return text;
  }

  setText(text: string): void {
    if (this.kind !== 'element' && this.kind !== 'fragment') {
      this.value = text;
      return;
    }
    this.clear();
    if (text !== '' || this.kind === 'element') this.append(this.made('text', '', text));
  }

  /** A node of the same document and the same family of types. */
  made(kind: XmlKind, name: string, value = '', namespaceUri = ''): XmlNode {
    const node = this.create(kind, name, value, namespaceUri);
    node.owner = this.kind === 'document' ? this : this.owner;
    return node;
  }

  protected create(kind: XmlKind, name: string, value: string, namespaceUri: string): XmlNode {
    return new XmlNode(kind, name, value, namespaceUri);
  }

  /** An attribute by its name with the prefix. */
  attribute(name: string): XmlNode | undefined {
    return this.attributes.find((attribute) => attribute.name === name);
  }

  attributeOf(localName: string, namespaceUri: string): XmlNode | undefined {
    return this.attributes.find((one) => one.localName === localName && one.namespaceUri === namespaceUri);
  }

  /** Adds an attribute that is not there yet, or puts it in place of the one of its name. */
  putAttribute(attribute: XmlNode): XmlNode | undefined {
    const old = this.attributeOf(attribute.localName, attribute.namespaceUri);
    if (old === attribute) return undefined;
    attribute.remove();
    attribute.parent = this;
    const at = old === undefined ? -1 : this.attributes.indexOf(old);
    if (old === undefined) this.attributes.push(attribute);
    else {
      this.attributes.splice(at, 1, attribute);
      old.parent = undefined;
    }
    return old;
  }

  /** Puts a node that belongs nowhere at the end. */
  append(child: XmlNode): void {
    child.parent = this;
    child.#place = this.children.length;
    this.children.push(child);
    this.isEmptyTag = false;
  }

  /** Puts a node in, taken out of where it was; of a fragment its children. */
  insert(at: number, child: XmlNode): void {
    if (child.kind === 'fragment') {
      let place = at;
      for (const one of [...child.children]) this.insert(place++, one);
      return;
    }
    const place = child.parent === this && child.place < at ? at - 1 : at;
    child.remove();
    if (place >= this.children.length) this.append(child);
    else {
      this.children.splice(place, 0, child);
      child.parent = this;
      this.isEmptyTag = false;
    }
  }

  /** Takes it out of its parent. */
  remove(): void {
    const { parent } = this;
    if (parent === undefined) return;
    const list = this.kind === 'attribute' ? parent.attributes : parent.children;
    const { place } = this;
    if (place === list.length - 1) list.pop();
    else list.splice(place, 1);
    this.parent = undefined;
  }

  /** Takes its children out. */
  clear(): void {
    for (const child of this.children) child.parent = undefined;
    this.children.length = 0;
  }

  /** Its place among its siblings, or among the attributes of its element; zero where it belongs nowhere. */
  get place(): number {
    const list = this.kind === 'attribute' ? this.parent?.attributes : this.parent?.children;
    if (list === undefined) return 0;
    if (list[this.#place] !== this) for (const [index, one] of list.entries()) one.#place = index;
    return this.#place;
  }

  get nextSibling(): XmlNode | undefined {
    return this.kind === 'attribute' ? undefined : this.parent?.children[this.place + 1];
  }

  get previousSibling(): XmlNode | undefined {
    return this.kind === 'attribute' ? undefined : this.parent?.children[this.place - 1];
  }

  /** @param owner the document of the copy: its own where left out */
  clone(deep: boolean, owner = this.owner): XmlNode {
    const copy = this.#copied(owner);
    if (!deep) return copy;
    const pairs: [XmlNode, XmlNode][] = [[this, copy]];
    for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
      const [from, to] = pair;
      const isEmpty = to.isEmptyTag;
      for (const child of from.children) {
        const made = child.#copied(from.kind === 'document' ? to : owner);
        to.append(made);
        if (child.children.length > 0) pairs.push([child, made]);
      }
      to.isEmptyTag = isEmpty && from.children.length === 0;
    }
    return copy;
  }

  #copied(owner: XmlNode | undefined): XmlNode {
    const copy = this.create(this.kind, this.name, this.value, this.namespaceUri);
    copy.owner = this.kind === 'document' ? undefined : owner;
    copy.isEmptyTag = this.isEmptyTag;
    copy.preservesSpace = this.preservesSpace;
    for (const attribute of this.attributes) {
      const made = attribute.#copied(owner);
      made.parent = copy;
      copy.attributes.push(made);
    }
    return copy;
  }

  get documentElement(): XmlNode | undefined {
    return this.children.find((child) => child.kind === 'element');
  }

  /** The topmost node it is in. */
  get root(): XmlNode {
    let node: XmlNode = this;
    while (node.parent !== undefined) node = node.parent;
    return node;
  }

  /** All below it in the order of the text; however deep, without a call for each level. */
  *descendants(): Generator<XmlNode, void> {
    const lists = [this.children];
    const places = [0];
    while (lists.length > 0) {
      const depth = lists.length - 1;
      const place = places[depth] ?? 0;
      const node = lists[depth]?.[place];
      if (node === undefined) {
        lists.pop();
        places.pop();
        continue;
      }
      places[depth] = place + 1;
      yield node;
      if (node.children.length > 0) {
        lists.push(node.children);
        places.push(0);
      }
    }
  }
}
