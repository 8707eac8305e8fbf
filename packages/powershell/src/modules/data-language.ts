import { positionText } from '../errors/position-text.ts';
import type { HashtableExpression, ScriptBlockAst } from '../syntax/tree/index.ts';
import { type Node, visitChildren } from '../syntax/walk.ts';

const constants = new Set(['true', 'false', 'null']);

/** Visits a node, and what is below it where the visit says so. */
function walk(node: Node, visit: (node: Node) => boolean): void {
  if (visit(node)) visitChildren(node, (child) => walk(child, visit));
}

/**
 * The hashtable that a data file is: the first literal outside of script blocks, wherever it stands. Bodies of functions
 * count as script blocks, defaults of parameters do not (inbound sheet B.1).
 */
export function firstHashtable(ast: ScriptBlockAst): HashtableExpression | undefined {
  let first: HashtableExpression | undefined;
  walk(ast, (node) => {
    if (node.kind === 'scriptBlockExpression' || node.kind === 'function' || node.kind === 'typeDefinition')
      return false;
    if (node.kind === 'hashtable' && (first === undefined || node.start < first.start)) first = node;
    return first === undefined || node.start < first.start;
  });
  return first;
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
 * @param commands that may be called all the same
 */
export function manifestViolation(ast: ScriptBlockAst, commands: readonly string[] = []): string | undefined {
  const found: string[] = [];
  walk(ast, (node) => {
    const message = violation(node, commands);
    if (message !== undefined) found.push(`${positionText(ast.source, node.start, node.end)}\n${message}`);
    return message === undefined;
  });
  return found.length === 0 ? undefined : found.join('\n\n');
}

function violation(node: Node, commands: readonly string[]): string | undefined {
  switch (node.kind) {
    case 'command': {
      const [name] = node.elements;
      const text = name?.kind === 'string' ? name.value : '';
      if (commands.some((one) => one.toLowerCase() === text.toLowerCase())) return undefined;
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
