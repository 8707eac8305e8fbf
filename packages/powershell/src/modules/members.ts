import { WildcardPattern } from '../operators/wildcard.ts';
import { AliasCommand, FunctionCommand } from '../runtime/command.ts';
import type { ModuleInfo } from '../runtime/module-info.ts';
import type { Scope } from '../runtime/scope.ts';
import type { Session } from '../runtime/session.ts';

/** Patterns of names; `undefined` where a parameter was not given. */
export interface MemberPatterns {
  readonly functions?: readonly string[] | undefined;
  readonly variables?: readonly string[] | undefined;
  readonly aliases?: readonly string[] | undefined;
}

function matcher(patterns: readonly string[]): (name: string) => boolean {
  const wildcards = patterns.map((pattern) => new WildcardPattern(pattern));
  return (name) => wildcards.some((wildcard) => wildcard.matches(name));
}

/** Adds to what a module exports, as `Export-ModuleMember` does: what its top scope has now and the patterns name. */
export function exportMembers(module: ModuleInfo, { functions, variables, aliases }: MemberPatterns): void {
  const top = module.state?.top;
  if (top === undefined) return;
  if (functions !== undefined) {
    const isWanted = matcher(functions);
    for (const [folded, command] of top.functions ?? []) {
      if (isWanted(command.name)) module.exportedFunctions.set(folded, command);
    }
  }
  if (aliases !== undefined) {
    const isWanted = matcher(aliases);
    for (const [folded, alias] of top.aliases ?? []) {
      if (isWanted(alias.name)) module.exportedAliases.set(folded, alias);
    }
  }
  if (variables !== undefined) {
    const isWanted = matcher(variables);
    for (const variable of top.variables()) {
      if (isWanted(variable.name) && !ownNames.has(variable.name.toLowerCase())) {
        module.exportedVariables.set(variable.name.toLowerCase(), variable);
      }
    }
  }
}

/** Variables that every module has for itself and never exports. */
const ownNames = new Set([
  'executioncontext',
  'args',
  'input',
  'myinvocation',
  'pscommandpath',
  'psscriptroot',
  'psboundparameters',
  'this',
  '_',
]);

/** What a module without `Export-ModuleMember` exports: its functions and aliases. */
export function exportByDefault(module: ModuleInfo): void {
  if (!module.explicitExports) exportMembers(module, { functions: ['*'], aliases: ['*'] });
}

/** Takes back exports that a manifest does not name. */
export function limitExports(module: ModuleInfo, { functions, variables, aliases }: MemberPatterns): void {
  keep(module.exportedFunctions, functions, (command) => command.name);
  keep(module.exportedAliases, aliases, (alias) => alias.name);
  keep(module.exportedVariables, variables, (variable) => variable.name);
}

function keep<T>(
  members: Map<string, T>,
  patterns: readonly string[] | undefined,
  nameOf: (member: T) => string,
): void {
  if (patterns === undefined) return;
  const isWanted = matcher(patterns);
  for (const [folded, member] of members) if (!isWanted(nameOf(member))) members.delete(folded);
}

export interface ImportFilter extends MemberPatterns {
  readonly prefix?: string;
  readonly noClobber?: boolean;
}

/** The name under which a command is imported: the prefix goes before the noun. */
export function prefixed(name: string, prefix: string): string {
  const dash = name.indexOf('-');
  return dash < 0 ? `${prefix}${name}` : `${name.slice(0, dash + 1)}${prefix}${name.slice(dash + 1)}`;
}

/** Brings what a module exports into a scope. Where one kind of member is filtered, the kinds not named stay out. */
export function importMembers(session: Session, module: ModuleInfo, scope: Scope, filter: ImportFilter = {}): void {
  const { functions, variables, aliases, prefix = '', noClobber = false } = filter;
  const isFiltered = functions !== undefined || variables !== undefined || aliases !== undefined;
  const all = isFiltered ? [] : ['*'];
  const isFunction = matcher(functions ?? all);
  const isVariable = matcher(variables ?? all);
  const isAlias = matcher(aliases ?? all);
  for (const command of module.exportedFunctions.values()) {
    if (!isFunction(command.name)) continue;
    const name = prefixed(command.name, prefix);
    if (noClobber && session.findCommand(name, scope.state) !== undefined) continue;
    const { isFilter } = command;
    const owner = command.module ?? module;
    const imported = prefix === '' ? command : new FunctionCommand(name, command.block, { isFilter, module: owner });
    scope.functions ??= new Map();
    scope.functions.set(name.toLowerCase(), imported);
  }
  for (const alias of module.exportedAliases.values()) {
    if (!isAlias(alias.name)) continue;
    const name = prefixed(alias.name, prefix);
    const target = module.exportedFunctions.has(alias.definition.toLowerCase())
      ? prefixed(alias.definition, prefix)
      : alias.definition;
    scope.aliases ??= new Map();
    scope.aliases.set(name.toLowerCase(), new AliasCommand(name, target, module));
  }
  for (const [folded, variable] of module.exportedVariables) {
    if (isVariable(variable.name) && scope.own(folded) !== variable) scope.add(variable);
  }
}

/** Takes what came from a module out of a scope. */
export function removeMembers(module: ModuleInfo, scope: Scope): void {
  const blocks = new Set([...module.exportedFunctions.values()].map((command) => command.block));
  for (const [folded, command] of scope.functions ?? []) {
    if (command.module === module || blocks.has(command.block)) scope.functions?.delete(folded);
  }
  for (const [folded, alias] of scope.aliases ?? []) if (alias.module === module) scope.aliases?.delete(folded);
  for (const [folded, variable] of module.exportedVariables) if (scope.own(folded) === variable) scope.remove(folded);
}
