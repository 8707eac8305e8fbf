import type {
  AttributeAst,
  CatchClause,
  CommandAst,
  CommandElement,
  CommandExpressionAst,
  ExpressionAst,
  FunctionDefinition,
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
  TypeDefinition,
  TypeName,
  UsingStatement,
} from '../syntax/tree/index.ts';

/** Everything in a syntax tree that says what it is. */
export type Node =
  | ExpressionAst
  | StatementAst
  | ScriptBlockAst
  | StatementBlockAst
  | NamedBlock
  | CommandAst
  | CommandElement
  | CommandExpressionAst
  | RedirectionAst
  | ParameterAst
  | AttributeAst
  | TypeConstraint
  | TypeName
  | TypeDefinition
  | FunctionDefinition
  | FunctionMember
  | PropertyMember
  | CatchClause
  | TrapStatement
  | UsingStatement;

/**
 * Visits a tree from the top, in the order of the text. It follows every property, so that no kind of node can be left out.
 * @param visit is given the node and the nodes around it, nearest last
 */
export function walk(top: Node, visit: (node: Node, around: readonly Node[]) => void): void {
  const around: Node[] = [];
  const follow = (part: unknown): void => {
    if (Array.isArray(part)) for (const item of part) follow(item);
    else if (isNode(part)) enter(part);
    else if (isRecord(part)) for (const value of Object.values(part)) follow(value);
  };
  const enter = (node: Node): void => {
    visit(node, around);
    around.push(node);
    for (const [name, value] of Object.entries(node)) if (name !== 'source') follow(value);
    around.pop();
  };
  enter(top);
}

function isRecord(part: unknown): part is object {
  return typeof part === 'object' && part !== null;
}

function isNode(part: unknown): part is Node {
  return isRecord(part) && 'kind' in part && typeof part.kind === 'string' && 'start' in part;
}
