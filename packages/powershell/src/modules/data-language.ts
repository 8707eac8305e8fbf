import { positionText } from '../errors/position-text.ts';
import type { ScriptBlockAst, StatementAst } from '../syntax/tree/index.ts';
import { type Node, visitChildren } from '../syntax/walk.ts';

const constants = new Set(['true', 'false', 'null']);

/** Types that a data file may cast to. */
const plainTypes = new Set(
  'string char bool boolean byte sbyte int int16 int32 int64 short long ushort uint uint16 uint32 uint64 ulong float single double decimal switch'.split(
    ' ',
  ),
);

/** Kinds of nodes that only state data. */
const safe = new Set([
  'constant',
  'string',
  'expandableString',
  'arrayLiteral',
  'arrayExpression',
  'hashtable',
  'subExpression',
  'paren',
  'ternary',
  'index',
  'pipeline',
  'commandExpression',
  'statementBlock',
  'namedBlock',
]);

/** Visits a node, and what is below it where the visit says so. */
function walk(node: Node, visit: (node: Node) => boolean): void {
  if (visit(node)) visitChildren(node, (child) => walk(child, visit));
}

/** The hashtable that a data file is; `undefined` for other scripts. */
export function dataHashtable(ast: ScriptBlockAst) {
  const statement = onlyStatement(ast);
  if (statement?.kind !== 'pipeline') return undefined;
  const [element] = statement.elements;
  if (statement.elements.length !== 1 || element?.kind !== 'commandExpression') return undefined;
  return element.expression.kind === 'hashtable' ? element.expression : undefined;
}

function onlyStatement(ast: ScriptBlockAst): StatementAst | undefined {
  const statements = ast.endBlock?.statements ?? [];
  return statements.length === 1 ? statements[0] : undefined;
}

/** True where evaluating a node can do nothing but give a value: what `Import-PowerShellDataFile` reads. */
export function isData(node: Node): boolean {
  if (node.kind === 'scriptBlockExpression') return true;
  let isSafe = true;
  walk(node, (inner) => {
    if (inner.kind === 'scriptBlockExpression') return false;
    if (!isSafeNode(inner)) isSafe = false;
    return isSafe;
  });
  return isSafe;
}

function isSafeNode(node: Node): boolean {
  switch (node.kind) {
    case 'variable':
      return node.scope === undefined && constants.has(node.name.toLowerCase());
    case 'unary':
      return ['-', '+', '!', '-not', '-bnot', ','].includes(node.operator);
    case 'convert':
      return node.typeName.kind === 'simpleType' && plainTypes.has(node.typeName.name.toLowerCase());
    default:
      return safe.has(node.kind);
  }
}

const manifestVariables = new Set([
  ...constants,
  'psculture',
  'psuiculture',
  'psscriptroot',
  'psedition',
  'enabledexperimentalfeatures',
]);

/**
 * What a manifest has that the data language does not allow, as PowerShell words it; `undefined` where all is well. Unlike
 * a data file, a manifest may compute with operators and name its folder.
 */
export function manifestViolation(ast: ScriptBlockAst): string | undefined {
  const found: string[] = [];
  walk(ast, (node) => {
    const message = violation(node);
    if (message !== undefined) found.push(`${positionText(ast.source, node.start, node.end)}\n${message}`);
    return message === undefined;
  });
  return found.length === 0 ? undefined : found.join('\n\n');
}

function violation(node: Node): string | undefined {
  switch (node.kind) {
    case 'command': {
      const [name] = node.elements;
      const text = name?.kind === 'string' ? name.value : '';
      return `The command '${text}' is not allowed in restricted language mode or a Data section.`;
    }
    case 'variable':
      if (manifestVariables.has(node.name.toLowerCase())) return undefined;
      return 'A variable that cannot be referenced in restricted language mode or a Data section is being referenced. Variables that can be referenced include the following: $PSCulture, $PSUICulture, $true, $false, and $null.';
    case 'assignment':
      return 'Assignment statements are not allowed in restricted language mode or a Data section.';
    case 'invokeMember':
      return 'Method calls are not allowed in restricted language mode or a Data section.';
    case 'scriptBlockExpression':
      return 'Script block literals are not allowed in restricted language mode or a Data section.';
    case 'function':
    case 'typeDefinition':
    case 'while':
    case 'for':
    case 'forEach':
    case 'doWhile':
    case 'doUntil':
    case 'switch':
    case 'try':
      return 'The statement is not allowed in restricted language mode or a Data section.';
    default:
      return undefined;
  }
}
