import type {
  AttributeAst,
  CatchClause,
  CommandAst,
  CommandExpressionAst,
  CommandParameterAst,
  ExpressionAst,
  FunctionMember,
  NamedBlock,
  ParameterAst,
  PropertyMember,
  RedirectionAst,
  ScriptBlockAst,
  StatementAst,
  StatementBlockAst,
  TrapStatement,
  TypeConstraint,
  UsingStatement,
} from './tree/index.ts';

/** Any node of the syntax tree but type names. */
export type Node =
  | AttributeAst
  | CatchClause
  | CommandAst
  | CommandExpressionAst
  | CommandParameterAst
  | ExpressionAst
  | FunctionMember
  | NamedBlock
  | ParameterAst
  | PropertyMember
  | RedirectionAst
  | ScriptBlockAst
  | StatementAst
  | StatementBlockAst
  | TrapStatement
  | TypeConstraint
  | UsingStatement;

type Visit = (node: Node) => void;

/** Calls `visit` with each node right below this one, in the order of the text. */
export function visitChildren(node: Node, visit: Visit): void {
  const all = (nodes: readonly Node[]): void => {
    for (const child of nodes) visit(child);
  };
  const one = (child: Node | undefined): void => {
    if (child !== undefined) visit(child);
  };
  switch (node.kind) {
    case 'constant':
    case 'string':
    case 'variable':
    case 'type':
    case 'typeConstraint':
    case 'mergingRedirection':
      return;
    case 'expandableString':
      for (const part of node.parts) if (typeof part !== 'string') visit(part);
      return;
    case 'convert':
    case 'unary':
      visit(node.operand);
      return;
    case 'attributed':
      visit(node.attribute);
      visit(node.operand);
      return;
    case 'attribute':
      all(node.positional);
      for (const { value, omitted } of node.named) if (!omitted) visit(value);
      return;
    case 'binary':
    case 'pipelineChain':
    case 'assignment':
      visit(node.left);
      visit(node.right);
      return;
    case 'ternary':
      visit(node.condition);
      visit(node.ifTrue);
      visit(node.ifFalse);
      return;
    case 'member':
      visit(node.target);
      visit(node.member);
      return;
    case 'invokeMember':
      visit(node.target);
      visit(node.member);
      all(node.arguments);
      return;
    case 'index':
      visit(node.target);
      visit(node.index);
      return;
    case 'arrayLiteral':
      all(node.elements);
      return;
    case 'hashtable':
      for (const { key, value } of node.pairs) {
        visit(key);
        visit(value);
      }
      return;
    case 'arrayExpression':
    case 'subExpression':
    case 'scriptBlockExpression':
    case 'block':
      visit(node.body);
      return;
    case 'paren':
      visit(node.pipeline);
      return;
    case 'using':
      visit(node.expression);
      return;
    case 'errorExpression':
      all(node.nested);
      return;
    case 'command':
      all(node.elements);
      all(node.redirections);
      return;
    case 'parameter':
      one(node.argument);
      return;
    case 'commandExpression':
      visit(node.expression);
      all(node.redirections);
      return;
    case 'fileRedirection':
      visit(node.location);
      return;
    case 'pipeline':
      all(node.elements);
      return;
    default:
      visitStatementChildren(node, visit);
  }
}

type StatementNode = Exclude<
  Node,
  | ExpressionAst
  | RedirectionAst
  | CommandAst
  | CommandExpressionAst
  | CommandParameterAst
  | AttributeAst
  | TypeConstraint
  | { kind: 'pipeline' | 'pipelineChain' | 'assignment' | 'block' }
>;

function visitStatementChildren(node: StatementNode, visit: Visit): void {
  const all = (nodes: readonly Node[] | undefined): void => {
    for (const child of nodes ?? []) visit(child);
  };
  const one = (child: Node | undefined): void => {
    if (child !== undefined) visit(child);
  };
  switch (node.kind) {
    case 'if':
      for (const { condition, body } of node.clauses) {
        visit(condition);
        visit(body);
      }
      one(node.otherwise);
      return;
    case 'while':
      visit(node.condition);
      visit(node.body);
      return;
    case 'doWhile':
    case 'doUntil':
      visit(node.body);
      visit(node.condition);
      return;
    case 'for':
      one(node.initializer);
      one(node.condition);
      one(node.iterator);
      visit(node.body);
      return;
    case 'forEach':
      visit(node.variable);
      visit(node.collection);
      visit(node.body);
      return;
    case 'switch':
      visit(node.condition);
      for (const { test, body } of node.clauses) {
        visit(test);
        visit(body);
      }
      one(node.otherwise);
      return;
    case 'try':
      visit(node.body);
      all(node.catches);
      one(node.finally);
      return;
    case 'catch':
    case 'trap':
      visit(node.body);
      return;
    case 'throw':
    case 'return':
    case 'exit':
      one(node.value);
      return;
    case 'break':
    case 'continue':
      one(node.label);
      return;
    case 'data':
      all(node.commandsAllowed);
      visit(node.body);
      return;
    case 'function':
      all(node.parameters);
      visit(node.body);
      return;
    case 'parameterDefinition':
      all(node.attributes);
      one(node.defaultValue);
      return;
    case 'typeDefinition':
      all(node.attributes);
      all(node.baseTypes);
      all(node.members);
      return;
    case 'property':
      all(node.attributes);
      one(node.type);
      one(node.initialValue);
      return;
    case 'method':
      all(node.attributes);
      one(node.returnType);
      all(node.parameters);
      all(node.baseArguments);
      visit(node.body);
      return;
    case 'scriptBlock':
      all(node.usings);
      all(node.attributes);
      all(node.parameters);
      one(node.dynamicParamBlock);
      one(node.beginBlock);
      one(node.processBlock);
      one(node.endBlock);
      one(node.cleanBlock);
      return;
    case 'namedBlock':
    case 'statementBlock':
      all(node.traps);
      all(node.statements);
      return;
    case 'usingStatement':
      one(node.moduleSpecification);
      return;
  }
}
