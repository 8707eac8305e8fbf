import { enumerable } from '../../conversion/enumerate.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { Thrown } from '../../errors/thrown.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import type { Scope } from '../../runtime/scope.ts';
import { Variable } from '../../runtime/variable.ts';
import { objectArray } from '../../values/array.ts';
import type { Value } from '../../values/value.ts';
import { variableObject } from '../../values/variable-object.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { nameFilter } from './name-filter.ts';
import { optionsOf, scopeNamed, setOptions, setVariable, splitName } from './variable-access.ts';

const options: readonly CmdletParameter[] = [
  { name: 'Description', type: 'string' },
  { name: 'Option', type: 'System.Management.Automation.ScopedItemOptions' },
  { name: 'Force', type: 'switch' },
  { name: 'PassThru', type: 'switch' },
  { name: 'Scope', type: 'string', validate: { notNullOrEmpty: true } },
];

const leftOut = { Visibility: 'variables are seen by every script of a session' } as const;

const value: CmdletParameter = {
  name: 'Value',
  type: 'object',
  position: 1,
  fromPipeline: true,
  fromPipelineByPropertyName: true,
  allowNull: true,
};

export const setVariableCmdlet: CmdletDescription = {
  name: 'Set-Variable',
  typeName: 'Microsoft.PowerShell.Commands.SetVariableCommand',
  module: 'Microsoft.PowerShell.Utility',
  supportsShouldProcess: true,
  parameters: [
    { name: 'Name', type: 'string[]', mandatory: true, position: 0, fromPipelineByPropertyName: true },
    value,
    { name: 'Include', type: 'string[]' },
    { name: 'Exclude', type: 'string[]' },
    ...options,
    { name: 'Append', type: 'switch' },
  ],
  leftOut,
  start: (call) => {
    const collected: Value[] = [];
    let taken = false;
    const assign = (given: Value) => {
      for (const name of textsOf(call.get('Name'))) set(call, name, given);
    };
    return {
      process() {
        taken = true;
        if (call.has('Value')) collected.push(call.get('Value') ?? null);
        else collected.length = 0;
      },
      end() {
        if (!taken) return;
        if (collected.length > 1) assign(objectArray(collected));
        else assign(collected.length === 1 ? collected[0] : null);
      },
    };
  },
};

function set(call: CmdletCall, written: string, given: Value): void {
  const filter = nameFilter(textsOf(call.get('Include')), textsOf(call.get('Exclude')));
  const { scope, name } = splitName(call.session, call.has('Scope') ? scopeNamed(call) : call.scope, written);
  const names = WildcardPattern.has(name) ? namesLike(scope, name) : [name];
  for (const each of names.filter(filter)) {
    if (!call.shouldProcess(`Name: ${each} Value: ${call.session.text(given)}`, 'Set variable')) continue;
    attemptChange(call, () => {
      const isNew = scope.own(each.toLowerCase()) === undefined;
      const next = call.isOn('Append') ? appended(call, scope, each, given) : given;
      const variable = setVariable(scope, each, next, { force: call.isOn('Force'), session: call.session });
      describe(call, variable, isNew);
    });
  }
}

function namesLike(scope: Scope, pattern: string): string[] {
  const wildcard = new WildcardPattern(pattern);
  return [...scope.variables()].map((variable) => variable.name).filter((name) => wildcard.matches(name));
}

function appended(call: CmdletCall, scope: Scope, name: string, given: Value): Value {
  const known = scope.own(name.toLowerCase())?.value;
  const before = known === undefined || known === null ? [] : [...(enumerable(known, call.session) ?? [known])];
  return objectArray([...before, ...(enumerable(given, call.session) ?? [given])]);
}

function describe(call: CmdletCall, variable: Variable, isNew: boolean): void {
  setOptions(call.session, variable, optionsOf(call), isNew);
  if (call.has('Description')) variable.description = call.session.text(call.get('Description'));
  if (call.isOn('PassThru')) call.write(variableObject(variable));
}

/** A variable that may not be changed is an error of the call that does not end it. */
export function attemptChange(call: CmdletCall, change: () => void): void {
  try {
    change();
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    const { record } = error;
    call.writeError(new ErrorRecord(record.exception, record.errorId, record.category, record.target));
  }
}

export const newVariable: CmdletDescription = {
  name: 'New-Variable',
  typeName: 'Microsoft.PowerShell.Commands.NewVariableCommand',
  module: 'Microsoft.PowerShell.Utility',
  supportsShouldProcess: true,
  parameters: [
    { name: 'Name', type: 'string', mandatory: true, position: 0, fromPipelineByPropertyName: true },
    value,
    ...options,
  ],
  leftOut,
  start: (call) => ({
    process() {
      const scope = call.has('Scope') ? scopeNamed(call) : call.scope;
      const [name = ''] = textsOf(call.get('Name'));
      const given = call.get('Value') ?? null;
      if (!call.shouldProcess(`Name: ${name} Value: ${call.session.text(given)}`, 'New variable')) return;
      attemptChange(call, () => {
        const known = scope.own(name.toLowerCase());
        if (known !== undefined && !call.isOn('Force')) {
          call.writeError(
            cmdletError('VariableAlreadyExists', `A variable with name '${name}' already exists.`, {
              type: 'System.Management.Automation.SessionStateException',
              category: 'ResourceExists',
              target: name,
            }),
          );
          return;
        }
        if (known?.constant === true) setVariable(scope, name, given, { force: true });
        const variable = new Variable(name, given);
        scope.add(variable);
        describe(call, variable, true);
      });
    },
  }),
};
