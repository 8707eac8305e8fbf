import { runtimeError } from '../errors/raise.ts';
import type { Value } from '../values/value.ts';
import type { Scope } from './scope.ts';
import type { Session } from './session.ts';
import { Variable } from './variable.ts';

/** Sets a variable that exists: through its check, if it may be written. Throws `Thrown` (`VariableNotWritable`). */
export function assignTo(variable: Variable, value: Value): void {
  if (variable.plain) {
    variable.value = value;
    return;
  }
  if (variable.readOnly || variable.constant) throw notWritable(variable.name);
  variable.value = variable.check === undefined ? value : variable.check(value);
}

/** Sets a variable of a scope, which it is made in where neither it nor one for all scopes is there. */
export function setVariable(session: Session, scope: Scope, name: string, value: Value): Variable {
  const folded = name.toLowerCase();
  const known = scope.own(folded) ?? session.allScope.get(folded);
  if (known !== undefined) {
    assignTo(known, value);
    return known;
  }
  const variable = new Variable(name, value);
  scope.add(variable);
  return variable;
}

export function notWritable(name: string): Error {
  return runtimeError('VariableNotWritable', `Cannot overwrite variable ${name} because it is read-only or constant.`, {
    type: 'System.Management.Automation.SessionStateUnauthorizedAccessException',
    category: 'WriteError',
    target: name,
  });
}

/** What strict mode says to a name that nobody set. `path` is the name as written, its scope included. */
export function undefinedVariable(path: string): Error {
  return runtimeError(
    'VariableIsUndefined',
    `The variable '$${path}' cannot be retrieved because it has not been set.`,
    { category: 'InvalidOperation', target: path },
  );
}
