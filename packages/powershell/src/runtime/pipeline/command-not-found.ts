import { InvocationInfo } from '../../errors/invocation-info.ts';
import { runtimeError } from '../../errors/raise.ts';
import type { Thrown } from '../../errors/thrown.ts';
import type { CommandAst } from '../../syntax/tree/index.ts';
import type { Frame } from '../frame.ts';
import { nameBehindAliases } from './find-command.ts';

/** The error of a name that nothing answers to, or whose alias leads nowhere. It stands at the name. */
export function commandNotFound(frame: Frame, asked: string, ast: CommandAst): Thrown {
  const name = nameBehindAliases(asked, frame.scope);
  const module = /^([^\\/.:]+)[\\/]([^\\/]+)$/.exec(name)?.[1];
  const isModule = module !== undefined && name.includes('\\') && !frame.session.modules.has(module.toLowerCase());
  const thrown = runtimeError(
    isModule ? 'CouldNotAutoLoadModule' : 'CommandNotFoundException',
    isModule
      ? `The module '${module}' could not be loaded. For more information, run 'Import-Module ${module}'.`
      : `The term '${name}' is not recognized as a name of a cmdlet, function, script file, or executable program.\nCheck the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
    {
      type: 'System.Management.Automation.CommandNotFoundException',
      category: 'ObjectNotFound',
      target: name,
      details: { CommandName: name },
    },
  );
  const [head] = ast.elements;
  thrown.record.invocation = new InvocationInfo(frame.source, head?.start ?? ast.start, head?.end ?? ast.end, {
    invocationName: asked,
  });
  return thrown;
}

/** The error of `&` before something that is no command. */
export function notACommand(frame: Frame, ast: CommandAst): Thrown {
  const thrown = runtimeError(
    'BadExpression',
    `The expression after '${ast.invocation === 'dot' ? '.' : '&'}' in a pipeline element produced an object that was not valid. It must result in a command name, a script block, or a CommandInfo object.`,
    { category: 'InvalidOperation' },
  );
  const [head] = ast.elements;
  thrown.record.invocation = new InvocationInfo(frame.source, head?.start ?? ast.start, head?.end ?? ast.end);
  return thrown;
}
