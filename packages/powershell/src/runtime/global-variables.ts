import { ExecutionContext } from '../modules/execution-context.ts';
import { HostInfo } from '../types/automation/host-info.ts';
import { locationOf } from '../types/automation/path-info.ts';
import { psVersion } from '../types/automation/semantic-version.ts';
import { Hashtable } from '../types/collections/hashtable.ts';
import { namedType } from '../types/intrinsic.ts';
import { objectArray } from '../values/array.ts';
import { EnumValue } from '../values/enum.ts';
import type { Value } from '../values/value.ts';
import type { EngineSession } from './engine-session.ts';
import { metadataCheck } from './metadata-check.ts';
import { type ActionPreference, actionPreferences } from './preference.ts';
import { Variable } from './variable.ts';

type Kind = 'plain' | 'readOnly' | 'constant';

/** The variables that every session begins with. */
export function addGlobalVariables(session: EngineSession): void {
  const { top } = session.global;
  const add = (name: string, value: Value, kind: Kind = 'plain', allScope = false): void => {
    const variable = new Variable(name, value);
    variable.readOnly = kind === 'readOnly';
    variable.constant = kind === 'constant';
    variable.allScope = allScope;
    if (allScope) session.allScope.set(name.toLowerCase(), variable);
    top.add(variable);
  };
  const addPreference = (name: string, value: EnumValue): void => {
    const variable = new Variable(name, value);
    variable.check = metadataCheck((next) => session.convert(next, value.type));
    top.add(variable);
  };
  add('Error', session.errorList, 'constant', true);
  add('true', true, 'constant', true);
  add('false', false, 'constant', true);
  add('null', null, 'plain', true);
  add('PID', 1, 'constant', true);
  add('HOME', session.world.environment.get('HOME') ?? '', 'readOnly', true);
  add('Host', new HostInfo(), 'constant', true);
  add('ExecutionContext', new ExecutionContext(session.global), 'constant');
  add('ShellId', 'Microsoft.PowerShell', 'constant', true);
  add('PSHOME', '/opt/microsoft/powershell/7', 'constant', true);
  add('PSVersionTable', versionTable(), 'constant', true);
  add('PSEdition', 'Core', 'constant', true);
  add('IsLinux', true, 'constant', true);
  add('IsMacOS', false, 'constant', true);
  add('IsWindows', false, 'constant', true);
  add('IsCoreCLR', true, 'constant', true);
  add('PSCulture', '', 'readOnly', true);
  add('PSUICulture', '', 'readOnly', true);
  add('EnabledExperimentalFeatures', objectArray([]), 'readOnly', true);
  add('PWD', locationOf(session.drive), 'plain', true);
  add('?', true, 'readOnly', true);
  add('ConsoleFileName', '', 'readOnly', true);
  add('PROFILE', '');
  add('MaximumHistoryCount', 4096);
  add('MaximumErrorCount', 256);
  add('FormatEnumerationLimit', 4);
  add('NestedPromptLevel', 0);
  add('OutputEncoding', null);
  add('PSDefaultParameterValues', new Hashtable());
  add('PSEmailServer', '');
  add('PSSessionConfigurationName', 'http://schemas.microsoft.com/powershell/Microsoft.PowerShell');
  add('StackTrace', '');
  add('WhatIfPreference', false);
  addPreference('ConfirmPreference', confirmImpact('High'));
  for (const [name, value] of preferences) addPreference(name, preference(value));
  add('PSNativeCommandUseErrorActionPreference', false);
  add('PSNativeCommandArgumentPassing', 'Standard');
}

/** `$PWD` after a change of the current folder. */
export function followLocation(session: EngineSession): void {
  const variable = session.global.top.own('pwd');
  if (variable !== undefined) variable.value = locationOf(session.drive);
}

/** `$PSCulture` and `$PSUICulture` between invocations. */
export function followCulture(session: EngineSession): void {
  for (const name of ['psculture', 'psuiculture']) {
    const variable = session.allScope.get(name);
    if (variable !== undefined) variable.value = '';
  }
}

const preferences: readonly (readonly [string, ActionPreference])[] = [
  ['ErrorActionPreference', 'Continue'],
  ['WarningPreference', 'Continue'],
  ['InformationPreference', 'SilentlyContinue'],
  ['VerbosePreference', 'SilentlyContinue'],
  ['DebugPreference', 'SilentlyContinue'],
  ['ProgressPreference', 'Continue'],
];

/** A value of the enum that preference variables hold. */
export function preference(name: ActionPreference): EnumValue {
  return new EnumValue(namedType('System.Management.Automation.ActionPreference'), actionPreferences.indexOf(name));
}

function confirmImpact(name: 'None' | 'Low' | 'Medium' | 'High'): EnumValue {
  const labels = ['None', 'Low', 'Medium', 'High'];
  return new EnumValue(namedType('System.Management.Automation.ConfirmImpact'), labels.indexOf(name));
}

function versionTable(): Hashtable {
  const table = new Hashtable();
  table.set('PSVersion', psVersion);
  table.set('PSEdition', 'Core');
  table.set('GitCommitId', psVersion.text);
  table.set('OS', 'Linux');
  table.set('Platform', 'Unix');
  table.set('PSRemotingProtocolVersion', '2.4');
  table.set('SerializationVersion', '1.1.0.1');
  table.set('WSManStackVersion', '3.0');
  return table;
}
