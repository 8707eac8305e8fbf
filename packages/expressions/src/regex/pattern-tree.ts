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

/** A parsed .NET regular expression. */
export type PatternNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | {
      readonly kind: 'repeat';
      readonly item: PatternNode;
      readonly least: number;
      /** Infinity for no upper bound. */
      readonly most: number;
      readonly lazy: boolean;
    }
  /** `capture` indexes {@link Pattern.captures}. */
  | { readonly kind: 'group'; readonly capture: number; readonly item: PatternNode }
  | { readonly kind: 'anchor'; readonly anchor: Anchor }
  | { readonly kind: 'look'; readonly item: PatternNode; readonly behind: boolean; readonly negative: boolean }
  | { readonly kind: 'reference'; readonly name: string; readonly ignoreCase: boolean };

export interface Pattern {
  readonly root: PatternNode;
  /** The capturing groups in order of their opening parenthesis; unnamed ones are undefined. A name occurs once. */
  readonly captures: readonly (string | undefined)[];
}
