import { runtimeError } from '../../errors/raise.ts';
import { AliasCommand } from '../../runtime/command.ts';
import type { Scope } from '../../runtime/scope.ts';

type AliasOption = 'ReadOnly' | 'Constant' | 'Private' | 'AllScope';
const known: readonly AliasOption[] = ['ReadOnly', 'Constant', 'Private', 'AllScope'];

/** The alias a scope sees, and the scope it is in. */
export function findAlias(
  start: Scope,
  name: string,
): { readonly alias: AliasCommand; readonly scope: Scope } | undefined {
  const folded = name.toLowerCase();
  for (let scope: Scope | undefined = start; scope !== undefined; scope = scope.parent) {
    const alias = scope.aliases?.get(folded);
    if (alias !== undefined && (scope === start || !alias.options.has('Private'))) return { alias, scope };
  }
  return undefined;
}

/** The aliases a scope sees, nearest first for each name. */
export function visibleAliases(start: Scope): AliasCommand[] {
  const found = new Map<string, AliasCommand>();
  for (let scope: Scope | undefined = start; scope !== undefined; scope = scope.parent) {
    for (const [folded, alias] of scope.aliases ?? []) {
      if (!found.has(folded) && (scope === start || !alias.options.has('Private'))) found.set(folded, alias);
    }
  }
  return [...found.values()].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

export interface AliasSettings {
  readonly force: boolean;
  readonly options?: ReadonlySet<string> | undefined;
  readonly description?: string | undefined;
}

/** Makes or replaces an alias. Throws `Thrown` (`AliasNotWritable`) for read-only ones, unless forced, and for constants. */
export function setAlias(scope: Scope, name: string, definition: string, settings: AliasSettings): AliasCommand {
  const folded = name.toLowerCase();
  const existing = scope.aliases?.get(folded);
  if (existing !== undefined) checkWritable(existing, settings.force);
  const alias = new AliasCommand(name, definition, existing?.module);
  alias.description = settings.description ?? '';
  alias.options = new Set(known.filter((option) => settings.options?.has(option) ?? existing?.options.has(option)));
  scope.aliases ??= new Map();
  scope.aliases.set(folded, alias);
  return alias;
}

/** Throws where an alias may not be replaced or removed. */
export function checkWritable(alias: AliasCommand, force: boolean): void {
  if (!alias.options.has('Constant') && (force || !alias.options.has('ReadOnly'))) return;
  throw runtimeError(
    'AliasNotWritable',
    `Alias is not writeable because alias ${alias.name} is read-only or constant and cannot be written to.`,
    {
      type: 'System.Management.Automation.SessionStateUnauthorizedAccessException',
      category: 'WriteError',
      target: alias.name,
    },
  );
}
