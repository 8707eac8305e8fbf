import { netFailure } from '../../errors/raise.ts';
import { xmlnsUri, xmlUri } from './xml-node.ts';

/**
 * How XML is written.
 * @property indent blanks of one level; `undefined` writes no line ends of its own
 * @property encodes a tab in attributes and a carriage return in text as references too, as `XmlWriter.Create` does
 */
export interface XmlLayout {
  readonly indent: string | undefined;
  readonly newLine: string;
  readonly newLineOnAttributes?: boolean;
  readonly style: 'textWriter' | 'settings';
}

export const plainLayout: XmlLayout = { indent: undefined, newLine: '\n', style: 'textWriter' };
export const indentedLayout: XmlLayout = { indent: '  ', newLine: '\n', style: 'textWriter' };

interface OpenElement {
  readonly name: string;
  readonly declared: Map<string, string>;
  /** Text stands in it: nothing more is put on lines of its own. */
  isMixed: boolean;
  hasContent: boolean;
}

/**
 * Writes XML piece by piece, as `XmlTextWriter` does: what a prefix needs to be declared it declares itself.
 * Throws `NetFailure` (InvalidOperationException, ArgumentException) for pieces that do not fit.
 */
export class XmlOutput {
  readonly #layout: XmlLayout;
  readonly #write: (text: string) => void;
  readonly #open: OpenElement[] = [];
  /** Declarations in force, innermost last, by prefix. */
  readonly #prefixes = new Map<string, string[]>([
    ['', ['']],
    ['xml', [xmlUri]],
    ['xmlns', [xmlnsUri]],
  ]);
  /** The start tag that is still open for attributes. */
  #tag: { text: string; readonly names: Set<string>; readonly needed: Map<string, string> } | undefined;
  #isStarted = false;
  #hasRoot = false;

  constructor(layout: XmlLayout, write: (text: string) => void) {
    this.#layout = layout;
    this.#write = write;
  }

  get depth(): number {
    return this.#open.length;
  }

  get isInTag(): boolean {
    return this.#tag !== undefined;
  }

  get state(): 'start' | 'prolog' | 'element' | 'content' | 'epilog' {
    if (this.#tag !== undefined) return 'element';
    if (this.#open.length > 0) return 'content';
    return this.#hasRoot ? 'epilog' : this.#isStarted ? 'prolog' : 'start';
  }

  declaration(content: string): void {
    this.#piece(`<?xml ${content}?>`);
  }

  documentType(name: string, rest: string): void {
    this.#line();
    this.#piece(`<!DOCTYPE ${name}${rest}>`);
  }

  /** @param prefix `undefined` takes one that stands for the namespace here, or makes it the default namespace */
  startElement(prefix: string | undefined, localName: string, uri: string | undefined): void {
    this.#closeTag();
    this.#line();
    // A prefix that stands for nothing is left out.
    const used = uri === '' ? '' : (prefix ?? this.#prefixFor(uri));
    const name = used === '' ? localName : `${used}:${localName}`;
    const around = this.#open.at(-1);
    if (around !== undefined) around.hasContent = true;
    this.#open.push({ name, declared: new Map(), isMixed: around?.isMixed ?? false, hasContent: false });
    this.#tag = { text: `<${name}`, names: new Set(), needed: new Map() };
    this.#isStarted = true;
    this.#hasRoot = true;
    if (uri !== undefined && this.#uriOf(used) !== uri) this.#tag.needed.set(used, uri);
  }

  attribute(prefix: string, localName: string, uri: string | undefined, value: string): void {
    const tag = this.#tag;
    if (tag === undefined) throw tokenFailure('StartAttribute', this.state);
    if (prefix === 'xmlns' || (prefix === '' && localName === 'xmlns')) {
      this.#declare(prefix === '' ? '' : localName, value);
      return;
    }
    let used = prefix;
    if (uri !== undefined && uri !== '' && uri !== xmlUri && (used === '' || this.#uriOf(used) !== uri)) {
      used = used === '' ? this.#prefixOf(uri) || this.#newPrefix() : used;
      if (this.#uriOf(used) !== uri) tag.needed.set(used, uri);
    }
    if (uri === xmlUri) used = 'xml';
    this.#putAttribute(used === '' ? localName : `${used}:${localName}`, value);
  }

  text(value: string): void {
    this.#mixed();
    const { style, newLine } = this.#layout;
    const escaped = escapeText(value);
    // A writer of settings makes every line end its own.
    this.#piece(style === 'settings' ? escaped.replace(/\r\n?|\n/g, newLine) : escaped);
  }

  cdata(value: string): void {
    this.#mixed();
    this.#piece(`<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`);
  }

  comment(value: string): void {
    this.#closeTag();
    this.#line();
    this.#piece(`<!--${value}-->`);
    this.#content();
  }

  instruction(target: string, value: string): void {
    this.#closeTag();
    this.#line();
    this.#piece(`<?${target}${value === '' ? '' : ` ${value}`}?>`);
    this.#content();
  }

  /** Text that is written as it is. */
  raw(value: string): void {
    this.#mixed();
    this.#piece(value);
  }

  /** @param full writes an end tag even where there is no content */
  endElement(full = false): void {
    const open = this.#open.at(-1);
    if (open === undefined) throw netFailure('System.InvalidOperationException', 'There was no XML start tag open.');
    if (this.#tag !== undefined && !full) {
      this.#finishTag();
      this.#write(`${this.#tag.text} />`);
      this.#tag = undefined;
      this.#open.pop();
    } else {
      this.#closeTag();
      this.#open.pop();
      if (open.hasContent && !open.isMixed) this.#line();
      this.#write(`</${open.name}>`);
    }
    for (const prefix of open.declared.keys()) this.#prefixes.get(prefix)?.pop();
  }

  end(): void {
    while (this.#open.length > 0) this.endElement();
  }

  lookupPrefix(uri: string): string | undefined {
    for (const [prefix, uris] of this.#prefixes) if (uris.at(-1) === uri) return prefix;
    return undefined;
  }

  /** What is still held back for more attributes is written. */
  closeTag(): void {
    this.#closeTag();
  }

  #uriOf(prefix: string): string | undefined {
    return this.#tag?.needed.get(prefix) ?? this.#prefixes.get(prefix)?.at(-1);
  }

  #prefixFor(uri: string | undefined): string {
    return uri === undefined || uri === '' ? '' : (this.lookupPrefix(uri) ?? '');
  }

  /** A prefix, not the default namespace, which does not hold for attributes. */
  #prefixOf(uri: string): string {
    for (const [prefix, uris] of this.#prefixes) if (prefix !== '' && uris.at(-1) === uri) return prefix;
    return '';
  }

  #newPrefix(): string {
    const taken = this.#tag?.needed;
    for (let number = 1; ; number++) {
      const prefix = `d${this.#open.length}p${number}`;
      if (taken?.has(prefix) !== true && this.#prefixes.get(prefix) === undefined) return prefix;
    }
  }

  #declare(prefix: string, uri: string): void {
    const open = this.#open.at(-1);
    if (open === undefined || this.#tag === undefined) return;
    if (prefix !== 'xml') {
      const uris = this.#prefixes.get(prefix);
      if (uris === undefined) this.#prefixes.set(prefix, [uri]);
      else uris.push(uri);
      open.declared.set(prefix, uri);
    }
    this.#tag.needed.delete(prefix);
    this.#putAttribute(prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri);
  }

  #putAttribute(name: string, value: string): void {
    const tag = this.#tag;
    if (tag === undefined) return;
    if (tag.names.has(name)) {
      throw netFailure('System.Xml.XmlException', `'${name}' is a duplicate attribute name.`);
    }
    tag.names.add(name);
    const { indent, newLine, newLineOnAttributes } = this.#layout;
    const before =
      newLineOnAttributes === true && indent !== undefined ? newLine + indent.repeat(this.#open.length) : ' ';
    tag.text += `${before}${name}="${escapeAttribute(value, this.#layout.style)}"`;
  }

  /** Declares what the tag and its attributes need and did not declare themselves. */
  #finishTag(): void {
    const tag = this.#tag;
    if (tag === undefined) return;
    for (const [prefix, uri] of [...tag.needed]) this.#declare(prefix, uri);
  }

  #closeTag(): void {
    if (this.#tag === undefined) return;
    this.#finishTag();
    this.#write(`${this.#tag.text}>`);
    this.#tag = undefined;
  }

  #mixed(): void {
    this.#closeTag();
    const open = this.#open.at(-1);
    if (open !== undefined) {
      open.isMixed = true;
      open.hasContent = true;
    }
  }

  #content(): void {
    const open = this.#open.at(-1);
    if (open !== undefined) open.hasContent = true;
  }

  #piece(text: string): void {
    this.#isStarted = true;
    this.#write(text);
  }

  #line(): void {
    const { indent, newLine } = this.#layout;
    if (indent === undefined || !this.#isStarted || this.#open.at(-1)?.isMixed === true) return;
    this.#write(newLine + indent.repeat(this.#open.length));
  }
}

function tokenFailure(token: string, state: string): Error {
  const where = { start: 'Start', prolog: 'Prolog', element: 'StartElement', content: 'Content', epilog: 'Epilog' };
  const name = Object.entries(where).find(([key]) => key === state)?.[1] ?? state;
  return netFailure(
    'System.InvalidOperationException',
    `Token ${token} in state ${name} would result in an invalid XML document.`,
  );
}

const inText = /[[&<>][\p{Cc}--[\t\n\r\u007f-\u009f]]]/gv;
const inAttribute = /[[&<>"\n\r][\p{Cc}--[\t\u007f-\u009f]]]/gv;
const inAttributeOfSettings = /[[&<>"\t\n\r][\p{Cc}--[\u007f-\u009f]]]/gv;

function reference(sign: string): string {
  switch (sign) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    case '"':
      return '&quot;';
    default:
      return `&#x${sign.charCodeAt(0).toString(16).toUpperCase()};`;
  }
}

export function escapeText(text: string): string {
  return text.replace(inText, reference);
}

function escapeAttribute(text: string, style: XmlLayout['style']): string {
  return text.replace(style === 'settings' ? inAttributeOfSettings : inAttribute, reference);
}
