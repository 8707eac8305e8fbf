import type { ExpressionAst } from './expressions.ts';
import type { Extent } from './node.ts';

/** One command of a pipeline: words and redirections. */
export interface CommandAst extends Extent {
  readonly kind: 'command';
  /** The name (a bare or quoted string, a variable, a script block …), then parameters and arguments in order. */
  readonly elements: readonly CommandElement[];
  readonly redirections: readonly RedirectionAst[];
  /** `&` calls, `.` runs in the current scope, `undefined` is a plain name. */
  readonly invocation: 'call' | 'dot' | undefined;
}

export type CommandElement = ExpressionAst | CommandParameterAst;

/** `-Name` or `-Name:argument`; `name` without dash and colon. */
export interface CommandParameterAst extends Extent {
  readonly kind: 'parameter';
  readonly name: string;
  readonly argument: ExpressionAst | undefined;
}

/** An expression at the head of a pipeline. */
export interface CommandExpressionAst extends Extent {
  readonly kind: 'commandExpression';
  readonly expression: ExpressionAst;
  readonly redirections: readonly RedirectionAst[];
}

export type StreamName = 'all' | 'output' | 'error' | 'warning' | 'verbose' | 'debug' | 'information';

export type RedirectionAst = MergingRedirection | FileRedirection;

/** `2>&1`: `to` is always the output stream. */
export interface MergingRedirection extends Extent {
  readonly kind: 'mergingRedirection';
  readonly from: StreamName;
}

/** `> file`, `2>> file`. */
export interface FileRedirection extends Extent {
  readonly kind: 'fileRedirection';
  readonly from: StreamName;
  readonly location: ExpressionAst;
  readonly append: boolean;
}
