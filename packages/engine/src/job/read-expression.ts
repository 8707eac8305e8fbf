import { type Expression, fromMappingSource } from '@joinery/expressions';
import { isProblem, type Problem, problem } from '@joinery/problems';

/**
 * The expression of an attribute mapping source.
 * @param place of the source in the schema
 * @throws ENGINE_EXPRESSION_INVALID that names the mapping and what is wrong where in its text
 */
export function readExpression(value: unknown, place: string): Expression {
  try {
    return fromMappingSource(value, place);
  } catch (error) {
    if (!isProblem(error)) throw error;
    throw expressionProblem(error, place);
  }
}

/** A problem of the expression language, placed in the schema. */
export function expressionProblem(cause: Problem, place: string): Problem {
  return problem('ENGINE_EXPRESSION_INVALID', cause.message, { place, fix: cause.fix, cause });
}
