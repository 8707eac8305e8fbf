import type { ExpressionAst, ParameterAst, ScriptBlockAst } from '../syntax/tree/index.ts';
import { approximated, type Judgement, missing } from './finding.ts';
import { type InferenceScope, type Inferred, inferStatement } from './infer.ts';
import type { KnownTypes } from './types.ts';
import { walk } from './walk.ts';

/** Automatic variables of PowerShell that the engine does not set. */
const unset = new Map<string, Judgement>([
  ['stacktrace', approximated('It is not set here.')],
  ['nestedpromptlevel', approximated('There is no prompt: it is not set here.')],
  ['profile', approximated('There are no profiles: it is not set here.')],
]);

/** Drives that variables may be qualified with. */
const drives = new Set(['env', 'function', 'variable', 'alias']);
const scopes = new Set(['global', 'script', 'local', 'private', 'using']);

/** What is wrong with a variable; `undefined` where nothing is. */
export function judgeVariable({ name, scope }: ExpressionAst & { kind: 'variable' }): Judgement | undefined {
  if (scope === undefined) return unset.get(name.toLowerCase());
  if (scopes.has(scope) || drives.has(scope)) return undefined;
  return scope === 'workflow'
    ? missing('Workflows are not part of PowerShell 7.')
    : missing(`There is no drive "${scope}:" for variables.`);
}

/**
 * The types of a script's variables, where every assignment to a name agrees. `$_` and everything that commands set
 * (`-OutVariable`) or that is not assigned at all is unknown.
 */
export function variableTypes(
  ast: ScriptBlockAst,
  types: KnownTypes,
  usings: readonly string[],
): ReadonlyMap<string, Inferred> {
  const found = new Map<string, Inferred>();
  const unsure = new Set(['_', 'psitem', 'args', 'input', 'this', 'matches']);
  const scope: InferenceScope = { types, usings, variables: new Map() };
  const note = (name: string, type: Inferred): void => {
    const folded = name.toLowerCase();
    if (type === undefined || (found.has(folded) && found.get(folded) !== type)) unsure.add(folded);
    else found.set(folded, type);
  };
  walk(ast, (node) => {
    switch (node.kind) {
      case 'assignment':
        for (const { name, type } of targetsOf(node.left, scope)) {
          const isPlain = node.operator === '=' && node.right.kind === 'pipeline' && node.left.kind !== 'arrayLiteral';
          note(name, type ?? (isPlain ? inferStatement(node.right, scope) : undefined));
        }
        break;
      case 'parameterDefinition':
        note(node.name, parameterType(node, scope));
        break;
      case 'forEach':
        if (node.variable.kind === 'variable') note(node.variable.name, undefined);
        break;
      case 'unary':
        if (node.operand.kind === 'variable' && /\+\+|--/.test(node.operator))
          unsure.add(node.operand.name.toLowerCase());
        break;
      case 'convert':
        // `[ref]$x`: whatever gets the reference may set it.
        if (
          node.typeName.kind === 'simpleType' &&
          node.typeName.name.toLowerCase() === 'ref' &&
          node.operand.kind === 'variable'
        ) {
          unsure.add(node.operand.name.toLowerCase());
        }
    }
  });
  for (const name of unsure) found.delete(name);
  return found;
}

interface Target {
  readonly name: string;
  readonly type: Inferred;
}

function targetsOf(left: ExpressionAst, scope: InferenceScope): readonly Target[] {
  switch (left.kind) {
    case 'variable':
      return [{ name: left.name, type: undefined }];
    case 'attributed':
      return targetsOf(left.operand, scope);
    case 'convert':
      return targetsOf(left.operand, scope).map(({ name }) => ({
        name,
        type: scope.types.find(left.typeName, scope.usings),
      }));
    case 'arrayLiteral':
      return left.elements.flatMap((element) => targetsOf(element, scope));
    default:
      return [];
  }
}

/** A parameter has the type of its last constraint. */
function parameterType({ attributes }: ParameterAst, scope: InferenceScope): Inferred {
  const constraint = attributes.findLast((attribute) => attribute.kind === 'typeConstraint');
  return constraint === undefined ? undefined : scope.types.find(constraint.typeName, scope.usings);
}
