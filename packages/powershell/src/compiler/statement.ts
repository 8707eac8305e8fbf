import { Completion, type Evaluate, type Execute } from '../runtime/frame.ts';
import { writeEnumerated, writeItems } from '../runtime/write-value.ts';
import type { ExpressionAst, PipelineAst, StatementAst, StatementBlockAst } from '../syntax/tree/index.ts';
import { compileAssignment } from './assignment.ts';
import { captured } from './capture.ts';
import type { CompileContext } from './context.ts';
import { compileData } from './data.ts';
import { compileExpression, compileWholeExpression } from './expression.ts';
import { compileForEach } from './for-each.ts';
import { compileFunction } from './function.ts';
import { compileIf } from './if.ts';
import { compileIncrement, isIncrement } from './increment.ts';
import { compileBreak, compileContinue, compileExit, compileReturn } from './jump.ts';
import { compileDoLoop, compileFor, compileWhile } from './loops.ts';
import { compilePipeline, compilePipelineChain } from './pipeline.ts';
import { compileRangeItems } from './range-items.ts';
import { compileStatements } from './statement-list.ts';
import { compileSwitch } from './switch.ts';
import { compileThrow } from './throw.ts';
import { compileTry } from './try.ts';
import { compileTypeDefinition } from './type-definition.ts';

/** Compiles a statement: what it writes goes to `frame.out`. */
export function compileStatement(ast: StatementAst, context: CompileContext): Execute {
  switch (ast.kind) {
    case 'pipeline': {
      const expression = pureExpression(ast);
      return expression === undefined ? compilePipeline(ast, context) : expressionStatement(ast, expression, context);
    }
    case 'pipelineChain':
      return compilePipelineChain(ast, context);
    case 'assignment':
      return compileAssignment(ast, context).execute;
    case 'if':
      return compileIf(ast, context);
    case 'while':
      return compileWhile(ast, context);
    case 'doWhile':
    case 'doUntil':
      return compileDoLoop(ast, context);
    case 'for':
      return compileFor(ast, context);
    case 'forEach':
      return compileForEach(ast, context);
    case 'switch':
      return compileSwitch(ast, context);
    case 'try':
      return compileTry(ast, context);
    case 'throw':
      return compileThrow(ast, context);
    case 'return':
      return compileReturn(ast, context);
    case 'break':
      return compileBreak(ast, context);
    case 'continue':
      return compileContinue(ast, context);
    case 'exit':
      return compileExit(ast, context);
    case 'data':
      return compileData(ast, context);
    case 'block':
      return compileStatementBlock(ast.body, context);
    case 'function':
      return compileFunction(ast, context);
    case 'typeDefinition':
      return compileTypeDefinition(ast);
  }
}

/**
 * Compiles a statement as a value: a pure expression is its value as it is; otherwise what it writes is collected, where
 * nothing is AutomationNull, one object is itself, and more are an array.
 * @param keepOnError writes what was collected to the output when an error ends the statement (`$()` and lone parentheses)
 */
export function compileStatementValue(ast: StatementAst, context: CompileContext, keepOnError = false): Evaluate {
  if (ast.kind === 'assignment') return compileAssignment(ast, context).evaluate;
  const expression = pureExpression(ast);
  if (expression !== undefined) return compileExpression(expression, context);
  return captured(compileStatement(ast, context), keepOnError);
}

/** The statements of a block in braces; they share the scope around. */
export function compileStatementBlock(ast: StatementBlockAst, context: CompileContext): Execute {
  return compileStatements(ast.statements, ast.traps, context);
}

/** The expression that a statement is, where it is nothing else: no command, no redirection. */
export function pureExpression(ast: StatementAst): ExpressionAst | undefined {
  if (ast.kind !== 'pipeline' || ast.background) return undefined;
  const [first, second] = ast.elements;
  if (second !== undefined || first?.kind !== 'commandExpression') return undefined;
  return first.redirections.length === 0 ? first.expression : undefined;
}

function expressionStatement(ast: PipelineAst, expression: ExpressionAst, context: CompileContext): Execute {
  if (isIncrement(expression)) {
    const increment = compileIncrement(expression, context);
    return (frame) => {
      frame.position = ast;
      increment(frame);
      frame.session.lastSucceeded = true;
      return Completion.normal;
    };
  }
  const range = compileRangeItems(expression, context);
  if (range !== undefined) {
    return (frame) => {
      frame.position = ast;
      writeItems(range(frame), frame.out, frame.session);
      frame.session.lastSucceeded = true;
      return Completion.normal;
    };
  }
  const evaluate = compileWholeExpression(expression, context);
  if (!setsSuccess(expression)) {
    return (frame) => {
      frame.position = ast;
      writeEnumerated(evaluate(frame), frame.out, frame.session);
      return Completion.normal;
    };
  }
  return (frame) => {
    frame.position = ast;
    writeEnumerated(evaluate(frame), frame.out, frame.session);
    frame.session.lastSucceeded = true;
    return Completion.normal;
  };
}

/** Whether an expression statement makes `$?` true: not where statements inside of it already said how they went. */
export function setsSuccess(expression: ExpressionAst): boolean {
  if (expression.kind === 'paren') return statementSetsSuccess(expression.pipeline);
  if (expression.kind === 'subExpression') return expression.body.statements.length === 0;
  if (expression.kind === 'arrayExpression') {
    const [first, second] = expression.body.statements;
    if (first === undefined) return true;
    return second === undefined && expression.body.traps.length === 0 && statementSetsSuccess(first);
  }
  return true;
}

/** The same for a statement that is a value: the right side of an assignment, what is in parentheses. */
export function statementSetsSuccess(ast: StatementAst): boolean {
  if (ast.kind === 'assignment') return statementSetsSuccess(ast.right);
  const expression = pureExpression(ast);
  return expression !== undefined && setsSuccess(expression);
}
