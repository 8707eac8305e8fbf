import type { CharacterSet } from './character-set.ts';

export type Anchor =
  | 'textStart'
  | 'textEnd'
  | 'textEndOrLastLineFeed'
  | 'lineStart'
  | 'lineEnd'
  | 'searchStart'
  | 'wordBoundary'
  | 'noWordBoundary';

/** A piece of a parsed pattern. Groups are named by their numbers. */
export type RegexNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexNode[] }
  | {
      readonly kind: 'repeat';
      readonly item: RegexNode;
      readonly least: number;
      /** Infinity for no upper bound. */
      readonly most: number;
      readonly lazy: boolean;
    }
  | { readonly kind: 'group'; readonly number: number; readonly item: RegexNode }
  /** `(?<number-popped>…)`; `number` is `undefined` in `(?<-popped>…)`. */
  | {
      readonly kind: 'balance';
      readonly number: number | undefined;
      readonly popped: number;
      readonly item: RegexNode;
    }
  | { readonly kind: 'atomic'; readonly item: RegexNode }
  | { readonly kind: 'look'; readonly item: RegexNode; readonly behind: boolean; readonly negative: boolean }
  | { readonly kind: 'anchor'; readonly anchor: Anchor }
  | { readonly kind: 'reference'; readonly number: number; readonly ignoreCase: boolean }
  /** `(?(test)yes|no)`: a group that took part, or a look-ahead. */
  | {
      readonly kind: 'condition';
      readonly test: number | RegexNode;
      readonly yes: RegexNode;
      readonly no: RegexNode;
    };

/**
 * A parsed pattern.
 * @property numbers the numbers of its groups in rising order, 0 for the whole match first
 * @property names the name of each number, its digits where it has no other
 */
export interface ParsedPattern {
  readonly root: RegexNode;
  readonly numbers: readonly number[];
  readonly names: ReadonlyMap<number, string>;
}
