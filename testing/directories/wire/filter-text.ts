import { type Element, elements, textOf } from './ber.ts';

const SIMPLE: Readonly<Record<number, string>> = { 163: '=', 165: '>=', 166: '<=', 168: '~=' };
const LISTS: Readonly<Record<number, string>> = { 160: '&', 161: '|', 162: '!' };

/** A filter as RFC 4515 writes it, for what a test compares. */
export function filterText(filter: Element): string {
  const { tag } = filter;
  const list = LISTS[tag];
  if (list !== undefined) return `(${list}${elements(filter.content).map(filterText).join('')})`;
  if (tag === 0x87) return `(${textOf(filter)}=*)`;
  const parts = elements(filter.content);
  const simple = SIMPLE[tag];
  const [first, second] = parts;
  if (simple !== undefined && first !== undefined && second !== undefined)
    return `(${textOf(first)}${simple}${value(second)})`;
  if (tag === 0xa4 && first !== undefined && second !== undefined) return `(${textOf(first)}=${substrings(second)})`;
  if (tag === 0xa9) return `(${extensible(parts)})`;
  throw new Error(`0x${tag.toString(16)} is no filter of LDAP.`);
}

function substrings({ content }: Element): string {
  const parts = elements(content);
  const texts = parts.map(value);
  if (parts[0]?.tag !== 0x80) texts.unshift('');
  if (parts.at(-1)?.tag !== 0x82) texts.push('');
  return texts.join('*');
}

function extensible(parts: readonly Element[]): string {
  const at = (tag: number): Element | undefined => parts.find((one) => one.tag === tag);
  const [rule, type, match, dn] = [at(0x81), at(0x82), at(0x83), at(0x84)];
  const dnText = dn !== undefined && dn.content[0] !== 0 ? ':dn' : '';
  const ruleText = rule === undefined ? '' : `:${textOf(rule)}`;
  return `${type === undefined ? '' : textOf(type)}${dnText}${ruleText}:=${match === undefined ? '' : value(match)}`;
}

function value({ content }: Element): string {
  const text = content.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(content))
    return text.replaceAll(/[*()\\\0]/g, (one) => `\\${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return content.toString('hex').replaceAll(/../g, '\\$&');
}
