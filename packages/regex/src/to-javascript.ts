import { boundaryWords } from './character-set.ts';
import type { Anchor, ParsedPattern, RegexNode } from './node.ts';

/**
 * The JavaScript pattern, without flags, that finds the same as a .NET pattern; `undefined` where there is none, or where
 * JavaScript's engine could run away with it. That engine cannot be stopped, so that only patterns come here whose loops
 * have single units or fixed sequences in them; and it forgets the captures of earlier turns of a loop, so that no groups
 * are in loops.
 * @param asciiOnly for texts of ASCII alone: sets are shorter then
 */
export function javaScriptSource(pattern: ParsedPattern, asciiOnly: boolean): string | undefined {
  return source(pattern.root, asciiOnly);
}

/** Loops with more turns count as loops without a bound. */
const mostBounded = 16;

/** How many loops without an upper bound a pattern has: what the time of a search grows with. */
export function openLoops(node: RegexNode): number {
  switch (node.kind) {
    case 'sequence':
      return node.items.reduce((sum, item) => sum + openLoops(item), 0);
    case 'choice':
      return node.options.reduce((sum, option) => sum + openLoops(option), 0);
    case 'repeat':
      return openLoops(node.item) + (node.most > mostBounded ? 1 : 0);
    case 'group':
    case 'balance':
    case 'atomic':
    case 'look':
      return openLoops(node.item);
    default:
      return 0;
  }
}

/** How many ways through a pattern its alternatives and bounded loops make, for each start of a match. */
export function boundedWays(node: RegexNode): number {
  switch (node.kind) {
    case 'sequence':
      return node.items.reduce((product, item) => product * boundedWays(item), 1);
    case 'choice':
      return node.options.reduce((sum, option) => sum + boundedWays(option), 0);
    case 'repeat':
      return boundedWays(node.item) * (node.most > mostBounded ? 1 : node.most - node.least + 1);
    case 'group':
    case 'balance':
    case 'atomic':
    case 'look':
      return boundedWays(node.item);
    default:
      return 1;
  }
}

/**
 * The .NET numbers of the groups in the order of their parentheses, by which JavaScript numbers them; `undefined` where two
 * of them are one group.
 */
export function groupOrder(root: RegexNode): readonly number[] | undefined {
  const order: number[] = [];
  const visit = (node: RegexNode): void => {
    switch (node.kind) {
      case 'sequence':
        node.items.forEach(visit);
        break;
      case 'choice':
        node.options.forEach(visit);
        break;
      case 'group':
        order.push(node.number);
        visit(node.item);
        break;
      case 'repeat':
      case 'atomic':
      case 'look':
      case 'balance':
        visit(node.item);
    }
  };
  visit(root);
  return new Set(order).size === order.length ? order : undefined;
}

function source(node: RegexNode, asciiOnly: boolean): string | undefined {
  switch (node.kind) {
    case 'set':
      return node.set.source(asciiOnly);
    case 'sequence':
      return all(node.items, '', asciiOnly);
    case 'choice': {
      const text = all(node.options, '|', asciiOnly);
      return text === undefined ? undefined : `(?:${text})`;
    }
    case 'repeat':
      return repeatSource(node, asciiOnly);
    case 'group': {
      const text = source(node.item, asciiOnly);
      return text === undefined ? undefined : `(${text})`;
    }
    case 'look': {
      const text = source(node.item, asciiOnly);
      return text === undefined ? undefined : `(?${node.behind ? '<' : ''}${node.negative ? '!' : '='}${text})`;
    }
    case 'anchor':
      return anchorSource(node.anchor, asciiOnly);
    default:
      return undefined;
  }
}

function all(nodes: readonly RegexNode[], joint: string, asciiOnly: boolean): string | undefined {
  const parts: string[] = [];
  for (const node of nodes) {
    const text = source(node, asciiOnly);
    if (text === undefined) return undefined;
    parts.push(text);
  }
  return parts.join(joint);
}

function repeatSource(
  { item, least, most, lazy }: RegexNode & { kind: 'repeat' },
  asciiOnly: boolean,
): string | undefined {
  if (most > 1 ? !isFixed(item) : hasQuantifiedAnchor(item)) return undefined;
  const text = source(item, asciiOnly);
  if (text === undefined) return undefined;
  const bounds =
    most === Number.POSITIVE_INFINITY
      ? least === 0
        ? '*'
        : least === 1
          ? '+'
          : `{${least},}`
      : least === 0 && most === 1
        ? '?'
        : `{${least},${most}}`;
  return `(?:${text})${bounds}${lazy ? '?' : ''}`;
}

/** A unit or a sequence of units: nothing in it can be taken in two ways. */
function isFixed(node: RegexNode): boolean {
  return node.kind === 'set' || (node.kind === 'sequence' && node.items.length > 0 && node.items.every(isFixed));
}

/** Something that can match nothing, in a loop of at most one turn: .NET takes the turn, JavaScript leaves it out. */
function hasQuantifiedAnchor(node: RegexNode): boolean {
  return canBeEmpty(node);
}

function canBeEmpty(node: RegexNode): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'sequence':
      return node.items.every(canBeEmpty);
    case 'choice':
      return node.options.some(canBeEmpty);
    case 'repeat':
      return node.least === 0 || canBeEmpty(node.item);
    case 'group':
    case 'atomic':
    case 'balance':
      return canBeEmpty(node.item);
    default:
      return true;
  }
}

function anchorSource(anchor: Anchor, asciiOnly: boolean): string | undefined {
  switch (anchor) {
    case 'textStart':
      return '^';
    case 'textEnd':
      return '$';
    case 'textEndOrLastLineFeed':
      return '(?=\\n?$)';
    case 'lineStart':
      return '(?<![^\\n])';
    case 'lineEnd':
      return '(?![^\\n])';
    case 'searchStart':
      return undefined;
    case 'wordBoundary':
    case 'noWordBoundary': {
      const isAt = anchor === 'wordBoundary';
      if (asciiOnly) return isAt ? '\\b' : '\\B';
      const word = boundaryWords.source(false);
      return isAt
        ? `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`
        : `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`;
    }
  }
}
