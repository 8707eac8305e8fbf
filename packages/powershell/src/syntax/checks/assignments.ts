import type { ParseErrorId } from '../messages.ts';
import type {
  AssignmentStatement,
  AttributedExpression,
  ConvertExpression,
  ExpressionAst,
  Extent,
  StatementAst,
  UnaryExpression,
} from '../tree/index.ts';
import { typeNameText } from '../tree/index.ts';
import type { CheckContext } from './context.ts';

type Refuse = (extent: Extent) => void;

/** What stands on the left of `=` and of `+=` must be able to take a value. */
export function checkAssignment(node: AssignmentStatement, context: CheckContext): void {
  const refuse: Refuse = (extent) => context.report('InvalidLeftHandSide', extent);
  checkTarget(node.left, node.operator === '=', refuse, context);
}

/** So must what `++` and `--` count. */
export function checkIncrement(node: UnaryExpression, context: CheckContext): void {
  const sign = node.operator.slice(-2);
  if (sign !== '++' && sign !== '--') return;
  checkTarget(
    node.operand,
    false,
    (extent) => context.report('OperatorRequiresVariableOrProperty', extent, sign),
    context,
  );
}

/** The expression of a statement that is nothing else. */
export function pureExpression(statement: StatementAst): ExpressionAst | undefined {
  if (statement.kind !== 'pipeline' || statement.elements.length !== 1) return undefined;
  const [element] = statement.elements;
  return element?.kind === 'commandExpression' && element.redirections.length === 0 ? element.expression : undefined;
}

function checkTarget(target: ExpressionAst, simple: boolean, refuse: Refuse, context: CheckContext): void {
  switch (target.kind) {
    case 'variable':
      return;
    case 'member':
    case 'index':
    case 'invokeMember':
      if (target.nullConditional) refuse(target);
      return;
    case 'arrayLiteral':
      if (!simple) refuse(target);
      else for (const element of target.elements) checkTarget(element, true, refuse, context);
      return;
    case 'paren': {
      const inside = pureExpression(target.pipeline);
      if (inside === undefined) refuse(target.pipeline);
      else checkTarget(inside, simple, refuse, context);
      return;
    }
    case 'convert':
    case 'attributed':
      checkTyped(target, simple, refuse, context);
      return;
    default:
      refuse(target);
  }
}

const objects = ['object', 'system.object'];
const texts = ['string', 'system.string'];

/** Types that automatic variables have: another cannot be put on them. */
const automatic = new Map<string, { readonly type: string; readonly names: readonly string[] }>([
  ['_', { type: 'System.Object', names: objects }],
  ['args', { type: 'System.Object[]', names: ['object[]', 'system.object[]'] }],
  ['this', { type: 'System.Object', names: objects }],
  ['input', { type: 'System.Object', names: objects }],
  ['pscmdlet', { type: 'System.Management.Automation.PSScriptCmdlet', names: [] }],
  ['psboundparameters', { type: 'System.Management.Automation.PSBoundParametersDictionary', names: [] }],
  ['myinvocation', { type: 'System.Management.Automation.InvocationInfo', names: [] }],
  ['psscriptroot', { type: 'System.String', names: texts }],
  ['pscommandpath', { type: 'System.String', names: texts }],
]);

/** `[type]$target`, with as many types and attributes as there are. */
function checkTyped(
  target: ConvertExpression | AttributedExpression,
  simple: boolean,
  refuse: Refuse,
  context: CheckContext,
): void {
  let inner: ExpressionAst = target;
  let last: string | undefined;
  let count = 0;
  let reference: Extent | undefined;
  while (inner.kind === 'convert' || inner.kind === 'attributed') {
    if (inner.kind === 'convert') {
      count++;
      last = typeNameText(inner.typeName).toLowerCase();
      const brackets = bracketsOf(inner);
      if (isReference(inner)) reference = brackets;
      if (last === 'void' || last === 'system.void') context.report('VoidTypeConstraintNotAllowed', brackets);
    }
    inner = inner.operand;
  }
  if (reference !== undefined && count > 1) {
    context.report('ReferenceNeedsToBeByItselfInTypeConstraint', reference);
    return;
  }
  if (
    inner.kind === 'variable' &&
    (inner.scope === undefined || inner.scope === 'local' || inner.scope === 'private')
  ) {
    const expected = automatic.get(inner.name.toLowerCase());
    if (expected !== undefined && (last === undefined || !expected.names.includes(last))) {
      context.report('AssignmentStatementToAutomaticNotSupported', target, inner.name, expected.type);
    }
  }
  checkTarget(inner, simple, refuse, context);
}

/** Where the brackets of a cast stand: the type's own extent has none. */
function bracketsOf({ start, typeName }: ConvertExpression): Extent {
  return { start, end: typeName.end + 1 };
}

export function isReference({ typeName }: ConvertExpression): boolean {
  const name = typeNameText(typeName).toLowerCase();
  return name === 'ref' || name === 'psreference' || name === 'system.management.automation.psreference';
}

/** `[ref]` stands once and last among casts; on the left of an assignment other words are found for it. */
export function checkReference(node: ConvertExpression, context: CheckContext): void {
  if (!isReference(node)) return;
  let repeated = false;
  for (let inner = node.operand; inner.kind === 'convert' || inner.kind === 'attributed'; inner = inner.operand) {
    if (inner.kind === 'convert' && isReference(inner)) {
      repeated = true;
      context.report('ReferenceNeedsToBeByItselfInTypeSequence', bracketsOf(inner));
    }
  }
  const outer = context.path.at(-1);
  if (repeated || outer?.kind !== 'convert' || isReference(outer) || isLeftSide(context)) return;
  const id: ParseErrorId = 'ReferenceNeedsToBeLastTypeInTypeConversion';
  context.report(id, bracketsOf(node));
}

function isLeftSide({ path }: CheckContext): boolean {
  for (let at = path.length - 1; at >= 0; at--) {
    const node = path[at];
    if (node?.kind === 'assignment') return node.left === path[at + 1];
    if (node?.kind === 'commandExpression') return false;
  }
  return false;
}
