import type { IndexedAttribute } from '../space/indexed-attribute.ts';
import type { ObjectShape, Shape } from './shape.ts';
import { DN_ATTRIBUTE, DN_QUERY_ATTRIBUTE } from './virtual-attributes.ts';

/** Where the rows of a type have the values of an index. Which ids references stand for only the space knows. */
export type KeySource =
  | { readonly kind: 'attribute'; readonly at: number; readonly list: boolean }
  | { readonly kind: 'dn' | 'active' | 'reference' };

/** @returns undefined where no row of the type has a value in the index */
export function keySourceOf(shape: ObjectShape, { steps }: Pick<IndexedAttribute, 'steps'>): KeySource | undefined {
  const at = shape.attributes.findIndex(
    ({ hidden, writeOnly, steps: [first, second] }) =>
      !hidden && !writeOnly && first === steps[0] && (second === undefined || second === steps[1]),
  );
  const attribute = shape.attributes[at];
  if (attribute !== undefined) {
    if (attribute.refersTo !== undefined) return { kind: 'reference' };
    return attribute.steps.length === steps.length ? { kind: 'attribute', at, list: attribute.list } : undefined;
  }
  const [first, second] = steps;
  if (first === 'active' && steps.length === 1) return { kind: 'active' };
  if (first !== shape.urn) return undefined;
  const dn = (second === DN_ATTRIBUTE && shape.dnSelected) || (second === DN_QUERY_ATTRIBUTE && shape.dnQuerySelected);
  return dn ? { kind: 'dn' } : undefined;
}

/** An index of a space. */
export interface NumberedIndex extends Pick<IndexedAttribute, 'steps' | 'caseExact'> {
  readonly number: number;
}

/** The indexes whose entries rows tell, and where the rows of one type have the values of each. */
export interface IndexPlan {
  readonly indexes: ReadonlySet<number>;
  readonly sources: readonly { readonly number: number; readonly caseExact: boolean; readonly source: KeySource }[];
}

/**
 * The indexes whose entries the rows of all types can tell: none that any of them has references in.
 * @param indexes the numbers of those that a space has, by name
 */
export function tellableIndexes({ types, indexable }: Shape, indexes: ReadonlyMap<string, number>): NumberedIndex[] {
  return indexable.flatMap(({ name, steps, caseExact }) => {
    const number = indexes.get(name);
    const refers = types.some((type) => keySourceOf(type, { steps })?.kind === 'reference');
    return number === undefined || refers ? [] : [{ number, steps, caseExact }];
  });
}
