import { fold } from '../fold.ts';
import { isList, isObject, member, type ScimObject, type ScimValue } from '../value.ts';
import { compareKeys, comparisonKey } from './comparison-key.ts';
import type { Predicate } from './predicate.ts';

type Compare = Extract<Predicate, { kind: 'compare' }>;

/** Whether a resource, in the schema's spelling, satisfies a predicate. */
export function matches(predicate: Predicate, resource: ScimObject): boolean {
  return evaluate(predicate, resource, 0);
}

/**
 * Whether one element of a multi-valued attribute satisfies a predicate about its elements, see {@link bindElementFilter}.
 * @param depth number of steps from the resource to the element: `path.steps.length` of the attribute
 */
export function elementMatches(predicate: Predicate, element: ScimValue, depth: number): boolean {
  return evaluate(predicate, element, depth);
}

function evaluate(predicate: Predicate, scope: ScimValue, depth: number): boolean {
  switch (predicate.kind) {
    case 'constant':
      return predicate.value;
    case 'and':
      return predicate.operands.every((operand) => evaluate(operand, scope, depth));
    case 'or':
      return predicate.operands.some((operand) => evaluate(operand, scope, depth));
    case 'not':
      return !evaluate(predicate.operand, scope, depth);
    case 'present':
      return someValue(scope, predicate.path.steps, depth, (value) => value !== '');
    case 'compare':
      return someValue(scope, predicate.path.steps, depth, (value) => compares(predicate, value));
    case 'element': {
      const { steps } = predicate.path;
      return someValue(scope, steps, depth, (value) => evaluate(predicate.where, value, steps.length));
    }
  }
}

/** True when a value at the end of the steps passes the test; lists on the way and at the end are searched. */
function someValue(
  value: ScimValue,
  steps: readonly string[],
  at: number,
  test: (value: ScimValue) => boolean,
): boolean {
  if (isList(value)) return value.some((each) => someValue(each, steps, at, test));
  const step = steps[at];
  if (step === undefined) return value !== null && test(value);
  if (!isObject(value)) return false;
  const next = member(value, step);
  return next !== undefined && someValue(next, steps, at + 1, test);
}

function compares({ path, operator, operand }: Compare, value: ScimValue): boolean {
  const key = operand.type === 'string' ? textKey(value, operand.folded) : comparisonKey(value, path.leaf);
  if (key === undefined) return false;
  if (typeof key === 'string' && typeof operand.key === 'string') {
    if (operator === 'co') return key.includes(operand.key);
    if (operator === 'sw') return key.startsWith(operand.key);
    if (operator === 'ew') return key.endsWith(operand.key);
    if (operator === 'eq') return key === operand.key;
  }
  const order = compareKeys(key, operand.key);
  if (order === undefined) return false;
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
    default:
      return false;
  }
}

function textKey(value: ScimValue, folded: boolean): string | undefined {
  if (typeof value !== 'string') return undefined;
  return folded ? fold(value) : value;
}
