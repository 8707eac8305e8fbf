import type { CommandAst } from './commands.ts';
import type { Extent } from './node.ts';
import type { PipelineAst, ScriptBlockAst, StatementAst, StatementBlockAst } from './statements.ts';
import type { TypeName } from './type-name.ts';

/** Anything that has a value. Names are those of `System.Management.Automation.Language` without the suffix `Ast`. */
export type ExpressionAst =
  | ConstantExpression
  | StringConstant
  | ExpandableString
  | VariableExpression
  | TypeExpression
  | ConvertExpression
  | AttributedExpression
  | UnaryExpression
  | BinaryExpression
  | TernaryExpression
  | MemberExpression
  | InvokeMemberExpression
  | IndexExpression
  | ArrayLiteral
  | ArrayExpression
  | HashtableExpression
  | SubExpression
  | ParenExpression
  | ScriptBlockExpression
  | UsingExpression
  | ErrorExpression;

/**
 * A number literal. A suffix and a multiplier are applied already.
 * @property text the literal as written: command arguments that bind to text keep it (`f 1.50`).
 */
export interface ConstantExpression extends Extent {
  readonly kind: 'constant';
  readonly value: NumberLiteral;
  readonly text: string;
}

/** The exact value of a number literal and the CLR type that PowerShell gives it. */
export type NumberLiteral =
  | { readonly type: 'System.Int32'; readonly value: number }
  | { readonly type: 'System.Int64'; readonly value: bigint }
  | { readonly type: 'System.Double'; readonly value: number }
  | { readonly type: 'System.Decimal'; readonly mantissa: bigint; readonly scale: number }
  | { readonly type: 'System.Byte' | 'System.SByte' | 'System.Int16' | 'System.UInt16'; readonly value: number }
  | { readonly type: 'System.UInt32'; readonly value: number }
  | { readonly type: 'System.UInt64'; readonly value: bigint }
  | { readonly type: 'System.Numerics.BigInteger'; readonly value: bigint };

export type StringQuotes = 'bare' | 'single' | 'double' | 'singleHere' | 'doubleHere';

/** Text without anything to expand (double-quoted text without `$` is one, too). `bare` also stands for member and parameter names. */
export interface StringConstant extends Extent {
  readonly kind: 'string';
  readonly value: string;
  readonly quotes: StringQuotes;
}

/** Double-quoted or bare text with variables and sub-expressions: the parts in order, constants already unescaped. */
export interface ExpandableString extends Extent {
  readonly kind: 'expandableString';
  readonly parts: readonly (string | VariableExpression | UsingExpression | SubExpression)[];
  readonly quotes: 'bare' | 'double' | 'doubleHere';
  /** The text between the quotes as written, unescaped but not expanded (what `Import-PowerShellDataFile` and the check show). */
  readonly value: string;
}

/**
 * `$name`, `${any name}`, `$scope:name`, `@name` (splatted).
 * @property path the whole name as written, without `$`, `@` and braces
 * @property scope lower case: `global`, `local`, `private`, `script`, `using`, `workflow`, or a drive (`env`, `function`, `variable`…)
 * @property name the name without the qualifier, in its written case
 */
export interface VariableExpression extends Extent {
  readonly kind: 'variable';
  readonly path: string;
  readonly scope: string | undefined;
  readonly name: string;
  readonly splatted: boolean;
}

/** `[type]` as a value. */
export interface TypeExpression extends Extent {
  readonly kind: 'type';
  readonly typeName: TypeName;
}

/** `[type]operand`; as a target of assignment it constrains the variable. */
export interface ConvertExpression extends Extent {
  readonly kind: 'convert';
  readonly typeName: TypeName;
  readonly operand: ExpressionAst;
}

/** `[Attribute()]operand`, only as a target of assignment. */
export interface AttributedExpression extends Extent {
  readonly kind: 'attributed';
  readonly attribute: AttributeAst;
  readonly operand: ExpressionAst;
}

export interface AttributeAst extends Extent {
  readonly kind: 'attribute';
  readonly typeName: TypeName;
  readonly positional: readonly ExpressionAst[];
  /** `Name = value`; `omitted` where only the name was written, which means `$true`. */
  readonly named: readonly NamedAttributeArgument[];
}

