import { runtimeError } from '../../errors/raise.ts';
import type { FunctionCommand } from '../../runtime/command.ts';
import { writeDrive } from '../../runtime/drives.ts';
import type { Scope } from '../../runtime/scope.ts';

import type { ProviderInfo } from '../../types/automation/provider-info.ts';
import { DictionaryEntry } from '../../types/collections/entries.ts';

import { variableObject } from '../../values/variable-object.ts';
import { checkWritable, findAlias, setAlias, visibleAliases } from '../aliases/alias-access.ts';
import { setVariable, splitName, variableError, visibleVariables } from '../variables/variable-access.ts';
import type { NamedItem, NamedItems } from './named-items.ts';

const variables: NamedItems = {
  *list(_session, scope) {
    for (const variable of visibleVariables(scope).values()) {
      yield { name: variable.name, value: variableObject(variable), content: variable.value };
    }
  },
  find(session, from, qualified) {
    const { scope, name } = splitName(session, from, qualified);
    const folded = name.toLowerCase();
    const variable = scope.find(folded) ?? session.allScope.get(folded);
    if (variable === undefined) return undefined;
    return { name: variable.name, value: variableObject(variable), content: variable.value };
  },
  set(session, from, qualified, value, force) {
    const { scope, name } = splitName(session, from, qualified);
    setVariable(scope, name, value, { session, force });
  },
  remove(session, from, qualified, force) {
    const { scope, name } = splitName(session, from, qualified);
    const folded = name.toLowerCase();
    for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
      const variable = at.own(folded);
      if (variable === undefined) continue;
      if (variable.constant || (variable.readOnly && !force))
        throw variableError('VariableNotRemovable', variable.name);
      at.remove(folded);
      return;
    }
  },
};

function visibleFunctions(start: Scope): Map<string, { readonly command: FunctionCommand; readonly scope: Scope }> {
  const found = new Map<string, { readonly command: FunctionCommand; readonly scope: Scope }>();
  for (let scope: Scope | undefined = start; scope !== undefined; scope = scope.parent) {
    for (const [folded, command] of scope.functions ?? [])
      if (!found.has(folded)) found.set(folded, { command, scope });
  }
  return found;
}

const functions: NamedItems = {
  *list(_session, scope) {
    for (const { command } of visibleFunctions(scope).values()) yield functionItem(command);
  },
  find(session, from, qualified) {
    const { scope, name } = splitName(session, from, qualified);
    const found = visibleFunctions(scope).get(name.toLowerCase());
    return found === undefined ? undefined : functionItem(found.command);
  },
  set(session, scope, name, value) {
    writeDrive(session, scope, 'function', name, value);
  },
  remove(_session, scope, name, force) {
    const found = visibleFunctions(scope).get(name.toLowerCase());
    if (found === undefined) return;
    const { command } = found;
    if (command.options.has('Constant') || (command.options.has('ReadOnly') && !force)) {
      throw runtimeError('FunctionNotRemovable', `Cannot remove function ${command.name} because it is constant.`, {
        type: 'System.Management.Automation.SessionStateUnauthorizedAccessException',
        category: 'WriteError',
        target: command.name,
      });
    }
    found.scope.functions?.delete(name.toLowerCase());
  },
};

function functionItem(command: FunctionCommand): NamedItem {
  return { name: command.name, value: command, content: command.block };
}

const aliases: NamedItems = {
  *list(_session, scope) {
    for (const alias of visibleAliases(scope)) yield { name: alias.name, value: alias, content: alias.definition };
  },
  find(_session, scope, name) {
    const found = findAlias(scope, name);
    if (found === undefined) return undefined;
    return { name: found.alias.name, value: found.alias, content: found.alias.definition };
  },
  set(session, scope, name, value, force) {
    setAlias(scope, name, session.text(value), { force });
  },
  remove(_session, scope, name, force) {
    const found = findAlias(scope, name);
    if (found === undefined) return;
    checkWritable(found.alias, force);
    found.scope.aliases?.delete(name.toLowerCase());
  },
};

const environment: NamedItems = {
  *list(session) {
    for (const [name, text] of session.world.environment) yield environmentItem(name, text);
  },
  find(session, _scope, name) {
    const text = session.world.environment.get(name);
    return text === undefined ? undefined : environmentItem(name, text);
  },
  set(session, _scope, name, value) {
    if (value === null || value === undefined) session.world.environment.delete(name);
    else session.world.environment.set(name, session.text(value));
  },
  remove(session, _scope, name) {
    session.world.environment.delete(name);
  },
};

function environmentItem(name: string, text: string): NamedItem {
  return { name, value: new DictionaryEntry(name, text), content: text };
}

const byProvider: ReadonlyMap<string, NamedItems> = new Map([
  ['Variable', variables],
  ['Function', functions],
  ['Alias', aliases],
  ['Environment', environment],
]);

/** The items of a provider; `undefined` for the file system. */
export function itemsOfProvider({ name }: ProviderInfo): NamedItems | undefined {
  return byProvider.get(name);
}
