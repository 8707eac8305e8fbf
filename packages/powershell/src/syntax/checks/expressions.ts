import type {
  AttributedExpression,
  ConvertExpression,
  ExpressionAst,
  HashtableExpression,
  NumberLiteral,
  UsingExpression,
  VariableExpression,
} from '../tree/index.ts';
import { typeNameText } from '../tree/index.ts';
import { checkReference } from './assignments.ts';
import { isConstant } from './constants.ts';
import { type CheckContext, memberAround } from './context.ts';

/** `@name` is an argument of a command, nothing else; `$this` is none of static members. */
export function checkVariable(node: VariableExpression, context: CheckContext): void {
  const { path } = context;
  const around = path.at(-1);
  if (node.splatted && around?.kind !== 'command' && around?.kind !== 'using') {
    const listed = around?.kind === 'arrayLiteral' && path.at(-2)?.kind === 'command';
    context.report(listed ? 'SplattingNotPermittedInArgumentList' : 'SplattingNotPermitted', node, node.path);
  }
  if (node.path.toLowerCase() === 'this' && memberAround(path)?.isStatic === true) {
    context.report('NonStaticMemberAccessInStaticMember', node, node.path);
  }
}

/** Constant keys stand once, letter case ignored: `1` and `'1'` are the same. */
export function checkHashtable(node: HashtableExpression, context: CheckContext): void {
  const seen = new Set<string>();
  for (const { key } of node.pairs) {
    if (key.kind !== 'string' && key.kind !== 'constant') continue;
    const text = key.kind === 'string' ? key.value : numberText(key.value);
    const folded = text.toLowerCase();
    if (seen.has(folded)) context.report('DuplicateKeyInHashLiteral', key, text);
    seen.add(folded);
  }
}

function numberText(literal: NumberLiteral): string {
  if (literal.type !== 'System.Decimal') return String(literal.value);
  const digits = String(literal.mantissa).padStart(literal.scale + 1, '0');
  return literal.scale === 0 ? digits : `${digits.slice(0, -literal.scale)}.${digits.slice(-literal.scale)}`;
}

/** `[ordered]` is no type but a word before `@{`. */
export function checkConvert(node: ConvertExpression, context: CheckContext): void {
  const name = typeNameText(node.typeName);
  if (name.toLowerCase() !== 'ordered') checkReference(node, context);
  else if (node.operand.kind !== 'hashtable') context.report('OrderedAttributeOnlyOnHashLiteralNode', node, name);
}

/** Attributes stand before a variable, with types between at most. */
export function checkAttributed(node: AttributedExpression, context: CheckContext): void {
  let inner = node.operand;
  while (inner.kind === 'attributed' || inner.kind === 'convert') inner = inner.operand;
  if (inner.kind === 'variable') return;
  context.report('UnexpectedAttribute', node.attribute, typeNameText(node.attribute.typeName));
}

/** `$using:` takes properties and constant indexes along, no calls. */
export function checkUsing(node: UsingExpression, context: CheckContext): void {
  const bad = notAllowedInUsing(node.expression);
  if (bad !== undefined) context.report('InvalidUsingExpression', bad);
}

function notAllowedInUsing(expression: ExpressionAst): ExpressionAst | undefined {
  let inner = expression;
  for (;;) {
    if (inner.kind === 'variable') return undefined;
    if (inner.kind === 'index') {
      if (!isConstant(inner.index, { attribute: true, classMember: false })) return inner.index;
    } else if (inner.kind !== 'member' || inner.member.kind !== 'string') {
      return inner;
    }
    inner = inner.target;
  }
}
