import { literalValue } from '../conversion/number-literal.ts';
import type { Evaluate } from '../runtime/frame.ts';
import type { ExpressionAst, ScriptBlockExpression, SubExpression } from '../syntax/tree/index.ts';
import { ScriptBlock } from '../values/script-block.ts';
import { compileArrayExpression, compileArrayLiteral } from './array.ts';
import { compileBinary } from './binary.ts';
import { captured } from './capture.ts';
import type { CompileContext } from './context.ts';
import { compileConvert } from './convert.ts';
import { compileHashtable } from './hashtable.ts';
import { compileIndex } from './index-expression.ts';
import { compileInvoke, compileMember } from './member.ts';
import { compileStatementBlock, compileStatementValue, pureExpression } from './statement.ts';
import { compileTest } from './test.ts';
import { compileText } from './text.ts';
import { compileTypeName } from './type-name.ts';
import { compileUnary } from './unary.ts';
import { compileVariable } from './variable.ts';

/** Compiles an expression: its value is not unrolled, errors are thrown. */
export function compileExpression(ast: ExpressionAst, context: CompileContext): Evaluate {
  switch (ast.kind) {
    case 'constant': {
      const value = literalValue(ast.value);
      return () => value;
    }
    case 'string': {
      const { value } = ast;
      return () => value;
    }
    case 'expandableString':
      return compileText(ast, context);
    case 'variable':
      return compileVariable(ast, context);
    case 'type':
      return compileTypeName(ast.typeName, context, ast);
    case 'convert':
      return compileConvert(ast, context);
    case 'attributed':
      return compileExpression(ast.operand, context);
    case 'unary':
      return compileUnary(ast, context);
    case 'binary':
      return compileBinary(ast, context);
    case 'ternary': {
      const condition = compileTest(ast.condition, context);
      const ifTrue = compileExpression(ast.ifTrue, context);
      const ifFalse = compileExpression(ast.ifFalse, context);
      return (frame) => (condition(frame) ? ifTrue(frame) : ifFalse(frame));
    }
    case 'member':
      return compileMember(ast, context);
    case 'invokeMember':
      return compileInvoke(ast, context);
    case 'index':
      return compileIndex(ast, context);
    case 'arrayLiteral':
      return compileArrayLiteral(ast, context);
    case 'arrayExpression':
      return compileArrayExpression(ast, context);
    case 'hashtable':
      return compileHashtable(ast, context);
    case 'subExpression':
      return compileSubExpression(ast, context, false);
    case 'paren':
      return pureExpression(ast.pipeline) === undefined
        ? atSamePosition(compileStatementValue(ast.pipeline, context))
        : compileStatementValue(ast.pipeline, context);
    case 'scriptBlockExpression':
      return compileScriptBlock(ast, context);
    case 'using':
      return compileExpression(ast.expression, context);
    case 'errorExpression':
      throw new Error('a tree with parse errors is never compiled');
  }
}

/**
 * An expression that is a whole statement: where it is parentheses or `$()`, what was written before an error is output.
 */
export function compileWholeExpression(ast: ExpressionAst, context: CompileContext): Evaluate {
  if (ast.kind === 'subExpression') return compileSubExpression(ast, context, true);
  if (ast.kind !== 'paren') return compileExpression(ast, context);
  const inner = pureExpression(ast.pipeline);
  return inner === undefined
    ? compileStatementValue(ast.pipeline, context, true)
    : compileWholeExpression(inner, context);
}

/** `$( … )`. An empty one is `$null`, not nothing. */
function compileSubExpression({ body }: SubExpression, context: CompileContext, isStatement: boolean): Evaluate {
  if (body.statements.length === 0 && body.traps.length === 0) return () => null;
  return captured(compileStatementBlock(body, context), isStatement);
}

/** Errors behind a command in parentheses are those of the statement around them again. */
function atSamePosition(evaluate: Evaluate): Evaluate {
  return (frame) => {
    const { position } = frame;
    const value = evaluate(frame);
    frame.position = position;
    return value;
  };
}

function compileScriptBlock(ast: ScriptBlockExpression, context: CompileContext): Evaluate {
  const text = context.source.text.slice(ast.start + 1, ast.end - 1);
  const { body } = ast;
  return (frame) => new ScriptBlock(body, text, { state: frame.scope.state });
}
