import { isProblem, type Problem, problem } from '@joinery/problems';
import { findingProblem } from '../check/finding.ts';
import { checkStructure } from '../check/structure.ts';
import { BoundCall } from '../functions/bound-call.ts';
import { functions } from '../functions/registry.ts';
import { StepBudget } from '../patterns/step-budget.ts';
import { placeText } from '../syntax/place.ts';
import type { CallNode, ComparisonNode, Expression } from '../syntax/tree.ts';
import { visit } from '../syntax/visit.ts';
import { readInteger } from '../values/number.ts';
import { isList, type SingleValue, type SourceAttributes, type Value } from '../values/value.ts';
import { compareValues } from './compare.ts';
import type { EvaluationContext, Evaluator, Scope } from './context.ts';

/** What an evaluation comes to. */
export interface Outcome {
  /** Null when nothing flows, unless a default or the null flow applies (engine sheet 14). Always null when dropped. */
  readonly value: Value;
  /** The value must not appear in any log, step or answer: show `[Redact]` instead. */
  readonly redacted: boolean;
  /** IgnoreFlowIfNullOrEmpty took the attribute out of the flow: neither default nor clearing null applies. */
  readonly dropped: boolean;
}

/** An expression made into closures: bound, checked and folded once, evaluated for every object. */
export interface CompiledExpression {
  /**
   * Evaluates for one source object. Synchronous, without side effects, bounded in time and size.
   * @throws EXPRESSION_* with the place; never a silent null in place of an error (engine sheet 21.2)
   */
  evaluate(source: SourceAttributes, context: EvaluationContext): Outcome;
  /** The source attributes it reads, each once. */
  readonly attributes: readonly string[];
  /** True when it holds Redact anywhere: every outcome is redacted, and no problem quotes a value. */
  readonly redacted: boolean;
  /** True when two evaluations of one object can differ (Now, Guid, RandomString): evaluate once per create, not per retry. */
  readonly volatile: boolean;
  /** True when the target only gains values (AppRoleAssignmentsComplex); else the list replaces what is there. */
  readonly additive: boolean;
  /** The rules of an outermost SelectUniqueValue, in order; empty for every other expression. See `selectUniqueValue`. */
  readonly candidates: readonly CompiledExpression[];
}

/**
 * Compiles a parsed expression.
 * @throws the first error that {@link checkStructure} finds: EXPRESSION_FUNCTION_UNKNOWN, EXPRESSION_ARGUMENT_COUNT …
 */
export function compileExpression(expression: Expression): CompiledExpression {
  const fault = checkStructure(expression).find(({ severity }) => severity === 'error');
  if (fault !== undefined) throw findingProblem(fault);
  return compiled(expression);
}

function compiled(expression: Expression): CompiledExpression {
  const attributes = new Set<string>();
  let redacted = false;
  let volatile = false;
  for (const node of visit(expression)) {
    if (node.kind === 'attribute') attributes.add(node.name);
    if (node.kind !== 'call') continue;
    redacted ||= node.name === 'Redact';
    volatile ||= functions.get(node.name)?.volatile === true;
  }
  const run = compileNode(expression);
  const unique = expression.kind === 'call' && expression.name === 'SelectUniqueValue' ? expression.arguments : [];
  return {
    attributes: [...attributes],
    redacted,
    volatile,
    additive: expression.kind === 'call' && expression.name === 'AppRoleAssignmentsComplex',
    candidates: unique.filter((rule) => rule !== undefined).map(compiled),
    evaluate(source, context) {
      const scope: Scope = { source, context, budget: new StepBudget(), dropped: false };
      try {
        const value = run(scope);
        return {
          value: scope.dropped || (isList(value) && value.length === 0) ? null : value,
          redacted,
          dropped: scope.dropped,
        };
      } catch (error) {
        throw redacted && isProblem(error) ? withoutValue(error) : error;
      }
    },
  };
}

function compileNode(node: Expression): Evaluator {
  switch (node.kind) {
    case 'attribute': {
      const { name } = node;
      return (scope) => scope.source.get(name) ?? null;
    }
    case 'text': {
      const { value } = node;
      return () => value;
    }
    case 'number': {
      // A decimal fraction is text: the language has integers only, and comparisons read it as a number.
      const value = readInteger(node.text) ?? node.text;
      return () => value;
    }
    case 'keyword': {
      const { name } = node;
      return () => name;
    }
    case 'comparison':
      return compileComparison(node);
    case 'call':
      return compileCall(node);
  }
}

function compileComparison(node: ComparisonNode): Evaluator {
  const { operator } = node;
  const left = compileSide(node.left);
  const right = compileSide(node.right);
  return (scope) => compareValues(operator, left(scope), right(scope));
}

function compileSide(node: Expression): Evaluator<SingleValue | null> {
  const evaluate = compileNode(node);
  return (scope) => {
    const value = evaluate(scope);
    if (!isList(value)) return value;
    const [only] = value;
    if (value.length <= 1) return only ?? null;
    throw problem('EXPRESSION_VALUE_TYPE', `A comparison takes one value and got ${value.length}.`, {
      place: placeText(node.place),
      fix: 'Choose one with Item, or make one text of them with Join.',
    });
  };
}

function compileCall(node: CallNode): Evaluator {
  const definition = functions.get(node.name);
  // checkStructure has refused unknown functions; this keeps the promise if it is ever left out.
  if (definition === undefined) throw problem('EXPRESSION_FUNCTION_UNKNOWN', `There is no function ${node.name}.`);
  try {
    const evaluate = definition.bind(new BoundCall(node, definition, compileNode));
    return (scope) => {
      try {
        return evaluate(scope);
      } catch (error) {
        throw placed(error, node);
      }
    };
  } catch (error) {
    throw placed(error, node);
  }
}

/** A problem raised without a place (a regular expression, a text that grew too long) gets that of the innermost call. */
function placed(error: unknown, node: CallNode): unknown {
  if (!isProblem(error) || error.place !== undefined) return error;
  return problem(error.code, error.detail, { place: placeText(node.place), fix: error.fix, cause: error });
}

/** The same problem in the table's words: a redacted value must not leave through an error either. */
function withoutValue(error: Problem): Problem {
  return problem(error.code, error.definition.title, error.place === undefined ? {} : { place: error.place });
}
