import { runtimeError } from '../../errors/raise.ts';
import type { Thrown } from '../../errors/thrown.ts';
import type { Scope } from '../../runtime/scope.ts';
import type { Session } from '../../runtime/session.ts';
import { Variable } from '../../runtime/variable.ts';
import type { Value } from '../../values/value.ts';
import { argumentError } from '../cmdlet-error.ts';
import type { CmdletCall } from '../description.ts';

/** The options that an `-Option` parameter names; `undefined` where it was not given. */
export function optionsOf(call: CmdletCall): ReadonlySet<string> | undefined {
  if (!call.has('Option')) return undefined;
  const text = call.session.text(call.get('Option'));
  return new Set(text.split(',').map((word) => word.trim()));
}

/** What `-Scope` names: `Global`, `Local`, `Script`, `Private`, or how many scopes up. Ends the cmdlet where there is none. */
export function scopeNamed(call: CmdletCall, start: Scope = call.scope): Scope {
  const text = call.session.text(call.get('Scope'));
  switch (text.toLowerCase()) {
    case 'global':
      return call.session.global.top;
    case 'local':
    case 'private':
      return start;
    case 'script':
      return start.scriptScope;
    default:
      return scopeUp(call, start, text);
  }
}

function scopeUp(call: CmdletCall, start: Scope, text: string): Scope {
  const count = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(count)) {
    const message = `Cannot process argument because the value of argument "scopeID" is not valid. Change the value of the "scopeID" argument and run the operation again.`;
    return call.fail(argumentError('Argument', message, 'scopeID'));
  }
  let scope: Scope | undefined = start;
  for (let at = 0; at < count && scope !== undefined; at++) scope = scope.parent;
  if (scope !== undefined) return scope;
  const message = `The scope number '${count}' exceeds the number of active scopes.`;
  return call.fail(
    argumentError('ArgumentOutOfRange', `${message} (Parameter 'Scope')\nActual value was ${count}.`, 'Scope', {
      type: 'System.Management.Automation.PSArgumentOutOfRangeException',
      target: count,
    }),
  );
}

/** Where a name with a qualifier (`global:x`) points to; `Private` names stay in the scope given. */
export function splitName(
  session: Session,
  scope: Scope,
  name: string,
): { readonly scope: Scope; readonly name: string } {
  const [, qualifier = '', rest = ''] = /^(global|script|local|private|variable):(.*)$/is.exec(name) ?? [];
  switch (qualifier.toLowerCase()) {
    case 'global':
      return { scope: session.global.top, name: rest };
    case 'script':
      return { scope: scope.scriptScope, name: rest };
    case 'local':
    case 'private':
    case 'variable':
      return { scope, name: rest };
    default:
      return { scope, name };
  }
}

/** The error of a variable that may not be changed or removed. */
export function variableError(id: 'VariableNotWritable' | 'VariableNotRemovable', name: string): Thrown {
  const message =
    id === 'VariableNotWritable'
      ? `Cannot overwrite variable ${name} because it is read-only or constant.`
      : `Cannot remove variable ${name} because it is constant or read-only. If the variable is read-only, try the operation again specifying the Force option.`;
  return runtimeError(id, message, {
    type: 'System.Management.Automation.SessionStateUnauthorizedAccessException',
    category: 'WriteError',
    target: name,
  });
}

/**
 * Gives a variable of a scope a value, making it where it is new; casts and validations of it apply.
 * Throws `Thrown` (`VariableNotWritable`) for read-only ones, unless forced, and for constants.
 */
export function setVariable(
  scope: Scope,
  name: string,
  value: Value,
  { force = false, session }: { force?: boolean; session?: Session } = {},
): Variable {
  const folded = name.toLowerCase();
  const variable = scope.own(folded) ?? session?.allScope.get(folded);
  if (variable === undefined) {
    const made = new Variable(name, value ?? null);
    scope.add(made);
    return made;
  }
  if (variable.constant || (variable.readOnly && !force)) throw variableError('VariableNotWritable', variable.name);
  variable.value = variable.check === undefined ? (value ?? null) : variable.check(value ?? null);
  return variable;
}

/** Sets what `-Option` asks of a variable; a constant cannot be made of an existing one. */
export function setOptions(
  session: Session,
  variable: Variable,
  options: ReadonlySet<string> | undefined,
  isNew: boolean,
): void {
  if (options === undefined) return;
  if (options.has('Constant') && !isNew && !variable.constant) {
    throw runtimeError(
      'VariableCannotBeMadeConstant',
      `Existing variable ${variable.name} cannot be made constant. Variables can be made constant only at creation time.`,
      {
        type: 'System.Management.Automation.SessionStateUnauthorizedAccessException',
        category: 'WriteError',
        target: variable.name,
      },
    );
  }
  variable.readOnly = options.has('ReadOnly');
  if (options.has('Constant')) variable.constant = true;
  variable.private = options.has('Private');
  if (options.has('AllScope')) {
    variable.allScope = true;
    session.allScope.set(variable.name.toLowerCase(), variable);
  }
}

/** The variables that a scope sees, nearest first for each name. */
export function visibleVariables(scope: Scope): Map<string, Variable> {
  const found = new Map<string, Variable>();
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    for (const variable of at.variables()) {
      if (!variable.alive || (at !== scope && variable.private)) continue;
      const folded = variable.name.toLowerCase();
      if (!found.has(folded)) found.set(folded, variable);
    }
  }
  return found;
}
