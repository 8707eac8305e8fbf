import { functionAliases } from '../binding/function-parameters.ts';
import { runtimeError } from '../errors/raise.ts';
import { AliasCommand, FunctionCommand } from '../runtime/command.ts';
import { Completion, type Execute, type Frame } from '../runtime/frame.ts';
import type { Scope } from '../runtime/scope.ts';
import type { FunctionDefinition } from '../syntax/tree/index.ts';
import { ScriptBlock } from '../values/script-block.ts';
import { compileBlock } from './block.ts';
import type { CompileContext } from './context.ts';

/** `function Name { … }`, `filter Name { … }`: puts the command into a scope when the definition runs. */
export function compileFunction(ast: FunctionDefinition, context: CompileContext): Execute {
  const { body, isFilter, isWorkflow } = ast;
  const { scope: qualifier, name } = nameOf(ast.name);
  const text = context.source.text.slice(body.start, body.end).replace(/^\{/, '').replace(/\}$/, '');
  return (frame) => {
    frame.position = ast;
    if (isWorkflow) {
      throw runtimeError('WorkflowNotSupportedInPowerShellCore', 'Workflow is not supported in PowerShell 6+.', {
        type: 'System.Management.Automation.ParseException',
        category: 'ParserError',
      });
    }
    compileBlock(body, { parameters: ast.parameters });
    const { state } = frame.scope;
    const block = new ScriptBlock(body, text, { state, isFilter });
    const module = state.module === undefined ? {} : { module: state.module };
    const target = scopeOf(qualifier, frame);
    define(target, new FunctionCommand(name, block, { isFilter, ...module }));
    const aliases = functionAliases(body, { source: context.source, state, session: frame.session });
    for (const alias of aliases) {
      target.aliases ??= new Map();
      target.aliases.set(alias.toLowerCase(), new AliasCommand(alias, name, state.module));
    }
    frame.session.lastSucceeded = true;
    return Completion.normal;
  };
}

function define(scope: Scope, command: FunctionCommand): void {
  scope.functions ??= new Map();
  const folded = command.name.toLowerCase();
  const known = scope.functions.get(folded);
  if (known?.options.has('Constant') || known?.options.has('ReadOnly')) {
    throw runtimeError(
      'FunctionNotWritable',
      `Cannot write to function ${known.name} because it is read-only or constant.`,
      {
        type: 'System.Management.Automation.SessionStateUnauthorizedAccessException',
        category: 'WriteError',
        target: known.name,
      },
    );
  }
  scope.functions.set(folded, command);
}

/** `script:Name` and the like: where the function goes, and its name alone. */
function nameOf(written: string): { readonly scope: string | undefined; readonly name: string } {
  const match = /^(global|script|local|private):(.+)$/i.exec(written);
  return match?.[2] === undefined
    ? { scope: undefined, name: written }
    : { scope: match[1]?.toLowerCase(), name: match[2] };
}

function scopeOf(qualifier: string | undefined, { scope, session }: Frame): Scope {
  if (qualifier === 'global') return session.global.top;
  return qualifier === 'script' ? scope.scriptScope : scope;
}
