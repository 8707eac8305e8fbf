import { problem } from '@joinery/problems';
import { fold } from '../fold.ts';
import type { AttributePath } from '../schema/attribute-path.ts';
import type { ScimType } from '../schema/definition.ts';
import type { ScimProfile } from '../schema/profile.ts';
import type { FilterLiteral } from './ast.ts';
import { instantKey } from './instant.ts';
import { never, type Operand, type Predicate, type PredicateOperator } from './predicate.ts';

const int64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n } as const;

/**
 * A comparison with its constant brought into the attribute's type (dialect sheet 3.2).
 * The profile `strict` wants the literal in the attribute's JSON type: `active eq true`, not `active eq "true"`.
 * @throws SCIM_FILTER_UNSUPPORTED when operator or literal do not suit the type
 */
export function bindComparison(
  path: AttributePath,
  operator: PredicateOperator,
  literal: FilterLiteral,
  profile: ScimProfile,
): Predicate {
  const { type } = path.leaf;
  if (profile === 'strict' && literal.kind !== literalKind(type)) {
    throw unsuitable(path, `a ${literalKind(type)} is expected`);
  }
  const textual = operator === 'co' || operator === 'sw' || operator === 'ew';
  if (textual && type !== 'string' && type !== 'reference') {
    throw unsuitable(path, `${operator} compares text`);
  }
  if ((type === 'boolean' || type === 'binary') && operator !== 'eq')
    throw unsuitable(path, `${operator} needs an order`);
  if (type === 'integer') return bindInteger(path, operator, literal);
  return { kind: 'compare', path, operator, operand: operandOf(path, literal) };
}

function literalKind(type: ScimType): FilterLiteral['kind'] {
  if (type === 'boolean') return 'boolean';
  return type === 'integer' || type === 'decimal' ? 'number' : 'string';
}

function operandOf(path: AttributePath, { text }: FilterLiteral): Operand {
  switch (path.leaf.type) {
    case 'boolean': {
      const lower = text.toLowerCase();
      if (lower !== 'true' && lower !== 'false') throw unsuitable(path, `'${text}' is neither true nor false`);
      return { type: 'boolean', key: lower === 'true' };
    }
    case 'decimal':
      return { type: 'number', key: numberOf(path, text) };
    case 'dateTime': {
      const key = instantKey(text);
      if (key === undefined) throw unsuitable(path, `'${text}' is not a date and time such as 2026-01-31T08:00:00Z`);
      return { type: 'instant', key };
    }
    default: {
      const folded = !path.leaf.caseExact;
      return { type: 'string', key: folded ? fold(text) : text, folded };
    }
  }
}

/** Constants that no 64-bit integer equals are decided here, so that no store has to compare across types. */
function bindInteger(path: AttributePath, operator: PredicateOperator, { text }: FilterLiteral): Predicate {
  const value = numberOf(path, text);
  const exact = /^-?\d{1,40}$/.test(text) ? BigInt(text) : undefined;
  if (exact === undefined && !Number.isInteger(value)) {
    if (operator === 'eq') return never;
    const upward = operator === 'gt' || operator === 'ge';
    return compareInteger(path, upward ? 'gt' : 'lt', BigInt(upward ? Math.floor(value) : Math.ceil(value)));
  }
  return compareInteger(path, operator, exact ?? BigInt(value));
}

function compareInteger(path: AttributePath, operator: PredicateOperator, value: bigint): Predicate {
  if (value < int64.least || value > int64.most) {
    const above = value > int64.most;
    const everyValue = above ? operator === 'lt' || operator === 'le' : operator === 'gt' || operator === 'ge';
    return everyValue ? { kind: 'present', path } : never;
  }
  const small = Number(value);
  return {
    kind: 'compare',
    path,
    operator,
    operand: { type: 'number', key: Number.isSafeInteger(small) ? small : value },
  };
}

function numberOf(path: AttributePath, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw unsuitable(path, `'${text}' is not a number`);
  return value;
}

function unsuitable(path: AttributePath, sentence: string): Error {
  return problem(
    'SCIM_FILTER_UNSUPPORTED',
    `'${path.text}' is of type ${path.leaf.type} and cannot be compared like this: ${sentence}.`,
    { place: 'filter' },
  );
}
