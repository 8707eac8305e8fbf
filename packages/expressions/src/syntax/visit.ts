import type { Expression } from './tree.ts';

/** Every node of an expression, outermost first, from left to right. */
export function* visit(expression: Expression): Generator<Expression> {
  yield expression;
  if (expression.kind === 'comparison') {
    yield* visit(expression.left);
    yield* visit(expression.right);
  }
  if (expression.kind === 'call') {
    for (const argument of expression.arguments) {
      if (argument !== undefined) yield* visit(argument);
    }
  }
}
