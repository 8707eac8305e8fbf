import { type SaxesAttributePlain, SaxesParser, type SaxesTag } from 'saxes';
import type { Budget } from '../../runtime/budget.ts';
import { Entities, readDocumentType } from './document-type.ts';
import { duplicate, NamespaceScope } from './namespace-scope.ts';
import { outsideRoot, parserFailure } from './parser-failure.ts';
import { failureAt, named, wrongChild, xmlFailure } from './xml-failure.ts';
import type { XmlNode } from './xml-node.ts';

/**
 * How XML is read.
 * @property conformance `auto` is what PowerShell's casts ask for: what may not stand in a document fails when it is put in
 * @property space whether white space between elements becomes nodes
 * @property keepsComments false leaves comments and instructions out
 * @property entityCharacters the most characters that entities of the document may grow to; `undefined` forbids a document type
 * @property budget asked at every element
 */
export interface XmlReading {
  readonly conformance: 'document' | 'auto' | 'fragment';
  readonly space: boolean;
  readonly keepsComments?: boolean;
  readonly entityCharacters: number | undefined;
  readonly budget: Pick<Budget, 'step'> | undefined;
}

/** What `LoadXml` and `Load` read with. .NET's own limit for the characters of entities is ten million. */
export function documentReading(space: boolean, budget: XmlReading['budget']): XmlReading {
  return { conformance: 'document', space, entityCharacters: 10_000_000, budget };
}

/**
 * Reads XML into a document or fragment, or as the content of an element. Nothing that a document names is ever fetched:
 * external entities and subsets are empty, as they are in .NET without a resolver.
 * Throws `NetFailure` (XmlException) with .NET's message, line and position.
 */
export function readXml(text: string, into: XmlNode, reading: XmlReading): void {
  new Reader(text.startsWith('\ufeff') ? text.slice(1) : text, into, reading).read();
}

const loneSurrogate = /\p{Surrogate}/u;

class Reader {
  readonly #text: string;
  readonly #reading: XmlReading;
  readonly #into: XmlNode;
  readonly #parser: SaxesParser<{ fragment: boolean; position: true }>;
  readonly #entities: Entities;
  /** Open elements with the offsets of their names. */
  readonly #open: { node: XmlNode; at: number; preservedSpace: boolean }[] = [];
  #closed: { node: XmlNode; at: number } | undefined;
  #parent: XmlNode;
  readonly #scope: NamespaceScope;
  #attributes: SaxesAttributePlain[] = [];
  #tagAt = 0;
  /** `xml:space` of the nearest element that has it. */
  #preservesSpace = false;
  /** Where the markup ended that was read last. */
  #markupEnd = 0;
  #hasDocumentType = false;

  constructor(text: string, into: XmlNode, reading: XmlReading) {
    this.#text = text;
    this.#into = into;
    this.#parent = into;
    this.#reading = reading;
    this.#scope = new NamespaceScope(into);
    this.#entities = new Entities(reading.entityCharacters ?? 0);
    this.#parser = new SaxesParser({ fragment: reading.conformance === 'fragment', position: true });
  }

