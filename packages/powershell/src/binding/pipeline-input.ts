import { baseOf } from '../conversion/base.ts';
import type { Session } from '../runtime/session.ts';
import { objectArray } from '../values/array.ts';
import { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import type { Bindable, BindableSet } from './bindable.ts';
import { asIs, type BindArgument, type Binding, type BindMode, coerced, isBindingError, supplied } from './binding.ts';
import { bindingError } from './binding-error.ts';
import { exceptionOf } from './coerce.ts';
import { unfilled } from './mandatory.ts';
import { requireSet, settleSets } from './parameter-sets.ts';
import { bindPresets } from './presets.ts';
import { propertyOf } from './property-of.ts';

/** The four rounds in which an object is offered to the parameters that take pipeline input. */
const rounds: readonly { readonly byName: boolean; readonly mode: BindMode }[] = [
  { byName: false, mode: asIs },
  { byName: true, mode: asIs },
  { byName: false, mode: coerced },
  { byName: true, mode: coerced },
];

/**
 * Binds one pipeline object. Throws a binding error that is to be reported for this object alone, as PowerShell does:
 * the pipeline goes on with the next.
 */
export function bindPipelineObject(binding: Binding, input: Value): void {
  let bound = false;
  try {
    bound = bindObject(binding, input);
    requireSet(binding);
  } catch (error) {
    binding.restoreDefaults();
    throw error;
  }
  if (bound) {
    const missing = unfilled(binding);
    if (missing.length === 0) return;
    binding.restoreDefaults();
    throw inputMissing(binding, missing, input);
  }
  binding.restoreDefaults();
  throw bindingError(
    binding.target,
    'InputObjectNotBound',
    'The input object cannot be bound to any parameters for the command either because the command does not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.',
    { target: input },
  );
}

function inputMissing(binding: Binding, missing: readonly Bindable[], input: Value): Error {
  const names = missing.map((one) => ` ${one.name}`).join('');
  return bindingError(
    binding.target,
    'InputObjectMissingMandatory',
    `The input object cannot be bound because it did not contain the information required to bind all mandatory parameters: ${names}`,
    { parameter: '', target: input },
  );
}

function bindObject(binding: Binding, input: Value): boolean {
  const delayed = bindDelayed(binding, input);
  if (delayed === false) return false;
  return bindByRounds(binding, input) || delayed === true;
}

/** Runs the script blocks that stand for values; `undefined` where there are none. */
function bindDelayed(binding: Binding, input: Value): boolean | undefined {
  if (binding.delayed.size === 0) return undefined;
  let all = true;
  for (const [parameter, argument] of binding.delayed) {
    const value = evaluateDelayed(binding, parameter, argument, input);
    if (!binding.bind({ ...argument, value, source: undefined }, parameter, coerced)) all = false;
  }
  return all;
}

function evaluateDelayed(binding: Binding, parameter: Bindable, argument: BindArgument, input: Value): Value {
  const about = { parameter: parameter.name, place: argument.valuePlace };
  if (!(argument.value instanceof ScriptBlock)) return argument.value;
  let output: readonly Value[];
  try {
    output = binding.target.evaluate(argument.value, input);
  } catch (error) {
    const inner = exceptionOf(error);
    throw bindingError(
      binding.target,
      'ScriptBlockArgumentInvocationFailed',
      `The input to the script block for parameter '${parameter.name}' failed. ${inner.message}`,
      { ...about, inner },
    );
  }
  if (output.length === 0) {
    throw bindingError(
      binding.target,
      'ScriptBlockArgumentNoOutput',
      `Cannot evaluate parameter '${parameter.name}' because its argument input did not produce any output.`,
      about,
    );
  }
  return output.length === 1 ? output[0] : objectArray([...output]);
}

function bindByRounds(binding: Binding, input: Value): boolean {
  binding.restoreDefaults();
  binding.sets = binding.setsBeforeInput;
  let result = false;
  const preferred = binding.preferredSet;
  let sets = preferred === 0 ? binding.sets : preferred;
  for (const isLast of preferred === 0 ? [true] : [false, true]) {
    for (const round of rounds) {
      if (!bindRound(binding, input, sets, round)) continue;
      result = true;
      if (!isLast) continue;
      settleSets(binding, { beforeInput: true, chooseDefault: true });
      sets = binding.sets;
    }
    if (isLast) break;
    if (binding.sets === preferred) break;
    sets = binding.sets & ~preferred;
  }
  settleSets(binding, { beforeInput: false, chooseDefault: true });
  if (binding.presets.length === 0) bindPresets(binding);
  return result;
}

function bindRound(binding: Binding, input: Value, given: number, round: (typeof rounds)[number]): boolean {
  const { defaultSet } = binding.table;
  let sets = given;
  if (defaultSet !== 0 && (sets & defaultSet) !== 0) {
    if (bindRoundIn(binding, input, defaultSet, round)) return true;
    sets &= ~defaultSet;
  }
  return bindRoundIn(binding, input, sets, round);
}

function bindRoundIn(binding: Binding, input: Value, sets: number, { byName, mode }: (typeof rounds)[number]): boolean {
  let result = false;
  const { fromPipeline } = binding.table;
  for (let index = fromPipeline.length - 1; index >= 0; index--) {
    const parameter = fromPipeline[index];
    if (parameter === undefined || binding.bound.has(parameter) || !parameter.isIn(sets)) continue;
    if (
      parameter.matchingSets(sets).some((set) => takes(set, byName) && offer(binding, input, parameter, byName, mode))
    ) {
      result = true;
    }
  }
  return result;
}

function takes({ entry }: BindableSet, byName: boolean): boolean {
  return byName ? entry.fromPipelineByPropertyName : entry.fromPipeline;
}

function offer(binding: Binding, input: Value, parameter: Bindable, byName: boolean, mode: BindMode): boolean {
  if (!byName) return offerValue(binding, input, parameter, mode, true);
  if (baseOf(input) === null) return false;
  const found = propertyFor(input, parameter, binding.session);
  return found !== undefined && offerValue(binding, found.value, parameter, mode, false);
}

function propertyFor(input: Value, parameter: Bindable, session: Session): { readonly value: Value } | undefined {
  for (const name of [parameter.name, ...parameter.declaration.aliases]) {
    const found = propertyOf(input, name, session);
    if (found !== undefined) return found;
  }
  return undefined;
}

function offerValue(binding: Binding, value: Value, parameter: Bindable, mode: BindMode, byValue: boolean): boolean {
  if (value === undefined) return false;
  if (!binding.hasKeptDefault(parameter)) {
    binding.keepDefault(parameter, binding.target.defaultOf(parameter)?.value);
  }
  try {
    if (!binding.bindIn(binding.sets, supplied(parameter, value), parameter, mode)) return false;
  } catch (error) {
    if (!isBindingError(error) || error.kind === 'validation') throw error;
    if (error.kind === 'transformation' && !(byValue && error.isInvalidCast)) throw error;
    return false;
  }
  binding.byPipeline.push(parameter);
  return true;
}
