import type { ViewedNode } from '#xpath';
import type { Budget } from '../../runtime/budget.ts';
import { type XmlKind, type XmlNode, xmlUri } from './xml-node.ts';

const nodeTypes: Readonly<Record<XmlKind, number>> = {
  element: 1,
  attribute: 2,
  text: 3,
  cdata: 4,
  instruction: 7,
  comment: 8,
  document: 9,
  doctype: 10,
  fragment: 11,
  whitespace: 3,
  significantWhitespace: 3,
  declaration: 10,
};

/**
 * The nodes of one tree as the XPath library wants to see them, for one evaluation: the properties of a browser's nodes. The
 * budget is asked at each, so that a query that takes too long ends.
 */
export class XPathTree {
  readonly #views = new Map<XmlNode, XPathView>();
  readonly #budget: Pick<Budget, 'step'> | undefined;
  #isOrdered = false;

  constructor(budget: Pick<Budget, 'step'> | undefined) {
    this.#budget = budget;
  }

  view(node: XmlNode): XPathView;
  view(node: XmlNode | undefined): XPathView | null;
  view(node: XmlNode | undefined): XPathView | null {
    if (node === undefined) return null;
    this.#budget?.step();
    let view = this.#views.get(node);
    if (view === undefined) {
      view = new XPathView(node, this);
      this.#views.set(node, view);
    }
    return view;
  }

  /** Numbers every node in the order of the document, once. */
  order(node: XmlNode): void {
    if (this.#isOrdered) return;
    this.#isOrdered = true;
    let number = 1;
    const { root } = node;
    for (const one of [root, ...root.attributes]) this.view(one).place = number++;
    for (const below of root.descendants()) {
      this.view(below).place = number++;
      for (const attribute of below.attributes) this.view(attribute).place = number++;
    }
  }
}

/** One node as the library sees it. */
export class XPathView implements ViewedNode {
  readonly node: XmlNode;
  readonly #tree: XPathTree;
  place = 0;
  #attributes: AttributeViews | undefined;

  constructor(node: XmlNode, tree: XPathTree) {
    this.node = node;
    this.#tree = tree;
  }

  get order(): number {
    this.#tree.order(this.node);
    return this.place;
  }
  get nodeType(): number {
    return nodeTypes[this.node.kind];
  }
  get nodeName(): string {
    return this.node.name;
  }
  get localName(): string {
    return this.node.localName;
  }
  get name(): string {
    return this.node.name;
  }
  get prefix(): string {
    return this.node.prefix;
  }
  get namespaceURI(): string {
    return this.node.namespaceUri;
  }
  get nodeValue(): string {
    return this.node.value;
  }
  get value(): string {
    return this.node.value;
  }
  /** What a processing instruction is asked for. */
  get target(): string {
    return this.node.localName;
  }
  get data(): string {
    return this.node.value;
  }
  get parentNode(): XPathView | null {
    return this.node.kind === 'attribute' ? null : this.#tree.view(this.node.parent);
  }
  get ownerElement(): XPathView | null {
    return this.node.kind === 'attribute' ? this.#tree.view(this.node.parent) : null;
  }
  get ownerDocument(): XPathView | null {
    return this.#tree.view(this.node.root);
  }
  get documentElement(): XPathView | null {
    return this.#tree.view(this.node.documentElement);
  }
  get firstChild(): XPathView | null {
    return this.#tree.view(this.node.children.find(isVisible));
  }
  get nextSibling(): XPathView | null {
    let next = this.node.nextSibling;
    while (next !== undefined && !isVisible(next)) next = next.nextSibling;
    return this.#tree.view(next);
  }
  get previousSibling(): XPathView | null {
    let next = this.node.previousSibling;
    while (next !== undefined && !isVisible(next)) next = next.previousSibling;
    return this.#tree.view(next);
  }
  /** Declarations of namespaces are no attributes to XPath. */
  get attributes(): AttributeViews | null {
    if (this.node.kind !== 'element') return null;
    this.#attributes ??= new AttributeViews(
      this.node.attributes.filter((one) => !one.isDeclaration).map((one) => this.#tree.view(one)),
    );
    return this.#attributes;
  }

  /** What comes behind it in the document but for what it holds. */
  *following(): Generator<XPathView, void> {
    if (this.node.kind === 'attribute') {
      for (const below of this.node.parent?.descendants() ?? []) yield this.#tree.view(below);
    }
    const start = this.node.kind === 'attribute' ? this.node.parent : this.node;
    for (let node = start; node !== undefined; node = node.parent) {
      for (let next = node.nextSibling; next !== undefined; next = next.nextSibling) {
        if (isVisible(next)) yield this.#tree.view(next);
        for (const below of next.descendants()) yield this.#tree.view(below);
      }
    }
  }

  /** What comes before it in the document but for what holds it. */
  *preceding(): Generator<XPathView, void> {
    const start = this.node.kind === 'attribute' ? this.node.parent : this.node;
    for (let node = start; node !== undefined; node = node.parent) {
      for (let next = node.previousSibling; next !== undefined; next = next.previousSibling) {
        if (isVisible(next)) yield this.#tree.view(next);
        for (const below of next.descendants()) yield this.#tree.view(below);
      }
    }
  }

  /** What `lang()` and `id()` ask for. */
  getAttributeNS(uri: string, name: string): string {
    return this.node.attributeOf(name, uri === 'xml' ? xmlUri : uri)?.value ?? '';
  }
  getElementById(): null {
    return null;
  }
}

/** The XML declaration and the document type are no nodes of the data model of XPath. */
function isVisible(node: XmlNode): boolean {
  return node.kind !== 'declaration' && node.kind !== 'doctype';
}

class AttributeViews {
  readonly #views: readonly XPathView[];
  constructor(views: readonly XPathView[]) {
    this.#views = views;
  }
  get length(): number {
    return this.#views.length;
  }
  item(at: number): XPathView | undefined {
    return this.#views[at];
  }
}
