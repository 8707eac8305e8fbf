import type { Source } from '../../syntax/source.ts';
import type { ScriptBlockAst } from '../../syntax/tree/index.ts';
import { type Node, visitChildren } from '../../syntax/walk.ts';
import { AstObject, type ParamBlock } from '../../values/ast-object.ts';

type Kind = Node['kind'] | ParamBlock['kind'];

/** The CLR class of each kind of node, and the class it derives from. */
export const astClasses: Readonly<Record<Kind, readonly [name: string, base: string]>> = {
  constant: ['ConstantExpressionAst', 'ExpressionAst'],
  string: ['StringConstantExpressionAst', 'ConstantExpressionAst'],
  expandableString: ['ExpandableStringExpressionAst', 'ExpressionAst'],
  variable: ['VariableExpressionAst', 'ExpressionAst'],
  type: ['TypeExpressionAst', 'ExpressionAst'],
  convert: ['ConvertExpressionAst', 'AttributedExpressionAst'],
  attributed: ['AttributedExpressionAst', 'ExpressionAst'],
  attribute: ['AttributeAst', 'AttributeBaseAst'],
  unary: ['UnaryExpressionAst', 'ExpressionAst'],
  binary: ['BinaryExpressionAst', 'ExpressionAst'],
  ternary: ['TernaryExpressionAst', 'ExpressionAst'],
  member: ['MemberExpressionAst', 'ExpressionAst'],
  invokeMember: ['InvokeMemberExpressionAst', 'MemberExpressionAst'],
  index: ['IndexExpressionAst', 'ExpressionAst'],
  arrayLiteral: ['ArrayLiteralAst', 'ExpressionAst'],
  arrayExpression: ['ArrayExpressionAst', 'ExpressionAst'],
  hashtable: ['HashtableAst', 'ExpressionAst'],
  subExpression: ['SubExpressionAst', 'ExpressionAst'],
  paren: ['ParenExpressionAst', 'ExpressionAst'],
  scriptBlockExpression: ['ScriptBlockExpressionAst', 'ExpressionAst'],
  using: ['UsingExpressionAst', 'ExpressionAst'],
  errorExpression: ['ErrorExpressionAst', 'ExpressionAst'],
  command: ['CommandAst', 'CommandBaseAst'],
  parameter: ['CommandParameterAst', 'CommandElementAst'],
  commandExpression: ['CommandExpressionAst', 'CommandBaseAst'],
  mergingRedirection: ['MergingRedirectionAst', 'RedirectionAst'],
  fileRedirection: ['FileRedirectionAst', 'RedirectionAst'],
  pipeline: ['PipelineAst', 'ChainableAst'],
  pipelineChain: ['PipelineChainAst', 'ChainableAst'],
  assignment: ['AssignmentStatementAst', 'PipelineBaseAst'],
  if: ['IfStatementAst', 'StatementAst'],
  while: ['WhileStatementAst', 'LoopStatementAst'],
  doWhile: ['DoWhileStatementAst', 'LoopStatementAst'],
  doUntil: ['DoUntilStatementAst', 'LoopStatementAst'],
  for: ['ForStatementAst', 'LoopStatementAst'],
  forEach: ['ForEachStatementAst', 'LoopStatementAst'],
  switch: ['SwitchStatementAst', 'LabeledStatementAst'],
  try: ['TryStatementAst', 'StatementAst'],
  catch: ['CatchClauseAst', 'Ast'],
  trap: ['TrapStatementAst', 'StatementAst'],
  throw: ['ThrowStatementAst', 'StatementAst'],
  return: ['ReturnStatementAst', 'StatementAst'],
  break: ['BreakStatementAst', 'StatementAst'],
  continue: ['ContinueStatementAst', 'StatementAst'],
  exit: ['ExitStatementAst', 'StatementAst'],
  data: ['DataStatementAst', 'StatementAst'],
  block: ['BlockStatementAst', 'StatementAst'],
  function: ['FunctionDefinitionAst', 'StatementAst'],
  parameterDefinition: ['ParameterAst', 'Ast'],
  typeConstraint: ['TypeConstraintAst', 'AttributeBaseAst'],
  typeDefinition: ['TypeDefinitionAst', 'StatementAst'],
  property: ['PropertyMemberAst', 'MemberAst'],
  method: ['FunctionMemberAst', 'MemberAst'],
  statementBlock: ['StatementBlockAst', 'Ast'],
  namedBlock: ['NamedBlockAst', 'Ast'],
  scriptBlock: ['ScriptBlockAst', 'Ast'],
  usingStatement: ['UsingStatementAst', 'StatementAst'],
  paramBlock: ['ParamBlockAst', 'Ast'],
};

const known = new WeakMap<Node | ParamBlock, AstObject>();

/** The one object of a node. */
export function astObject(node: Node | ParamBlock, source: Source, parent?: AstObject): AstObject {
  let object = known.get(node);
  if (object === undefined) {
    object = new AstObject(astClasses[node.kind][0], node, source, parent);
    known.set(node, object);
  }
  return object;
}

const paramBlocks = new WeakMap<ScriptBlockAst, ParamBlock>();

/** `param(…)` of a script block, where it has one. */
export function paramBlockOf(block: ScriptBlockAst): ParamBlock | undefined {
  const { parameters = [], attributes, paramBlock } = block;
  if (paramBlock === undefined) return undefined;
  let made = paramBlocks.get(block);
  if (made === undefined) {
    const { start, end } = paramBlock;
    made = { kind: 'paramBlock', attributes, parameters, start, end };
    paramBlocks.set(block, made);
  }
  return made;
}

/** The nodes right below one, in the order of the text. */
function childrenOf(parent: AstObject): AstObject[] {
  const { node, source } = parent;
  const children: AstObject[] = [];
  const add = (child: Node | ParamBlock): void => {
    children.push(astObject(child, source, parent));
  };
  if (node.kind === 'paramBlock') {
    for (const child of [...node.attributes, ...node.parameters]) add(child);
    return children;
  }
  const paramBlock = node.kind === 'scriptBlock' ? paramBlockOf(node) : undefined;
  if (paramBlock !== undefined) add(paramBlock);
  const inBlock = new Set<Node>(paramBlock === undefined ? [] : [...paramBlock.attributes, ...paramBlock.parameters]);
  visitChildren(node, (child) => {
    if (!inBlock.has(child)) add(child);
  });
  return children;
}

/** A node and all below it that a predicate takes; bodies of script blocks inside are left out unless asked for. */
export function findAll(
  root: AstObject,
  takes: (ast: AstObject) => boolean,
  { nested, first = false }: { readonly nested: boolean; readonly first?: boolean },
): AstObject[] {
  const found: AstObject[] = [];
  const search = (ast: AstObject): boolean => {
    if (takes(ast)) {
      found.push(ast);
      if (first) return true;
    }
    if (!nested && ast !== root && ast.node.kind === 'scriptBlockExpression') return false;
    return childrenOf(ast).some(search);
  };
  search(root);
  return found;
}
