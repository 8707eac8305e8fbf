import { WildcardPattern } from '../../operators/wildcard.ts';
import {
  AliasCommand,
  CmdletCommand,
  type Command,
  FunctionCommand,
  ScriptFileCommand,
} from '../../runtime/command.ts';
import { findScriptFile } from '../../runtime/pipeline/find-command.ts';
import type { Scope } from '../../runtime/scope.ts';
import { visibleAliases } from '../aliases/alias-access.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';

export const getCommand: CmdletDescription = {
  name: 'Get-Command',
  typeName: 'Microsoft.PowerShell.Commands.GetCommandCommand',
  module: 'Microsoft.PowerShell.Core',
  defaultSet: 'CmdletSet',
  parameters: [
    {
      name: 'Name',
      type: 'string[]',
      sets: ['AllCommandSet'],
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      validate: { notNullOrEmpty: true },
    },
    { name: 'Verb', type: 'string[]', sets: ['CmdletSet'], fromPipelineByPropertyName: true },
    { name: 'Noun', type: 'string[]', sets: ['CmdletSet'], fromPipelineByPropertyName: true },
    { name: 'Module', type: 'string[]', aliases: ['PSSnapin'], fromPipelineByPropertyName: true },
    {
      name: 'CommandType',
      type: 'System.Management.Automation.CommandTypes',
      aliases: ['Type'],
      sets: ['AllCommandSet'],
      fromPipelineByPropertyName: true,
    },
    { name: 'TotalCount', type: 'int', fromPipelineByPropertyName: true },
    {
      name: 'Syntax',
      type: 'switch',
      fromPipelineByPropertyName: true,
      coverage: { state: 'missing', why: 'the syntax of a command is not told' },
    },
    {
      name: 'ArgumentList',
      type: 'object[]',
      aliases: ['Args'],
      position: 1,
      fromRemainingArguments: true,
      allowNull: true,
      allowEmptyCollection: true,
    },
    { name: 'All', type: 'switch', fromPipelineByPropertyName: true },
    { name: 'ListImported', type: 'switch', fromPipelineByPropertyName: true },
    { name: 'ParameterName', type: 'string[]', validate: { notNullOrEmpty: true } },
  ],
  leftOut: {
    ExcludeModule: 'name the modules with -Module, or filter by ModuleName',
    FullyQualifiedModule: 'name the modules with -Module',
    ShowCommandInfo: 'it is for windows that show commands',
    ParameterType: 'parameters are not searched by type',
    UseFuzzyMatching: 'commands are found by their names and wildcards alone',
    FuzzyMinimumDistance: 'commands are found by their names and wildcards alone',
    UseAbbreviationExpansion: 'commands are found by their names and wildcards alone',
  },
  coverage: { state: 'approximated', why: 'finds the commands that the engine has: applications are missing' },
  start: (call) => {
    let left = call.has('TotalCount') ? Number(call.session.text(call.get('TotalCount'))) : Number.POSITIVE_INFINITY;
    const show = (command: Command) => {
      if (left-- > 0) call.write(command);
    };
    return {
      process() {
        if (!call.has('Name')) {
          for (const command of allCommands(call)) if (isWanted(call, command)) show(command);
          return;
        }
        for (const name of textsOf(call.get('Name'))) findNamed(call, name, show);
      },
    };
  },
};

function findNamed(call: CmdletCall, name: string, show: (command: Command) => void): void {
  if (WildcardPattern.has(name)) {
    const pattern = new WildcardPattern(name);
    for (const command of allCommands(call)) {
      if (pattern.matches(command.name) && isWanted(call, command)) show(command);
    }
    return;
  }
  const found = exact(call, name).filter((command) => isWanted(call, command));
  if (found.length === 0) {
    const message = `The term '${name}' is not recognized as a name of a cmdlet, function, script file, or executable program.\nCheck the spelling of the name, or if a path was included, verify that the path is correct and try again.`;
    call.writeError(
      cmdletError('CommandNotFoundException', message, {
        type: 'System.Management.Automation.CommandNotFoundException',
        category: 'ObjectNotFound',
        target: name,
        details: { CommandName: name },
      }),
    );
    return;
  }
  for (const command of call.isOn('All') || call.has('CommandType') ? found : found.slice(0, 1)) show(command);
}

/** The commands of one name, in the order in which a call would take them. */
function exact(call: CmdletCall, name: string): Command[] {
  const { session, scope } = call;
  const [, module, rest] = /^([^\\/]+)\\([^\\/]+)$/.exec(name) ?? [];
  const folded = (rest ?? name).toLowerCase();
  const known = allCommands(call).filter((command) => command.name.toLowerCase() === folded);
  const ofModule =
    module === undefined ? known : known.filter((one) => moduleOf(one).toLowerCase() === module.toLowerCase());
  if (ofModule.length > 0) return ofModule;
  if (/[\\/]/.test(name) || /\.ps1$/i.test(name)) {
    const file = findScriptFile(session, name);
    return file === undefined ? [] : [file];
  }
  const implied = session.findCommand(name, scope.state);
  return implied === undefined || call.has('CommandType') ? [] : [implied];
}

/** Every command that the caller sees: aliases, functions, cmdlets, each by name. */
function allCommands(call: CmdletCall): Command[] {
  const functions = new Map<string, FunctionCommand>();
  for (let scope: Scope | undefined = call.scope; scope !== undefined; scope = scope.parent) {
    for (const [folded, command] of scope.functions ?? []) if (!functions.has(folded)) functions.set(folded, command);
  }
  const byName = (a: Command, b: Command) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
  return [
    ...visibleAliases(call.scope),
    ...[...functions.values()].sort(byName),
    ...[...call.session.cmdlets.values()].sort(byName),
  ];
}

/** The module that a command is from, as `ModuleName` tells it. */
function moduleOf(command: Command): string {
  return command instanceof CmdletCommand ? command.cmdlet.module : (command.module?.name ?? '');
}

function isWanted(call: CmdletCall, command: Command): boolean {
  const fits = (parameter: string, text: string) =>
    !call.has(parameter) || textsOf(call.get(parameter)).some((pattern) => new WildcardPattern(pattern).matches(text));
  if (!fits('Module', moduleOf(command))) return false;
  if (call.has('CommandType')) {
    const wanted = call.session.text(call.get('CommandType')).split(/,\s*/);
    return wanted.includes('All') || wanted.includes(kindOf(command));
  }
  if (!call.has('Verb') && !call.has('Noun')) {
    return call.has('Name') || !(command instanceof AliasCommand) || call.has('ParameterName');
  }
  const dash = command.name.indexOf('-');
  if (dash < 0 || command instanceof AliasCommand) return false;
  return fits('Verb', command.name.slice(0, dash)) && fits('Noun', command.name.slice(dash + 1));
}

function kindOf(command: Command): string {
  if (command instanceof AliasCommand) return 'Alias';
  if (command instanceof CmdletCommand) return 'Cmdlet';
  if (command instanceof ScriptFileCommand) return 'ExternalScript';
  return command instanceof FunctionCommand && command.isFilter ? 'Filter' : 'Function';
}
