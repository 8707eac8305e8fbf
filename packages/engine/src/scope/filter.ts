import type { SourceAttributes } from '@joinery/expressions';
import { problem } from '@joinery/problems';
import type { Filter, FilterClause, FilterGroup } from '../job/schema.ts';
import { attributeTexts } from './attribute-text.ts';
import { scopeOperator } from './operator.ts';

/** The outcome of one clause, as the log's ScopeEvaluationResult prints it (engine sheet 5, 19). */
export interface ClauseResult {
  /** `{filter title} {attribute} {operator} {value}` */
  readonly text: string;
  readonly holds: boolean;
}

export interface FilterResult {
  readonly holds: boolean;
  readonly clauses: readonly ClauseResult[];
}

/** A set of filter groups, compiled. */
export type CompiledFilter = (attributes: SourceAttributes) => FilterResult;

export interface CompiledScope {
  readonly groups: CompiledFilter;
  readonly inputFilterGroups: CompiledFilter;
  readonly categoryFilterGroups: CompiledFilter;
}

interface CompiledClause {
  readonly text: string;
  readonly test: (attributes: SourceAttributes) => boolean;
}

/**
 * Compiles a scope. `null` takes everyone.
 * @param attributes the source attributes that clauses may name
 * @param place of the scope in the schema, for errors
 * @throws ENGINE_SCOPE_OPERATOR_UNKNOWN, ENGINE_SCOPE_OPERAND_INVALID, ENGINE_SOURCE_ATTRIBUTE_UNKNOWN
 */
export function compileScope(scope: Filter | null, attributes: ReadonlySet<string>, place: string): CompiledScope {
  const compile = (name: keyof Filter): CompiledFilter =>
    compileGroups(scope?.[name] ?? [], attributes, `${place}.${name}`);
  return {
    groups: compile('groups'),
    inputFilterGroups: compile('inputFilterGroups'),
    categoryFilterGroups: compile('categoryFilterGroups'),
  };
}

function compileGroups(groups: readonly FilterGroup[], attributes: ReadonlySet<string>, place: string): CompiledFilter {
  const compiled = groups.map((group, index) =>
    group.clauses.map((clause, at) =>
      compileClause(group.name, clause, attributes, `${place}[${index}].clauses[${at}]`),
    ),
  );
  if (compiled.length === 0) return () => ({ holds: true, clauses: [] });
  return (values) => {
    const results = compiled.map((clauses) => clauses.map(({ text, test }) => ({ text, holds: test(values) })));
    return { holds: results.some((clauses) => clauses.every(({ holds }) => holds)), clauses: results.flat() };
  };
}

function compileClause(
  title: string,
  clause: FilterClause,
  attributes: ReadonlySet<string>,
  place: string,
): CompiledClause {
  const { operatorName, sourceOperandName: name, targetOperand } = clause;
  const operator = scopeOperator(operatorName, `${place}.operatorName`);
  if (!attributes.has(name)) {
    throw problem('ENGINE_SOURCE_ATTRIBUTE_UNKNOWN', `The source has no attribute "${name}".`, {
      place: `${place}.sourceOperandName`,
    });
  }
  if (operator.arity === 'Binary' && targetOperand.values.length === 0) {
    throw problem('ENGINE_SCOPE_OPERAND_INVALID', `The operator ${operator.name} needs a value to compare with.`, {
      place: `${place}.targetOperand`,
    });
  }
  const operands = operator.arity === 'Unary' ? [''] : targetOperand.values;
  const tests = operands.map((operand) => operator.compile(operand, `${place}.targetOperand`));
  return {
    text: [title, name, operator.name, ...targetOperand.values].filter((part) => part !== '').join(' '),
    // Several values of an attribute must all satisfy the clause (multivaluedComparisonType All); of several operands one is enough.
    test: (values) => {
      const texts = attributeTexts(values.get(name)).filter((text) => text !== '');
      if (texts.length === 0) return operator.whenNull;
      return texts.every((text) => tests.some((test) => test(text)));
    },
  };
}
