import type { Source } from '../source.ts';
import type { CommandAst, CommandExpressionAst } from './commands.ts';
import type { FunctionDefinition, ParameterAst, TypeDefinition } from './definitions.ts';
import type { AttributeAst, ExpressionAst, StringConstant } from './expressions.ts';
import type { Extent } from './node.ts';
import type { TypeName } from './type-name.ts';

/** A whole script, or what stands between braces. */
export interface ScriptBlockAst extends Extent {
  readonly kind: 'scriptBlock';
  readonly source: Source;
  readonly attributes: readonly AttributeAst[];
  readonly usings: readonly UsingStatement[];
  readonly parameters: readonly ParameterAst[] | undefined;
  /** Where `param( … )` stands, if it does. */
  readonly paramBlock: Extent | undefined;
  readonly dynamicParamBlock: NamedBlock | undefined;
  readonly beginBlock: NamedBlock | undefined;
  readonly processBlock: NamedBlock | undefined;
  /** Statements outside of named blocks are an `end` block with `unnamed` (a filter's are a `process` block). */
  readonly endBlock: NamedBlock | undefined;
  readonly cleanBlock: NamedBlock | undefined;
  /** `#requires` lines. */
  readonly requires: readonly string[];
}

export interface NamedBlock extends Extent {
  readonly kind: 'namedBlock';
  readonly unnamed: boolean;
  readonly statements: readonly StatementAst[];
  readonly traps: readonly TrapStatement[];
}

export interface StatementBlockAst extends Extent {
  readonly kind: 'statementBlock';
  readonly statements: readonly StatementAst[];
  readonly traps: readonly TrapStatement[];
}

export type StatementAst =
  | PipelineAst
  | PipelineChain
  | AssignmentStatement
  | IfStatement
  | WhileStatement
  | DoWhileStatement
  | DoUntilStatement
  | ForStatement
  | ForEachStatement
  | SwitchStatement
  | TryStatement
  | ThrowStatement
  | ReturnStatement
  | BreakStatement
  | ContinueStatement
  | ExitStatement
  | DataStatement
  | BlockStatement
  | FunctionDefinition
  | TypeDefinition;

export interface PipelineAst extends Extent {
  readonly kind: 'pipeline';
  readonly elements: readonly (CommandAst | CommandExpressionAst)[];
  readonly background: boolean;
}

/** `left && right`, `left || right`; left-associative. */
export interface PipelineChain extends Extent {
  readonly kind: 'pipelineChain';
  readonly left: PipelineChain | PipelineAst;
  readonly operator: '&&' | '||';
  readonly right: PipelineAst;
  readonly background: boolean;
}

export type AssignmentOperator = '=' | '+=' | '-=' | '*=' | '/=' | '%=' | '??=';

/** The right side is a statement: `$x = if (…) { … }`. An `ArrayLiteral` on the left assigns to several targets. */
export interface AssignmentStatement extends Extent {
  readonly kind: 'assignment';
  readonly operator: AssignmentOperator;
  readonly left: ExpressionAst;
  readonly right: StatementAst;
  readonly operatorStart: number;
}

export interface IfStatement extends Extent {
  readonly kind: 'if';
  readonly clauses: readonly { readonly condition: StatementAst; readonly body: StatementBlockAst }[];
  readonly otherwise: StatementBlockAst | undefined;
}

interface Labelled extends Extent {
  readonly label: string | undefined;
}

export interface WhileStatement extends Labelled {
  readonly kind: 'while';
  readonly condition: StatementAst;
  readonly body: StatementBlockAst;
}

export interface DoWhileStatement extends Labelled {
  readonly kind: 'doWhile';
  readonly condition: StatementAst;
  readonly body: StatementBlockAst;
}

export interface DoUntilStatement extends Labelled {
  readonly kind: 'doUntil';
  readonly condition: StatementAst;
  readonly body: StatementBlockAst;
}

export interface ForStatement extends Labelled {
  readonly kind: 'for';
  readonly initializer: StatementAst | undefined;
  readonly condition: StatementAst | undefined;
  readonly iterator: StatementAst | undefined;
  readonly body: StatementBlockAst;
}

export interface ForEachStatement extends Labelled {
  readonly kind: 'forEach';
  readonly variable: ExpressionAst;
  readonly collection: StatementAst;
  readonly body: StatementBlockAst;
  /** `-parallel` and `-throttlelimit` are refused by name. */
  readonly parallel: boolean;
  readonly throttleLimit: boolean;
}

/** `switch`; an expression clause that is a `ScriptBlockExpression` is a condition. */
export interface SwitchStatement extends Labelled {
  readonly kind: 'switch';
  readonly mode: 'exact' | 'wildcard' | 'regex';
  readonly caseSensitive: boolean;
  readonly file: boolean;
  /** `-parallel` is refused by name. */
  readonly parallel: boolean;
  readonly condition: StatementAst;
  readonly clauses: readonly { readonly test: ExpressionAst; readonly body: StatementBlockAst }[];
  readonly otherwise: StatementBlockAst | undefined;
}

export interface TryStatement extends Extent {
  readonly kind: 'try';
  readonly body: StatementBlockAst;
  readonly catches: readonly CatchClause[];
  readonly finally: StatementBlockAst | undefined;
}

/** An empty `types` catches everything. */
export interface CatchClause extends Extent {
  readonly kind: 'catch';
  readonly types: readonly TypeName[];
  readonly body: StatementBlockAst;
}

export interface TrapStatement extends Extent {
  readonly kind: 'trap';
  readonly type: TypeName | undefined;
  readonly body: StatementBlockAst;
}

export interface ThrowStatement extends Extent {
  readonly kind: 'throw';
  readonly value: StatementAst | undefined;
}

export interface ReturnStatement extends Extent {
  readonly kind: 'return';
  readonly value: StatementAst | undefined;
}

export interface BreakStatement extends Extent {
  readonly kind: 'break';
  readonly label: ExpressionAst | undefined;
}

export interface ContinueStatement extends Extent {
  readonly kind: 'continue';
  readonly label: ExpressionAst | undefined;
}

export interface ExitStatement extends Extent {
  readonly kind: 'exit';
  readonly value: StatementAst | undefined;
}

/** `data name { … }`; refused outside of the data language by the parser. */
export interface DataStatement extends Extent {
  readonly kind: 'data';
  readonly variable: string | undefined;
  readonly commandsAllowed: readonly ExpressionAst[];
  readonly body: StatementBlockAst;
}

/** `parallel { … }` and `sequence { … }` of workflows: parsed to be refused by name. */
export interface BlockStatement extends Extent {
  readonly kind: 'block';
  readonly word: string;
  readonly body: StatementBlockAst;
}

/** `using namespace X`, `using module ./m.psm1`, `using assembly a.dll`. */
export interface UsingStatement extends Extent {
  readonly kind: 'usingStatement';
  readonly what: 'namespace' | 'module' | 'assembly' | 'type' | 'command';
  readonly name: StringConstant | undefined;
  readonly alias: StringConstant | undefined;
  readonly moduleSpecification: ExpressionAst | undefined;
}
