import { Arguments } from '../functions/arguments.ts';
import { functions } from '../functions/registry.ts';
import type { Expression } from '../syntax/tree.ts';

/**
 * The spelling in which the service hands expressions out: every declared argument has its place, left-out ones stay empty,
 * as in `ToLower([mail], )`, and empty places that mean nothing go.
 */
export function normaliseExpression(expression: Expression): Expression {
  if (expression.kind === 'comparison') {
    return { ...expression, left: normaliseExpression(expression.left), right: normaliseExpression(expression.right) };
  }
  if (expression.kind !== 'call') return expression;
  const given = expression.arguments.map((argument) =>
    argument === undefined ? undefined : normaliseExpression(argument),
  );
  const definition = functions.get(expression.name);
  if (definition === undefined) return { ...expression, arguments: given };
  const written = new Arguments(expression, definition).parameters;
  const single = definition.parameters.filter((parameter) => parameter.repeating === undefined);
  // By name, so that an older parameter list comes out as the present one.
  const places = single.map(({ name }) => given[written.findIndex((parameter) => parameter.name === name)]);
  // An empty place among repeated arguments has no form on the wire and no meaning, so it is not kept either.
  const repeated = given
    .slice(written.filter(({ repeating }) => repeating === undefined).length)
    .filter((argument) => argument !== undefined);
  return { ...expression, arguments: [...places, ...repeated] };
}
