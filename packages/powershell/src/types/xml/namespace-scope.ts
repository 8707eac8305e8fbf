import type { SaxesAttributePlain } from 'saxes';
import type { NetFailure } from '../../errors/raise.ts';
import { failureAt } from './xml-failure.ts';
import { type XmlNode, xmlnsUri, xmlUri } from './xml-node.ts';

/** The text that is read and where the name of the current tag stands in it. */
export interface TagPlace {
  readonly text: string;
  readonly tagAt: number;
}

/** What prefixes stand for while a document is read from its start to its end. */
export class NamespaceScope {
  readonly #uris = new Map<string, string[]>([
    ['', ['']],
    ['xml', [xmlUri]],
    ['xmlns', [xmlnsUri]],
  ]);
  readonly #opened: (readonly string[])[] = [];

  /** @param around where the content will stand: what is declared there counts */
  constructor(around: XmlNode) {
    const above: XmlNode[] = [];
    for (let node: XmlNode | undefined = around; node !== undefined; node = node.parent) above.unshift(node);
    for (const node of above) {
      if (node.kind === 'element') this.#declare(node.prefix, node.namespaceUri);
      for (const one of node.attributes) if (one.isDeclaration) this.#declare(one.declaredPrefix, one.value);
    }
  }

  open(attributes: readonly SaxesAttributePlain[], place: TagPlace): void {
    const declared: string[] = [];
    for (const { name, value } of attributes) {
      const prefix = name === 'xmlns' ? '' : name.startsWith('xmlns:') ? name.slice(6) : undefined;
      if (prefix === undefined) continue;
      checkDeclaration(prefix, value, place);
      this.#declare(prefix, value);
      declared.push(prefix);
    }
    this.#opened.push(declared);
  }

  close(): void {
    for (const prefix of this.#opened.pop() ?? []) this.#uris.get(prefix)?.pop();
  }

  /** Throws `NetFailure` (XmlException) for a prefix that nothing declares and for a second colon. */
  uriOf(name: string, isAttribute: boolean, place: TagPlace): string {
    const colon = name.indexOf(':');
    if (colon === -1) return isAttribute ? (name === 'xmlns' ? xmlnsUri : '') : (this.#uris.get('')?.at(-1) ?? '');
    const at = isAttribute ? attributeAt(place, name) : place.tagAt;
    const second = name.indexOf(':', colon + 1);
    const wrong = second !== -1 ? second : colon === 0 || colon === name.length - 1 ? colon : -1;
    if (wrong !== -1) {
      throw failureAt(
        place.text,
        at + wrong,
        "The ':' character, hexadecimal value 0x3A, cannot be included in a name.",
      );
    }
    const prefix = name.slice(0, colon);
    const uri = this.#uris.get(prefix)?.at(-1);
    if (uri === undefined) throw failureAt(place.text, at, `'${prefix}' is an undeclared prefix.`);
    return uri;
  }

  #declare(prefix: string, uri: string): void {
    const known = this.#uris.get(prefix);
    if (known === undefined) this.#uris.set(prefix, [uri]);
    else known.push(uri);
  }
}

function checkDeclaration(prefix: string, uri: string, place: TagPlace): void {
  if (prefix === 'xml' && uri !== xmlUri) {
    throw failureAt(
      place.text,
      attributeAt(place, 'xmlns:xml'),
      `Prefix "xml" is reserved for use by XML and can be mapped only to namespace name "${xmlUri}".`,
    );
  }
  if (prefix === 'xmlns') {
    throw failureAt(place.text, attributeAt(place, 'xmlns:xmlns'), 'Prefix "xmlns" is reserved for use by XML.');
  }
  if (prefix !== '' && uri === '') {
    const at = attributeAt(place, `xmlns:${prefix}`);
    throw failureAt(place.text, place.text.indexOf('=', at) + 1, 'Invalid namespace declaration.');
  }
}

/** Where an attribute stands in the tag that is read. */
export function attributeAt({ text, tagAt }: TagPlace, name: string, nth: 'first' | 'last' = 'first'): number {
  const attribute = /\s([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')/g;
  attribute.lastIndex = tagAt;
  let last = tagAt;
  for (let found = attribute.exec(text); found !== null; found = attribute.exec(text)) {
    if (found[1] !== name) {
      if (text.slice(last, found.index).includes('>')) break;
      continue;
    }
    last = found.index + 1;
    if (nth === 'first') break;
  }
  return last;
}

export function duplicate(place: TagPlace, name: string): NetFailure {
  return failureAt(place.text, attributeAt(place, name, 'last'), `'${name}' is a duplicate attribute name.`);
}
