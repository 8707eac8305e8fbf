import { isTrue } from '../conversion/truth.ts';
import { WildcardPattern } from '../operators/wildcard.ts';
import { objectArray } from '../values/array.ts';
import type { Dictionary } from '../values/dictionary.ts';
import { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import type { Bindable } from './bindable.ts';
import { type Binding, coerced, isBindingError, supplied } from './binding.ts';
import type { BindingError } from './binding-error.ts';

/** Fills parameters from `$PSDefaultParameterValues`, where the call left them open and their set is still possible. */
export function bindPresets(binding: Binding): void {
  if (binding.presetTable === 'unknown') binding.presetTable = binding.target.presets();
  const presets = binding.presetTable;
  if (presets === undefined || presets.size === 0) return;
  const wanted = qualified(binding, matching(binding, presets));
  for (const [parameter, given] of wanted) {
    try {
      const value = given instanceof ScriptBlock ? computed(binding, given) : given;
      if (value === undefined) continue;
      const bound = binding.bindIn(binding.sets, supplied(parameter, value), parameter, {
        ...coerced,
        delayBlocks: true,
      });
      if (bound) binding.presets.push(parameter.name);
    } catch (error) {
      if (!isBindingError(error)) throw error;
      const shown = given === null || given === undefined ? 'null' : binding.session.text(given);
      binding.target.warn(
        `The binding of default value '${shown}' to parameter '${parameter.name}' failed: ${error.message}`,
      );
    }
  }
}

function computed(binding: Binding, block: ScriptBlock): Value {
  const output = binding.target.evaluate(block, undefined);
  if (output.length === 0) return undefined;
  return output.length === 1 ? output[0] : objectArray([...output]);
}

/** Those that the call may still take; none where their sets exclude one another. */
function qualified(binding: Binding, all: ReadonlyMap<Bindable, Value>): ReadonlyMap<Bindable, Value> {
  const result = new Map<Bindable, Value>();
  let sets = -1;
  for (const [parameter, value] of all) {
    if (!parameter.isIn(binding.sets) || binding.bound.has(parameter)) continue;
    if (parameter.setFlags !== 0) {
      sets &= parameter.setFlags;
      if (sets === 0) return new Map();
    }
    result.set(parameter, value);
  }
  return result;
}

/** Entries `Command:Parameter` that name this command; names with wildcards after the exact ones. */
function matching(binding: Binding, presets: Dictionary): ReadonlyMap<Bindable, Value> {
  const found = new Map<Bindable, Value>();
  const refused = new Set<Bindable>();
  const byPattern: { readonly command: string; readonly parameter: string; readonly value: Value }[] = [];
  const note = (parameter: Bindable | undefined, name: string, value: Value): void => {
    if (parameter === undefined) return;
    if (!found.has(parameter)) {
      found.set(parameter, value);
      return;
    }
    if (found.get(parameter) === value) return;
    refused.add(parameter);
    binding.target.warn(
      `Multiple different default values are defined in $PSDefaultParameterValues for the parameter matching the following name or alias: ${name}. These defaults have been ignored.`,
    );
  };
  for (const { key, value } of presets.items()) {
    if (typeof key !== 'string') continue;
    const parsed = parseKey(key);
    if (parsed === undefined) {
      if (key.trim().toLowerCase() === 'disabled' && isTrue(value)) return new Map();
      continue;
    }
    if (WildcardPattern.has(key)) byPattern.push({ ...parsed, value });
    else if (names(binding, parsed.command)) note(exactParameter(binding, parsed.parameter), parsed.parameter, value);
  }
  for (const { command, parameter, value } of byPattern) {
    if (!names(binding, command)) continue;
    if (!WildcardPattern.has(parameter)) {
      note(exactParameter(binding, parameter), parameter, value);
      continue;
    }
    const pattern = new WildcardPattern(parameter, { ignoreCase: true });
    const matches = binding.table.parameters.filter(
      ({ name, declaration }) => pattern.matches(name) || declaration.aliases.some((alias) => pattern.matches(alias)),
    );
    if (matches.length > 1) {
      binding.target.warn(
        `The following name or alias defined in $PSDefaultParameterValues for this cmdlet resolves to multiple parameters: ${parameter}. The default has been ignored.`,
      );
    } else note(matches[0], parameter, value);
  }
  for (const parameter of refused) found.delete(parameter);
  return found;
}

function exactParameter({ table }: Binding, name: string): Bindable | undefined {
  const folded = name.toLowerCase();
  return table.parameters.find(
    (one) => one.folded === folded || one.declaration.aliases.some((alias) => alias.toLowerCase() === folded),
  );
}

function names({ target }: Binding, pattern: string): boolean {
  const wildcard = new WildcardPattern(pattern, { ignoreCase: true });
  return target.presetNames().some((name) => wildcard.matches(name));
}

/** `Command:Parameter`, either part quoted or not. */
function parseKey(key: string): { readonly command: string; readonly parameter: string } | undefined {
  const match = /^\s*(?:'([^']+)'|"([^"]+)"|([^:'"]+?))\s*:\s*(?:'([^']+)'|"([^"]+)"|([^:'"]+?))\s*$/.exec(key);
  if (match === null) return undefined;
  const command = match[1] ?? match[2] ?? match[3];
  const parameter = match[4] ?? match[5] ?? match[6];
  return command === undefined || parameter === undefined ? undefined : { command, parameter };
}

/** A binding error of a call that presets took part in, with PowerShell's hint. */
export function explained(binding: Binding, error: BindingError): BindingError {
  const { presets } = binding;
  if (presets.length === 0) return error;
  const list = presets.map((name) => ` -${name}`).join('');
  error.record.exception.message = `${error.record.exception.message} ${presets.length === 1 ? single : several}${list}`;
  return error;
}

const single =
  'This failure might be caused by applying the default parameter binding. You can disable the default parameter binding in $PSDefaultParameterValues by setting $PSDefaultParameterValues["Disabled"] to be $true, and retry. The following default parameter was successfully bound for this cmdlet when the error occurred:';
const several =
  'This error might have been caused by applying the default parameter binding. You can disable the default parameter binding in $PSDefaultParameterValues by setting $PSDefaultParameterValues["Disabled"] to be $true, and then trying again. The following default parameters were successfully bound for this cmdlet when the error occurred:';
