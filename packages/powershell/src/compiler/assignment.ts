import { binaryOperator } from '../operators/binary.ts';
import { Completion, type Evaluate, type Execute } from '../runtime/frame.ts';
import type { AssignmentOperator, AssignmentStatement, BinaryOperator, ExpressionAst } from '../syntax/tree/index.ts';
import type { CompileContext } from './context.ts';
import { intOperation } from './int-operations.ts';
import { compileStatementValue, statementSetsSuccess } from './statement.ts';
import { compileStore } from './store.ts';
import { type Compute, compileUpdate, unchanged } from './update.ts';
import { foldedName } from './variable.ts';

export interface CompiledAssignment {
  /** As a statement: writes nothing. */
  readonly execute: Execute;
  /** As a value, in parentheses or at the right of another assignment: what was assigned. */
  readonly evaluate: Evaluate;
}

const operators: Readonly<Record<Exclude<AssignmentOperator, '=' | '??='>, BinaryOperator>> = {
  '+=': '+',
  '-=': '-',
  '*=': '*',
  '/=': '/',
  '%=': '%',
};

/** An assignment of any kind. */
export function compileAssignment(ast: AssignmentStatement, context: CompileContext): CompiledAssignment {
  const assign = compileAssign(ast, context);
  const evaluate: Evaluate = (frame) => {
    frame.position = ast;
    return assign(frame);
  };
  if (!statementSetsSuccess(ast)) {
    return {
      evaluate,
      execute: (frame) => {
        frame.position = ast;
        assign(frame);
        return Completion.normal;
      },
    };
  }
  return {
    evaluate,
    execute: (frame) => {
      frame.position = ast;
      assign(frame);
      frame.session.lastSucceeded = true;
      return Completion.normal;
    },
  };
}

function compileAssign(ast: AssignmentStatement, context: CompileContext): Evaluate {
  const right = compileStatementValue(ast.right, context);
  switch (ast.operator) {
    case '=': {
      const store = compileStore(ast.left, context);
      return (frame) => store(frame, right(frame));
    }
    case '??=':
      return compileUpdate(
        ast.left,
        context,
        (frame, old) => (old === null || old === undefined ? right(frame) : unchanged),
        { ownScopeOnly: true },
      );
    default:
      return compileCompound(ast.left, operators[ast.operator], right, context);
  }
}

/** `+=` and its kind. An Int32 in a local variable is worked on where it is. */
function compileCompound(
  left: ExpressionAst,
  operator: BinaryOperator,
  right: Evaluate,
  context: CompileContext,
): Evaluate {
  const operate = binaryOperator(operator);
  const calculate = intOperation(operator);
  const compute: Compute = (frame, old) => {
    const value = right(frame);
    if (calculate !== undefined && typeof old === 'number' && typeof value === 'number') {
      const result = calculate(old, value);
      if (result !== undefined) return result;
    }
    return operate(old, value, frame.session);
  };
  const update = compileUpdate(left, context, compute, { ownScopeOnly: true });
  if (calculate === undefined || left.kind !== 'variable' || left.scope !== undefined) return update;
  const slot = context.slot(foldedName(left.name));
  return (frame) => {
    const variable = frame.locals[slot];
    if (!variable?.alive || !variable.plain) return update(frame);
    const old = variable.value;
    const value = right(frame);
    let result: ReturnType<typeof operate>;
    if (typeof old === 'number' && typeof value === 'number') result = calculate(old, value);
    if (result === undefined) result = operate(old, value, frame.session);
    variable.value = result;
    return result;
  };
}
