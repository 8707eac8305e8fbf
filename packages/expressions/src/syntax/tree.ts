import type { Place } from './place.ts';

/** A parsed expression (engine sheet 21.1). Every node knows where it was written. */
export type Expression = CallNode | AttributeNode | TextNode | NumberNode | KeywordNode | ComparisonNode;

export interface CallNode {
  readonly kind: 'call';
  readonly name: string;
  /** As written; `undefined` is an empty argument, "not given", which differs from `""`. */
  readonly arguments: readonly (Expression | undefined)[];
  readonly place: Place;
}

/** `[mail]`; the name may itself hold brackets and quoted text: `[emails[type eq "work"].value]`. */
export interface AttributeNode {
  readonly kind: 'attribute';
  readonly name: string;
  readonly place: Place;
}

export interface TextNode {
  readonly kind: 'text';
  /** Without the quotes, escapes undone. */
  readonly value: string;
  readonly place: Place;
}

export interface NumberNode {
  readonly kind: 'number';
  /** As written: `8`, `-10`, `1.5` or `&HF7`. */
  readonly text: string;
  readonly place: Place;
}

export const keywords = ['vbTextCompare', 'vbBinaryCompare', 'Unicode', 'ASCII', 'UTF8'] as const;
export type KeywordName = (typeof keywords)[number];

/** A named constant of one of the functions that take one. */
export interface KeywordNode {
  readonly kind: 'keyword';
  readonly name: KeywordName;
  readonly place: Place;
}

export const comparisonOperators = ['=', '<>', '>', '>=', '<', '<='] as const;
export type ComparisonOperator = (typeof comparisonOperators)[number];

export interface ComparisonNode {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly place: Place;
}