export interface NamedAttributeArgument extends Extent {
  readonly name: string;
  readonly value: ExpressionAst;
  readonly omitted: boolean;
}

export type UnaryOperator =
  | '!'
  | '-not'
  | '-bnot'
  | '-'
  | '+'
  | ','
  | '++'
  | '--'
  | 'post++'
  | 'post--'
  | '-join'
  | '-split'
  | '-isplit'
  | '-csplit';

export interface UnaryExpression extends Extent {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: ExpressionAst;
}

/** Comparison words come in lower case with their case prefix resolved: `-eq` is `-ieq`. */
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '..'
  | '-f'
  | '-and'
  | '-or'
  | '-xor'
  | '-band'
  | '-bor'
  | '-bxor'
  | '-shl'
  | '-shr'
  | '-is'
  | '-isnot'
  | '-as'
  | '-join'
  | '??'
  | CaseOperator;

export type CaseOperator =
  `-${'i' | 'c'}${'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'like' | 'notlike' | 'match' | 'notmatch' | 'replace' | 'contains' | 'notcontains' | 'in' | 'notin' | 'split'}`;

/**
 * `left operator right`.
 * @property operatorStart where the operator begins: errors of arithmetic are placed there or at the left operand
 */
export interface BinaryExpression extends Extent {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: ExpressionAst;
  readonly right: ExpressionAst;
  readonly operatorStart: number;
}

export interface TernaryExpression extends Extent {
  readonly kind: 'ternary';
  readonly condition: ExpressionAst;
  readonly ifTrue: ExpressionAst;
  readonly ifFalse: ExpressionAst;
}

/** `target.member`, `target::member`, `target?.member`. `member` is a bare `StringConstant` unless computed. */
export interface MemberExpression extends Extent {
  readonly kind: 'member';
  readonly target: ExpressionAst;
  readonly member: ExpressionAst;
  readonly isStatic: boolean;
  readonly nullConditional: boolean;
}

/** `target.method(arguments)`; `[type]::new(…)`; `base(…)` in a constructor has a `baseCall` instead of a target's member. */
export interface InvokeMemberExpression extends Extent {
  readonly kind: 'invokeMember';
  readonly target: ExpressionAst;
  readonly member: ExpressionAst;
  readonly typeArguments: readonly TypeName[];
  readonly arguments: readonly ExpressionAst[];
  readonly isStatic: boolean;
  readonly nullConditional: boolean;
}

export interface IndexExpression extends Extent {
  readonly kind: 'index';
  readonly target: ExpressionAst;
  readonly index: ExpressionAst;
  readonly nullConditional: boolean;
}

/** `a, b, c` */
export interface ArrayLiteral extends Extent {
  readonly kind: 'arrayLiteral';
  readonly elements: readonly ExpressionAst[];
}

/** `@( … )` */
export interface ArrayExpression extends Extent {
  readonly kind: 'arrayExpression';
  readonly body: StatementBlockAst;
}

/** `@{ key = statement }`; keys that are bare words are `StringConstant`s. */
export interface HashtableExpression extends Extent {
  readonly kind: 'hashtable';
  readonly pairs: readonly HashtablePair[];
}

export interface HashtablePair {
  readonly key: ExpressionAst;
  readonly value: StatementAst;
}

/** `$( … )` */
export interface SubExpression extends Extent {
  readonly kind: 'subExpression';
  readonly body: StatementBlockAst;
}

/** `( pipeline )`, which may be an assignment. */
export interface ParenExpression extends Extent {
  readonly kind: 'paren';
  readonly pipeline: PipelineAst | StatementAst;
}

/** `{ … }` as a value. */
export interface ScriptBlockExpression extends Extent {
  readonly kind: 'scriptBlockExpression';
  readonly body: ScriptBlockAst;
}

/** `$using:name` (with an expression on it only in remoting; kept for the check). */
export interface UsingExpression extends Extent {
  readonly kind: 'using';
  readonly expression: ExpressionAst;
}

/** Where the text does not parse: never compiled, a tree with one has parse errors. */
export interface ErrorExpression extends Extent {
  readonly kind: 'errorExpression';
  readonly nested: readonly (ExpressionAst | CommandAst)[];
}
