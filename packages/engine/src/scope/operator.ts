import { problem } from '@joinery/problems';
import { suggestion } from '@joinery/runtime';
import { compilePattern } from './pattern.ts';

/**
 * The operators of scoping clauses (engine sheet 7.2). Each test sees one value of the attribute as text; a clause on an
 * attribute without a value is false before any test runs, NOT EQUALS and NOT REGEX MATCH included, and IS NULL alone is true.
 * Scoping compares ordinally and with case, unlike SCIM filters.
 */
export interface ScopeOperator {
  /** Wire name. Where the sheet marks a spelling unverified, blanks and underscores and any case are read alike. */
  readonly name: string;
  readonly arity: 'Unary' | 'Binary';
  readonly whenNull: boolean;
  /** Compiles the operand once. @throws ENGINE_SCOPE_OPERAND_INVALID */
  readonly compile: (operand: string, place: string) => (value: string) => boolean;
}

const unary = (name: string, test: (value: string) => boolean, whenNull = false): ScopeOperator => ({
  name,
  arity: 'Unary',
  whenNull,
  compile: () => test,
});

const binary = (name: string, compile: ScopeOperator['compile']): ScopeOperator => ({
  name,
  arity: 'Binary',
  whenNull: false,
  compile,
});

export const scopeOperators: readonly ScopeOperator[] = [
  binary('EQUALS', (operand) => (value) => value === operand),
  binary('NOT EQUALS', (operand) => (value) => value !== operand),
  unary('IS TRUE', (value) => value.toLowerCase() === 'true'),
  unary('IS FALSE', (value) => value.toLowerCase() === 'false'),
  unary('IS NULL', (value) => value === '', true),
  unary('IS NOT NULL', (value) => value !== ''),
  binary('REGEX MATCH', (operand, place) => compilePattern(operand, place)),
  binary('NOT REGEX MATCH', (operand, place) => {
    const matches = compilePattern(operand, place);
    return (value) => !matches(value);
  }),
  binary('GREATER_THAN', (operand, place) => compareWith(operand, place, (value, limit) => value > limit)),
  binary('GREATER_THAN_OR_EQUALS', (operand, place) => compareWith(operand, place, (value, limit) => value >= limit)),
  binary('INCLUDES', (operand) => (value) => value.includes(operand)),
  binary('ENDS_WITH', (operand) => (value) => value.endsWith(operand)),
  // The sheet's sentence read as it stands: the attribute's value is contained in the clause's.
  binary('&', (operand) => (value) => operand.includes(value)),
  binary('!&', (operand) => (value) => !operand.includes(value)),
];

const byName = new Map(scopeOperators.map((operator) => [canonical(operator.name), operator]));

/** @throws ENGINE_SCOPE_OPERATOR_UNKNOWN */
export function scopeOperator(name: string, place: string): ScopeOperator {
  const operator = byName.get(canonical(name));
  if (operator !== undefined) return operator;
  const hint = suggestion(
    name,
    scopeOperators.map((known) => known.name),
  );
  throw problem('ENGINE_SCOPE_OPERATOR_UNKNOWN', `There is no scoping operator "${name}".${hint}`, { place });
}

function canonical(name: string): string {
  return name
    .trim()
    .replaceAll(/[\s_]+/g, '_')
    .toUpperCase();
}

function compareWith(operand: string, place: string, holds: (value: bigint, limit: bigint) => boolean) {
  const limit = integer(operand);
  if (limit === undefined) {
    throw problem('ENGINE_SCOPE_OPERAND_INVALID', `"${operand}" is not a whole number such as 0, 1 or 2.`, { place });
  }
  return (text: string) => {
    const value = integer(text);
    return value !== undefined && holds(value, limit);
  };
}

function integer(text: string): bigint | undefined {
  return /^-?\d{1,40}$/.test(text.trim()) ? BigInt(text.trim()) : undefined;
}
