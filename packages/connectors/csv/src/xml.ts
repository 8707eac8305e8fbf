/** An element of a document without namespaces. */
export interface XmlElement {
  readonly name: string;
  /** 1 for the first line. */
  readonly line: number;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The characters directly inside, without the blanks around them. */
  readonly text: string;
}

/** The root of a document, or the line at which it is no XML. */
export type XmlReading =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly line: number; readonly detail: string };

const name = `[^\\s<>/="'!?]+`;
const token = new RegExp(
  [
    '(?<skipped><!--[^]*?-->|<\\?[^]*?\\?>)',
    '<!\\[CDATA\\[(?<literal>[^]*?)\\]\\]>',
    `</(?<closing>${name})\\s*>`,
    `<(?<opening>${name})(?<attributes>(?:\\s+${name}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(?<empty>/?)>`,
    '(?<characters>[^<]+)',
  ].join('|'),
  'y',
);
const attribute = new RegExp(`(${name})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g');
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

interface OpenElement {
  readonly name: string;
  readonly line: number;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** A fault on its way out of this file. */
class NoXml extends Error {}

/**
 * Reads a small document of elements, attributes and text, which is all that schema files are made of. A document type is refused: nothing is
 * fetched, nothing grows, and only the five entities of XML itself and numbers are known.
 */
export function parseXml(text: string): XmlReading {
  let at = 0;
  try {
    const open: OpenElement[] = [];
    let root: XmlElement | undefined;
    while (at < text.length) {
      token.lastIndex = at;
      const groups = token.exec(text)?.groups;
      if (groups === undefined) throw new NoXml(fault(text, at));
      const parent = open.at(-1);
      if (groups.opening !== undefined) {
        if (parent === undefined && root !== undefined) throw new NoXml('There is a second element behind the first.');
        const line = lineOf(text, at);
        const element = {
          name: groups.opening,
          line,
          attributes: attributesOf(groups.attributes ?? ''),
          children: [],
          text: '',
        };
        open.push(element);
        if (groups.empty === '/') root = close(open);
      } else if (groups.closing !== undefined) {
        if (parent?.name !== groups.closing) throw new NoXml(`</${groups.closing}> closes nothing that is open.`);
        root = close(open);
      } else {
        const characters = groups.literal ?? (groups.characters === undefined ? '' : decode(groups.characters));
        if (parent !== undefined) parent.text += characters;
        else if (characters.trim() !== '') throw new NoXml('There is text outside of the document element.');
      }
      at = token.lastIndex;
    }
    const unclosed = open.at(-1);
    if (unclosed !== undefined) throw new NoXml(`<${unclosed.name}> of line ${unclosed.line} is never closed.`);
    if (root === undefined) throw new NoXml('There is no element.');
    return { ok: true, root };
  } catch (error) {
    if (error instanceof NoXml) return { ok: false, line: lineOf(text, at), detail: error.message };
    throw error;
  }
}

/** The innermost open element, closed and given to its parent. */
function close(open: OpenElement[]): XmlElement | undefined {
  const element = open.pop();
  if (element === undefined) return undefined;
  const closed = { ...element, text: element.text.trim() };
  open.at(-1)?.children.push(closed);
  return closed;
}

function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, key = '', double, single] of text.matchAll(attribute)) {
    if (attributes.has(key)) throw new NoXml(`The attribute "${key}" is given twice.`);
    attributes.set(key, decode(double ?? single ?? ''));
  }
  return attributes;
}

function decode(text: string): string {
  return text.replace(/&([^;&]*)(;?)/g, (whole, reference: string, end: string) => {
    const number = /^#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}))$/.exec(reference);
    const point = number?.[1] === undefined ? Number(number?.[2] ?? Number.NaN) : Number.parseInt(number[1], 16);
    const isCharacter = point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    const character = isCharacter ? String.fromCodePoint(point) : entities[reference];
    if (end === '' || character === undefined)
      throw new NoXml(`"${whole.slice(0, 20)}" is no character that XML knows.`);
    return character;
  });
}

function fault(text: string, at: number): string {
  return text.startsWith('<!DOCTYPE', at) ? 'A document type is not read.' : 'This is not XML.';
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
