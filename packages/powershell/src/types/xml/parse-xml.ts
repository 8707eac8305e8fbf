import { netFailure } from '../../errors/raise.ts';
import { XmlNode } from './xml-node.ts';

/** Deepest nesting of elements. */
const maximumDepth = 2000;

/**
 * Reads an XML document. No document type is followed: entities that one declares stay unknown, so that nothing can grow
 * or be fetched by them.
 * Throws `NetFailure` (XmlException) with line and position.
 */
export function parseXml(text: string, preservesSpace = false): XmlNode {
  return new XmlParser(text, preservesSpace).document();
}

/** Reads a piece of a document: what `InnerXml` may be set to. */
export function parseXmlFragment(text: string): XmlNode {
  return new XmlParser(text, true).fragment();
}

const nameStart = /[\p{L}_:][\p{L}\p{N}\p{M}._:·-]*/uy;
const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

class XmlParser {
  readonly #text: string;
  readonly #preservesSpace: boolean;
  #at = 0;
  #depth = 0;

  constructor(text: string, preservesSpace: boolean) {
    this.#text = text.startsWith('\ufeff') ? text.slice(1) : text;
    this.#preservesSpace = preservesSpace;
  }

  document(): XmlNode {
    const document = new XmlNode('document', '');
    document.preservesSpace = this.#preservesSpace;
    if (this.#text === '') return document;
    while (this.#at < this.#text.length) {
      const start = this.#at;
      if (this.#text[this.#at] === '<') {
        const child = this.#markup(document);
        if (child === undefined) continue;
        if (child.kind === 'element' && document.documentElement !== undefined) {
          throw this.#error('There are multiple root elements.', start + 1);
        }
        document.append(child);
      } else this.#betweenRoots(document);
    }
    if (document.documentElement === undefined) throw this.#error('Root element is missing.', this.#text.length);
    return document;
  }

  fragment(): XmlNode {
    const fragment = new XmlNode('fragment', '');
    while (this.#at < this.#text.length) this.#content(fragment);
    return fragment;
  }

  /** Only white space may stand outside of the root. */
  #betweenRoots(document: XmlNode): void {
    const found = /[^<]+/y;
    found.lastIndex = this.#at;
    const text = found.exec(this.#text)?.[0] ?? '';
    const wrong = text.search(/\S/);
    if (wrong !== -1) {
      throw document.documentElement === undefined
        ? this.#error('Data at the root level is invalid.', this.#at + wrong)
        : this.#error('Data at the root level is invalid.', this.#at + wrong);
    }
    this.#at += text.length;
    if (this.#preservesSpace) document.append(new XmlNode('whitespace', '', text));
  }

  /** Something that begins with `<`; `undefined` for a document type. */
  #markup(parent: XmlNode): XmlNode | undefined {
    if (this.#accept('<!--')) return new XmlNode('comment', '', this.#until('-->', 'comment'));
    if (this.#accept('<![CDATA[')) return new XmlNode('cdata', '', this.#until(']]>', 'CDATA'));
    if (this.#text.startsWith('<!DOCTYPE', this.#at)) {
      this.#skipDocumentType();
      return undefined;
    }
    if (this.#accept('<?')) return this.#instruction(parent);
    return this.#element();
  }

  #instruction(parent: XmlNode): XmlNode {
    const start = this.#at;
    const name = this.#name();
    const content = this.#until('?>', 'instruction').trim();
    if (name !== 'xml') return new XmlNode('instruction', name, content);
    if (parent.kind !== 'document' || parent.children.length > 0 || start !== 2) {
      throw this.#error(
        'Unexpected XML declaration. The XML declaration must be the first node in the document, and no whitespace characters are allowed to appear before it.',
        start,
      );
    }
    return new XmlNode('declaration', 'xml', content);
  }

  #skipDocumentType(): void {
    let depth = 0;
    for (; this.#at < this.#text.length; this.#at++) {
      const sign = this.#text[this.#at];
      if (sign === '[') depth++;
      else if (sign === ']') depth--;
      else if (sign === '>' && depth === 0) {
        this.#at++;
        return;
      }
    }
    throw this.#unexpectedEnd('DOCTYPE');
  }

  #element(): XmlNode {
    const start = this.#at;
    this.#at++;
    const element = new XmlNode('element', this.#name());
    if (++this.#depth > maximumDepth) throw this.#error('The elements are nested too deep.', this.#at);
    for (;;) {
      const hadSpace = this.#space();
      if (this.#accept('/>')) {
        element.isEmptyTag = true;
        break;
      }
      if (this.#accept('>')) {
        this.#children(element, start + 1);
        break;
      }
      if (this.#at >= this.#text.length) throw this.#unexpectedEnd(undefined);
      this.#attribute(element, hadSpace);
    }
    this.#depth--;
    return element;
  }

  #attribute(element: XmlNode, hadSpace: boolean): void {
    const start = this.#at;
    if (!hadSpace) throw this.#unexpected("'>'");
    const name = this.#name();
    if (element.attribute(name) !== undefined) throw this.#error(`'${name}' is a duplicate attribute name.`, start);
    this.#space();
    if (!this.#accept('=')) throw this.#unexpected("'='");
    this.#space();
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") throw this.#unexpected("'\"' or '''");
    this.#at++;
    const end = this.#text.indexOf(quote, this.#at);
    if (end === -1) throw this.#unexpectedEnd(undefined);
    const raw = this.#text.slice(this.#at, end);
    const wrong = raw.indexOf('<');
    if (wrong !== -1) {
      throw this.#error("'<', hexadecimal value 0x3C, is an invalid attribute character.", this.#at + wrong);
    }
    element.setAttribute(name, this.#decode(raw.replace(/[\t\n\r]/g, ' '), this.#at));
    this.#at = end + 1;
  }

  #children(element: XmlNode, start: number): void {
    while (!this.#text.startsWith('</', this.#at)) {
      if (this.#at >= this.#text.length) {
        throw this.#error(
          `Unexpected end of file has occurred. The following elements are not closed: ${element.name}.`,
          this.#text.length,
        );
      }
      this.#content(element);
    }
    this.#at += 2;
    const at = this.#at;
    const name = this.#name();
    if (name !== element.name) {
      const place = this.#place(start);
      throw this.#error(
        `The '${element.name}' start tag on line ${place.line} position ${place.position} does not match the end tag of '${name}'.`,
        at,
      );
    }
    this.#space();
    if (!this.#accept('>')) throw this.#unexpected("'>'");
  }

  #content(parent: XmlNode): void {
    if (this.#text[this.#at] === '<') {
      const child = this.#markup(parent);
      if (child !== undefined) parent.append(child);
      return;
    }
    const end = this.#text.indexOf('<', this.#at);
    const raw = this.#text.slice(this.#at, end === -1 ? undefined : end);
    const text = this.#decode(raw.replace(/\r\n?/g, '\n'), this.#at);
    this.#at += raw.length;
    if (/\S/.test(raw)) parent.append(new XmlNode('text', '', text));
    else if (this.#preservesSpace) parent.append(new XmlNode('whitespace', '', text));
  }

  #decode(raw: string, start: number): string {
    if (!raw.includes('&')) return raw;
    return raw.replace(
      /&(?:#(\d+);|#x([0-9A-Fa-f]+);|([\w.-]+);)?/g,
      (all, decimal, hexadecimal, name, offset: number) => {
        if (decimal !== undefined || hexadecimal !== undefined) {
          const point = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
          if (point > 0 && point <= 0x10ffff) return String.fromCodePoint(point);
          throw this.#error('Invalid syntax for a decimal numeric entity reference.', start + offset);
        }
        const known = entities.get(name ?? '');
        if (known !== undefined) return known;
        if (name === undefined)
          throw this.#error('An error occurred while parsing EntityName.', start + offset + all.length);
        throw this.#error(`Reference to undeclared entity '${name}'.`, start + offset + 1);
      },
    );
  }

  #name(): string {
    nameStart.lastIndex = this.#at;
    const name = nameStart.exec(this.#text)?.[0];
    if (name === undefined) {
      if (this.#at >= this.#text.length) throw this.#unexpectedEnd(undefined);
      const sign = this.#text.charAt(this.#at);
      throw this.#error(
        `Name cannot begin with the '${sign}' character, hexadecimal value 0x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}.`,
        this.#at,
      );
    }
    this.#at += name.length;
    return name;
  }

  #space(): boolean {
    const start = this.#at;
    while (/\s/.test(this.#text.charAt(this.#at)) && this.#at < this.#text.length) this.#at++;
    return this.#at > start;
  }

  #accept(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #until(end: string, what: string): string {
    const at = this.#text.indexOf(end, this.#at);
    if (at === -1) throw this.#unexpectedEnd(what);
    const found = this.#text.slice(this.#at, at);
    this.#at = at + end.length;
    return found;
  }

  #unexpected(expected: string): Error {
    if (this.#at >= this.#text.length) return this.#unexpectedEnd(undefined);
    return this.#error(
      `'${this.#text.charAt(this.#at)}' is an unexpected token. The expected token is ${expected}.`,
      this.#at,
    );
  }

  #unexpectedEnd(what: string | undefined): Error {
    const where = what === undefined ? '' : ` while parsing ${what}`;
    return this.#error(
      `Unexpected end of file${where === '' ? ' has occurred' : where}${where === '' ? '' : ' has occurred'}.`,
      this.#text.length,
    );
  }

  #error(message: string, at: number): Error {
    const { line, position } = this.#place(at);
    return netFailure('System.Xml.XmlException', `${message} Line ${line}, position ${position}.`, {
      details: { LineNumber: line, LinePosition: position },
    });
  }

  #place(at: number): { line: number; position: number } {
    const before = this.#text.slice(0, at);
    return { line: before.split('\n').length, position: at - before.lastIndexOf('\n') };
  }
}
