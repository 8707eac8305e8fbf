/** The comparison operators of RFC 7644 figure 1. */
export type CompareOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/**
 * A literal as written: `text` is the decoded text of a string, the digits of a number, or the word itself, so that
 * binding decides by the attribute's type (`employeeNumber eq 007`, `active eq "True"`).
 */
export interface FilterLiteral {
  readonly kind: 'string' | 'number' | 'boolean' | 'null';
  readonly text: string;
}

export interface PresentNode {
  readonly kind: 'present';
  /** The attribute path as written: URN, attribute, sub-attribute. */
  readonly path: string;
}

export interface CompareNode {
  readonly kind: 'compare';
  readonly path: string;
  readonly operator: CompareOperator;
  readonly value: FilterLiteral;
}

/**
 * `path[filter]`, optionally with `.sub op value`, which RFC 7644 has not but Entra sends for matching by work e-mail:
 * one element must satisfy both. Paths inside are relative to the element.
 */
export interface ValuePathNode {
  readonly kind: 'valuePath';
  readonly path: string;
  readonly filter: FilterNode;
  readonly condition: PresentNode | CompareNode | undefined;
}

/** The syntax tree of a SCIM filter; it knows no schema. */
export type FilterNode =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly operand: FilterNode }
  | PresentNode
  | CompareNode
  | ValuePathNode;