  read(): void {
    this.#refuseHalfCharacters();
    const parser = this.#parser;
    parser.on('error', (error) => this.#fail(error.message));
    parser.on('xmldecl', ({ version, encoding, standalone }) => this.#declaration(version, encoding, standalone));
    parser.on('doctype', (content) => this.#documentType(content));
    parser.on('processinginstruction', ({ target, body }) => this.#instruction(target, body));
    parser.on('comment', (content) => this.#comment(content));
    parser.on('text', (content) => this.#characters(content));
    parser.on('cdata', (content) => this.#cdata(content));
    parser.on('opentagstart', ({ name }) => this.#tagStart(name));
    parser.on('attribute', (attribute) => this.#attributes.push(attribute));
    parser.on('opentag', (tag) => this.#element(tag));
    parser.on('closetag', () => this.#close());
    parser.write(this.#text);
    parser.close();
    if (this.#reading.conformance === 'document' && this.#into.documentElement === undefined) {
      throw xmlFailure('Root element is missing.');
    }
  }

  /** The parser takes the half of a character together with whatever follows. */
  #refuseHalfCharacters(): void {
    const text = this.#text;
    if (text.isWellFormed()) return;
    const at = text.search(loneSurrogate);
    const isFirstHalf = text.charCodeAt(at) < 0xdc00 && at + 1 < text.length;
    const wrong = isFirstHalf ? at + 1 : at;
    throw failureAt(text, wrong, `${named(text.charAt(wrong))}, is an invalid character.`);
  }

  /** Turns what the parser found into .NET's exception. */
  #fail(message: string): void {
    const isEmptyAllowed = this.#reading.conformance === 'auto' && this.#open.length === 0;
    if (isEmptyAllowed && message.endsWith('document must contain a root element.')) return;
    if (isEmptyAllowed && message.endsWith('unexpected end.') && this.#text.trim() === '') return;
    if (message.endsWith('text data outside of root node.')) throw this.#outsideRoot();
    throw parserFailure({
      message,
      text: this.#text,
      at: Math.max(0, this.#parser.position - 1),
      tagAt: this.#tagAt,
      markupEnd: this.#markupEnd,
      open: this.#open.map(({ node }) => node.name),
      closed: this.#closed === undefined ? undefined : { name: this.#closed.node.name, at: this.#closed.at },
    });
  }

  get #isAtRoot(): boolean {
    return this.#parent === this.#into && this.#into.kind === 'document';
  }

  #declaration(version: string | undefined, encoding: string | undefined, standalone: string | undefined): void {
    this.#ended();
    if (version !== '1.0') {
      throw failureAt(this.#text, this.#text.indexOf(version ?? ''), `Version number '${version ?? ''}' is invalid.`);
    }
    const parts = [`version="${version}"`];
    if (encoding !== undefined) parts.push(`encoding="${encoding}"`);
    if (standalone !== undefined) parts.push(`standalone="${standalone}"`);
    this.#add(this.#into.made('declaration', 'xml', parts.join(' ')));
  }

  #documentType(content: string): void {
    const at = this.#text.lastIndexOf('<!DOCTYPE', this.#parser.position);
    this.#ended();
    if (this.#reading.entityCharacters === undefined) throw xmlFailure(dtdProhibited);
    if (!this.#isAtRoot) throw failureAt(this.#text, at + 2, 'Unexpected DTD declaration.');
    if (this.#hasDocumentType) throw failureAt(this.#text, at, 'Cannot have multiple DTDs.');
    if (this.#into.documentElement !== undefined) {
      throw failureAt(this.#text, at, 'DTD must be defined before the document root element.');
    }
    this.#hasDocumentType = true;
    const parts = readDocumentType(content, (message, offset) =>
      failureAt(this.#text, at + '<!DOCTYPE'.length + offset, message),
    );
    this.#entities.declare(parts.entities);
    this.#entities.giveTo(this.#parser.ENTITIES, (message) =>
      failureAt(this.#text, this.#text.lastIndexOf('&', this.#parser.position) + 1, message),
    );
    this.#add(this.#into.made('doctype', parts.name, parts.rest));
  }

  #instruction(target: string, body: string): void {
    this.#ended();
    if (target.toLowerCase() === 'xml') {
      const at = this.#text.lastIndexOf(`<?${target}`, this.#parser.position) + 2;
      throw failureAt(this.#text, at, `'${target}' is an invalid name for processing instructions.`);
    }
    if (this.#reading.keepsComments !== false) this.#add(this.#into.made('instruction', target, body));
  }

  #comment(content: string): void {
    this.#markupEnd = this.#parser.position + 1;
    if (this.#reading.keepsComments !== false) this.#add(this.#into.made('comment', '', content));
  }

  #characters(content: string): void {
    if (content === '') return;
    const isSpace = /^[\t\n\r ]*$/.test(content);
    if (this.#isAtRoot && !isSpace) throw this.#outsideRoot();
    if (!isSpace) this.#add(this.#into.made('text', '', content));
    else if (this.#preservesSpace) {
      this.#add(this.#into.made('significantWhitespace', '', content));
    } else if (this.#reading.space || this.#reading.conformance === 'fragment') {
      this.#add(this.#into.made('whitespace', '', content));
    }
  }

  #cdata(content: string): void {
    if (this.#isAtRoot) throw this.#outsideRoot();
    this.#ended();
    this.#add(this.#into.made('cdata', '', content));
  }

  /** Text, entities and CDATA may stand in elements alone. */
  #outsideRoot(): Error {
    if (this.#reading.conformance === 'auto') return wrongChild();
    let at = this.#markupEnd;
    while (/[\t\n\r ]/.test(this.#text.charAt(at))) at++;
    return outsideRoot(this.#text, at);
  }

  #tagStart(name: string): void {
    this.#tagAt = this.#parser.position - 1 - name.length;
    this.#attributes = [];
    this.#reading.budget?.step();
    if (!this.#isAtRoot || this.#into.documentElement === undefined) return;
    if (this.#reading.conformance === 'auto') {
      throw xmlFailure("This document already has a 'DocumentElement' node.", 'System.InvalidOperationException');
    }
    throw failureAt(this.#text, this.#tagAt, 'There are multiple root elements.');
  }

  #element({ name, isSelfClosing }: SaxesTag): void {
    this.#ended();
    const place = { text: this.#text, tagAt: this.#tagAt };
    this.#scope.open(this.#attributes, place);
    const node = this.#into.made('element', name, '', this.#scope.uriOf(name, false, place));
    const known = new Set<string>();
    for (const attribute of this.#attributes) {
      const uri = this.#scope.uriOf(attribute.name, true, place);
      const made = this.#into.made('attribute', attribute.name, attribute.value, uri);
      const key = `${made.localName} ${made.namespaceUri}`;
      if (known.has(key)) throw duplicate(place, attribute.name);
      known.add(key);
      made.parent = node;
      node.attributes.push(made);
    }
    this.#add(node);
    node.at = this.#tagAt;
    node.isEmptyTag = isSelfClosing;
    this.#open.push({ node, at: this.#tagAt, preservedSpace: this.#preservesSpace });
    const space = node.attribute('xml:space')?.value;
    if (space !== undefined) this.#preservesSpace = space === 'preserve';
    this.#parent = node;
  }

  #close(): void {
    this.#ended();
    const closed = this.#open.pop();
    if (closed === undefined) return;
    this.#closed = closed;
    this.#scope.close();
    this.#preservesSpace = closed.preservedSpace;
    this.#parent = this.#open.at(-1)?.node ?? this.#into;
  }

  #add(node: XmlNode): void {
    this.#parent.append(node);
  }

  #ended(): void {
    this.#markupEnd = this.#parser.position;
  }
}

const dtdProhibited =
  'For security reasons DTD is prohibited in this XML document. To enable DTD processing set the DtdProcessing property on XmlReaderSettings to Parse and pass the settings into XmlReader.Create method.';
