import type { AttributePath } from '../schema/attribute-path.ts';

/** A constant to compare with, already in the form of the attribute's type. */
export type Operand =
  /** `key` is the folded text where `folded`, else the text itself. */
  | { readonly type: 'string'; readonly key: string; readonly folded: boolean }
  | { readonly type: 'number'; readonly key: number | bigint }
  | { readonly type: 'boolean'; readonly key: boolean }
  /** `key` is the sortable form of {@link instantKey}. */
  | { readonly type: 'instant'; readonly key: string };

export type PredicateOperator = 'eq' | 'gt' | 'ge' | 'lt' | 'le' | 'co' | 'sw' | 'ew';

/**
 * The one predicate form. SCIM filters, OData filters and scoping clauses keep their own syntax and semantics and compile to
 * it; memory and SQL evaluate it alike.
 *
 * It is two-valued: a comparison with an attribute that has no value is false, and `not` of it true. A comparison on a
 * multi-valued attribute is true when any of its values satisfies it; `element` makes several conditions speak of the same one.
 */
export type Predicate =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Predicate[] }
  | { readonly kind: 'not'; readonly operand: Predicate }
  /** A non-empty value exists: `""`, `[]` and `{}` do not count. */
  | { readonly kind: 'present'; readonly path: AttributePath }
  | {
      readonly kind: 'compare';
      readonly path: AttributePath;
      readonly operator: PredicateOperator;
      readonly operand: Operand;
    }
  /** Some element of the attribute satisfies `where`, whose paths are below `path`, or `path` itself for simple elements. */
  | { readonly kind: 'element'; readonly path: AttributePath; readonly where: Predicate };

export const always: Predicate = { kind: 'constant', value: true };
export const never: Predicate = { kind: 'constant', value: false };

/** The conjunction, with constants folded away. */
export function allOf(operands: readonly Predicate[]): Predicate {
  return combine('and', operands, always, never);
}

/** The disjunction, with constants folded away. */
export function anyOf(operands: readonly Predicate[]): Predicate {
  return combine('or', operands, never, always);
}

function combine(
  kind: 'and' | 'or',
  operands: readonly Predicate[],
  neutral: Predicate,
  decisive: Predicate,
): Predicate {
  const kept: Predicate[] = [];
  for (const operand of operands) {
    if (operand.kind === 'constant') {
      if (operand.value === (decisive === always)) return decisive;
    } else if (operand.kind === kind) kept.push(...operand.operands);
    else kept.push(operand);
  }
  const [only] = kept;
  if (only === undefined) return neutral;
  return kept.length === 1 ? only : { kind, operands: kept };
}

/** The negation, with constants and double negation folded away. */
export function negate(operand: Predicate): Predicate {
  if (operand.kind === 'constant') return operand.value ? never : always;
  return operand.kind === 'not' ? operand.operand : { kind: 'not', operand };
}

/** The values of an equality that an index can answer, e.g. `userName eq "x"`; undefined for every other predicate. */
export function equality(
  predicate: Predicate,
): { readonly path: AttributePath; readonly operand: Operand } | undefined {
  return predicate.kind === 'compare' && predicate.operator === 'eq'
    ? { path: predicate.path, operand: predicate.operand }
    : undefined;
}
