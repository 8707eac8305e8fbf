import { unaryOperator } from '../operators/unary.ts';
import type { Evaluate } from '../runtime/frame.ts';
import type { ExpressionAst, UnaryExpression } from '../syntax/tree/index.ts';
import type { Value } from '../values/value.ts';
import type { CompileContext } from './context.ts';
import { compileUpdate } from './update.ts';
import { foldedName } from './variable.ts';

type Increment = UnaryExpression & { readonly operator: '++' | '--' | 'post++' | 'post--' };

export function isIncrement(ast: ExpressionAst): ast is Increment {
  return ast.kind === 'unary' && (ast.operator.endsWith('++') || ast.operator.endsWith('--'));
}

const largest = 2 ** 31 - 1;
const smallest = -(2 ** 31);

/** `++$x`, `$x++` and down; of a property or an item too. As a statement of its own its value is dropped. */
export function compileIncrement(ast: Increment, context: CompileContext): Evaluate {
  const up = ast.operator === '++' || ast.operator === 'post++';
  const postfix = ast.operator.startsWith('post');
  const step = unaryOperator(ast.operator);
  const slot = slotOf(ast.operand, context);
  let before: Value;
  const update = compileUpdate(ast.operand, context, (frame, old) => {
    before = old ?? 0;
    return step(old, frame.session);
  });
  const slow: Evaluate = (frame) => {
    const after = update(frame);
    return postfix ? before : after;
  };
  if (slot === undefined) return slow;
  const difference = up ? 1 : -1;
  const limit = up ? largest : smallest;
  return (frame) => {
    const variable = frame.locals[slot];
    if (variable?.alive && variable.plain) {
      const { value } = variable;
      if (typeof value === 'number' && value !== limit) {
        variable.value = value + difference;
        return postfix ? value : value + difference;
      }
    }
    return slow(frame);
  };
}

function slotOf(ast: ExpressionAst, context: CompileContext): number | undefined {
  return ast.kind === 'variable' && ast.scope === undefined ? context.slot(foldedName(ast.name)) : undefined;
}
