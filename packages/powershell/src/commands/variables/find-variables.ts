import { WildcardPattern } from '../../operators/wildcard.ts';
import type { Scope } from '../../runtime/scope.ts';
import type { Variable } from '../../runtime/variable.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { nameFilter } from './name-filter.ts';
import { scopeNamed, splitName, visibleVariables } from './variable-access.ts';

/** A variable found, and the scope it was looked for in. */
export interface Found {
  readonly variable: Variable;
  readonly scope: Scope;
}

/**
 * The variables that `-Name`, `-Include`, `-Exclude` and `-Scope` of a cmdlet name. Writes `VariableNotFound` for a plain
 * name that no variable has.
 */
export function findVariables(call: CmdletCall, names: readonly string[]): Found[] {
  const filter = nameFilter(textsOf(call.get('Include')), textsOf(call.get('Exclude')));
  const start = call.has('Scope') ? scopeNamed(call) : undefined;
  return names.flatMap((written) => {
    const { scope, name } = splitName(call.session, start ?? call.scope, written);
    const isOneScope = start !== undefined || scope !== call.scope;
    const found = WildcardPattern.has(name)
      ? matching(scope, name, isOneScope)
      : single(call, scope, name.toLowerCase(), isOneScope);
    const wanted = found.filter((variable) => filter(variable.name));
    if (wanted.length === 0 && !WildcardPattern.has(name)) {
      call.writeError(
        cmdletError('VariableNotFound', `Cannot find a variable with the name '${name}'.`, {
          type: 'System.Management.Automation.ItemNotFoundException',
          category: 'ObjectNotFound',
          target: name,
        }),
      );
    }
    return wanted.map((variable) => ({ variable, scope: owner(scope, variable) }));
  });
}

function single(call: CmdletCall, scope: Scope, folded: string, isOneScope: boolean): Variable[] {
  const variable = isOneScope ? scope.own(folded) : scope.find(folded);
  const found = variable ?? call.session.allScope.get(folded);
  return found === undefined ? [] : [found];
}

function matching(scope: Scope, name: string, isOneScope: boolean): Variable[] {
  const pattern = new WildcardPattern(name);
  const variables = isOneScope ? [...scope.variables()] : [...visibleVariables(scope).values()];
  return variables
    .filter((variable) => pattern.matches(variable.name))
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

function owner(start: Scope, variable: Variable): Scope {
  const folded = variable.name.toLowerCase();
  for (let scope: Scope | undefined = start; scope !== undefined; scope = scope.parent) {
    if (scope.own(folded) === variable) return scope;
  }
  return start;
}
