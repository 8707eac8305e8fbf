import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';
import type { XmlNode } from './xml-node.ts';

/** What an `XmlReader` stands on: a node, its end tag, or one of its attributes. */
interface Place {
  readonly node: XmlNode;
  readonly isEnd: boolean;
}

/** `XmlReader`: walks a tree that is read when the first node is asked for. */
export class XmlReaderObject extends Instance {
  readonly #read: () => XmlNode;
  #tree: XmlNode | undefined;
  #place: Place | undefined;
  /** The attribute that it was moved to. */
  attribute: XmlNode | undefined;
  isClosed = false;
  #isBehind = false;

  constructor(read: () => XmlNode) {
    super();
    this.#read = read;
  }

  get type(): NetType {
    return namedType('System.Xml.XmlTextReaderImpl');
  }

  /** Its tree, for who wants all of it. */
  document(keepsSpace: boolean): XmlNode {
    const tree = (this.#tree ?? this.#read()).clone(true);
    this.#isBehind = true;
    if (!keepsSpace)
      for (const node of [...tree.descendants()].reverse()) if (node.kind === 'whitespace') node.remove();
    return tree;
  }

  get place(): Place | undefined {
    return this.#place;
  }
  /** The node that members speak of: the attribute, else what it stands on. */
  get node(): XmlNode | undefined {
    return this.attribute ?? this.#place?.node;
  }
  get isOnEnd(): boolean {
    return this.attribute === undefined && this.#place?.isEnd === true;
  }
  get isBehind(): boolean {
    return this.#isBehind;
  }
  get isStarted(): boolean {
    return this.#tree !== undefined;
  }
  get element(): XmlNode | undefined {
    const place = this.#place;
    return place !== undefined && !place.isEnd && place.node.kind === 'element' ? place.node : undefined;
  }

  get depth(): number {
    let depth = this.attribute === undefined ? 0 : 1;
    for (let node = this.#place?.node.parent; node !== undefined && node.kind !== 'document'; node = node.parent)
      depth++;
    return depth;
  }

  /** Goes on to the next node; false behind the last. Throws `NetFailure` (XmlException) for what is no XML. */
  read(): boolean {
    if (this.isClosed || this.#isBehind) return false;
    this.attribute = undefined;
    if (this.#tree === undefined) {
      this.#tree = this.#read();
      return this.#stand(this.#tree.children[0], false);
    }
    const place = this.#place;
    if (place === undefined) return false;
    const { node, isEnd } = place;
    const first = isEnd ? undefined : node.children[0];
    if (first !== undefined) return this.#stand(first, false);
    if (!isEnd && node.kind === 'element' && !node.isEmptyTag) return this.#stand(node, true);
    return this.#afterNode(node);
  }

  /** Goes behind what it stands on, children and all. */
  skip(): boolean {
    this.attribute = undefined;
    const place = this.#place;
    if (place === undefined || place.isEnd) return this.read();
    return this.#afterNode(place.node);
  }

  #afterNode(node: XmlNode): boolean {
    const next = node.nextSibling;
    if (next !== undefined) return this.#stand(next, false);
    const { parent } = node;
    return parent === undefined || parent === this.#tree ? this.#stand(undefined, false) : this.#stand(parent, true);
  }

  #stand(node: XmlNode | undefined, isEnd: boolean): boolean {
    this.#place = node === undefined ? undefined : { node, isEnd };
    this.#isBehind = node === undefined;
    return node !== undefined;
  }

  /** Goes on until it stands on an element that fits. */
  readTo(fits: (node: XmlNode) => boolean): boolean {
    while (this.read()) if (this.element !== undefined && fits(this.element)) return true;
    return false;
  }

  /** Goes on to text, an element or an end tag. */
  moveToContent(): void {
    this.attribute = undefined;
    while (this.#place === undefined || !this.#isContent()) if (!this.read()) return;
  }

  #isContent(): boolean {
    const kind = this.#place?.node.kind;
    return kind === 'element' || kind === 'text' || kind === 'cdata';
  }

  /** Checks that it stands on a start tag. Throws `NetFailure` (XmlException). */
  startTag(name: string | undefined): XmlNode {
    this.moveToContent();
    const { element } = this;
    if (element !== undefined && (name === undefined || element.name === name)) return element;
    if (element === undefined) {
      throw netFailure(
        'System.Xml.XmlException',
        `'${this.isOnEnd ? 'EndElement' : 'None'}' is an invalid XmlNodeType.`,
      );
    }
    throw netFailure('System.Xml.XmlException', `Element '${name}' was not found.`);
  }

  /** The text of the element that it stands on; goes behind it. */
  elementText(name: string | undefined): string {
    const element = this.startTag(name);
    const below = element.children.find((child) => child.kind === 'element');
    if (below !== undefined) {
      throw netFailure(
        'System.Xml.XmlException',
        `ReadElementContentAsString() methods cannot be called on an element that has child elements.`,
      );
    }
    const text = element.textBelow;
    this.skip();
    return text;
  }
}
