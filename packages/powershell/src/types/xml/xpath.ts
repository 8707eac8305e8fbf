import { netFailure } from '../../errors/raise.ts';
import type { XmlNode } from './xml-node.ts';

/**
 * Finds nodes by XPath: paths of `/`, `//`, `.`, `..`, names, `*`, `@name`, `text()`, `node()` and `|`, with conditions of
 * a place, `last()`, a path, comparisons of paths with texts and numbers, `contains`, `starts-with`, `not`, `and`, `or`.
 * Throws `NetFailure` (XPathException) for anything else.
 * @param prefixes what the prefixes of the path stand for; without them names compare as written
 */
export function selectNodes(
  start: XmlNode,
  path: string,
  prefixes?: (prefix: string) => string | undefined,
): XmlNode[] {
  const found = new Set<XmlNode>();
  for (const part of splitTop(path, '|')) {
    for (const node of new Path(part.trim(), prefixes).from(start)) found.add(node);
  }
  return [...found];
}

type Prefixes = ((prefix: string) => string | undefined) | undefined;

/** Splits at a sign outside of brackets and quotes. */
function splitTop(text: string, sign: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '[' || character === '(') depth++;
    else if (character === ']' || character === ')') depth--;
    else if (depth === 0 && text.startsWith(sign, at)) {
      parts.push(text.slice(start, at));
      start = at + sign.length;
      at = start - 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

class Path {
  readonly #text: string;
  readonly #prefixes: Prefixes;

  constructor(text: string, prefixes: Prefixes) {
    this.#text = text;
    this.#prefixes = prefixes;
  }

  from(start: XmlNode): XmlNode[] {
    if (this.#text === '') throw bad(this.#text);
    let rest = this.#text;
    let nodes: XmlNode[] = rest.startsWith('/') ? [start.root] : [start];
    if (rest === '/') return nodes;
    while (rest !== '') {
      const isDeep = rest.startsWith('//');
      rest = rest.replace(/^\/{1,2}/, '');
      const [step = ''] = splitTop(rest, '/');
      if (step === '') throw bad(this.#text);
      rest = rest.slice(step.length);
      const bases = isDeep ? nodes.flatMap((node) => [node, ...node.descendants()]) : nodes;
      nodes = unique(bases.flatMap((node) => this.#step(node, step.trim())));
    }
    return nodes;
  }

  #step(node: XmlNode, step: string): XmlNode[] {
    const [, axis = '', test = '', conditions = ''] =
      /^(@|(?:child|attribute|descendant|parent|self|descendant-or-self)::)?([^[]+)((?:\[.*\])?)$/s.exec(step) ?? [];
    let found = this.#axis(node, axis, test.trim());
    for (const condition of conditionsOf(conditions)) {
      const { length } = found;
      found = found.filter((one, index) => this.#holds(one, condition, index + 1, length));
    }
    return found;
  }

  #axis(node: XmlNode, axis: string, test: string): XmlNode[] {
    if (test === '.') return [node];
    if (test === '..') return node.parent === undefined ? [] : [node.parent];
    switch (axis) {
      case '@':
      case 'attribute::':
        return node.attributes.filter((one) => this.#isNamed(one, test));
      case 'self::':
        return [node].filter((one) => this.#passes(one, test));
      case 'parent::':
        return [node.parent].filter((one) => one !== undefined).filter((one) => this.#passes(one, test));
      case 'descendant::':
        return [...node.descendants()].filter((one) => this.#passes(one, test));
      case 'descendant-or-self::':
        return [node, ...node.descendants()].filter((one) => this.#passes(one, test));
      default:
        return node.children.filter((one) => this.#passes(one, test));
    }
  }

  #passes(node: XmlNode, test: string): boolean {
    switch (test) {
      case 'node()':
        return true;
      case 'text()':
        return node.kind === 'text' || node.kind === 'cdata' || node.kind === 'whitespace';
      case 'comment()':
        return node.kind === 'comment';
      default:
        return node.kind === 'element' && this.#isNamed(node, test);
    }
  }

  #isNamed(node: XmlNode, test: string): boolean {
    if (test === '*') return true;
    if (!/^[\p{L}_][\p{L}\p{N}\p{M}._-]*(?::(?:\*|[\p{L}_][\p{L}\p{N}\p{M}._-]*))?$/u.test(test)) throw bad(this.#text);
    const colon = test.indexOf(':');
    if (colon === -1) return node.name === test && (node.kind === 'attribute' || node.namespaceUri === '');
    const uri = this.#prefixes?.(test.slice(0, colon));
    if (uri === undefined) {
      throw netFailure(
        'System.Xml.XPath.XPathException',
        'Namespace Manager or XsltContext needed. This query has a prefix, variable, or user-defined function.',
      );
    }
    const local = test.slice(colon + 1);
    return node.namespaceUri === uri && (local === '*' || node.localName === local);
  }

  #holds(node: XmlNode, condition: string, place: number, last: number): boolean {
    const text = condition.trim();
    const either = splitTop(text, ' or ');
    if (either.length > 1) return either.some((one) => this.#holds(node, one, place, last));
    const both = splitTop(text, ' and ');
    if (both.length > 1) return both.every((one) => this.#holds(node, one, place, last));
    const negated = /^not\s*\((.*)\)$/s.exec(text)?.[1];
    if (negated !== undefined) return !this.#holds(node, negated, place, last);
    if (/^\d+$/.test(text)) return Number(text) === place;
    if (text === 'last()') return place === last;
    const [, name, inner] = /^(contains|starts-with)\s*\((.*)\)$/s.exec(text) ?? [];
    if (name !== undefined && inner !== undefined) return this.#searches(node, name, inner, place, last);
    for (const sign of ['!=', '<=', '>=', '=', '<', '>']) {
      const [left, right] = splitTop(text, sign);
      if (right !== undefined && left !== undefined) {
        return this.#compares(this.#values(node, left, place, last), this.#values(node, right, place, last), sign);
      }
    }
    return new Path(text, this.#prefixes).from(node).length > 0;
  }

  #searches(node: XmlNode, name: string, inner: string, place: number, last: number): boolean {
    const [left, right] = splitTop(inner, ',');
    if (left === undefined || right === undefined) throw bad(this.#text);
    const [whole = ''] = this.#values(node, left, place, last);
    const [part = ''] = this.#values(node, right, place, last);
    return name === 'contains' ? whole.includes(part) : whole.startsWith(part);
  }

  #values(node: XmlNode, operand: string, place: number, last: number): string[] {
    const text = operand.trim();
    const quoted = /^(?:"([^"]*)"|'([^']*)')$/.exec(text);
    if (quoted !== null) return [quoted[1] ?? quoted[2] ?? ''];
    if (/^-?\d+(?:\.\d+)?$/.test(text)) return [text];
    switch (text) {
      case 'position()':
        return [place.toString()];
      case 'last()':
        return [last.toString()];
      case 'name()':
        return [node.name];
      case 'local-name()':
        return [node.localName];
    }
    const counted = /^count\s*\((.*)\)$/s.exec(text)?.[1];
    if (counted !== undefined) return [new Path(counted.trim(), this.#prefixes).from(node).length.toString()];
    const spaced = /^(?:normalize-space|string)\s*\((.*)\)$/s.exec(text)?.[1];
    if (spaced !== undefined) return [(this.#values(node, spaced === '' ? '.' : spaced, place, last)[0] ?? '').trim()];
    return new Path(text, this.#prefixes).from(node).map((one) => one.textBelow);
  }

  #compares(left: readonly string[], right: readonly string[], sign: string): boolean {
    return left.some((a) => right.some((b) => compares(a, b, sign)));
  }
}

function compares(a: string, b: string, sign: string): boolean {
  switch (sign) {
    case '=':
      return a === b || (a !== '' && b !== '' && Number(a) === Number(b));
    case '!=':
      return a !== b;
    case '<':
      return Number(a) < Number(b);
    case '>':
      return Number(a) > Number(b);
    case '<=':
      return Number(a) <= Number(b);
    default:
      return Number(a) >= Number(b);
  }
}

/** The texts between the brackets of `[a][b]`. */
function conditionsOf(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '[') {
      if (depth++ === 0) start = at + 1;
    } else if (sign === ']' && --depth === 0) found.push(text.slice(start, at));
  }
  return found;
}

function unique(nodes: readonly XmlNode[]): XmlNode[] {
  return [...new Set(nodes)];
}

function bad(path: string): Error {
  return netFailure('System.Xml.XPath.XPathException', `'${path}' has an invalid token.`);
}
