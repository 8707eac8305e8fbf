import { enumerable } from '../conversion/enumerate.ts';
import { listOf } from '../types/collections/generic-list.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { Value } from '../values/value.ts';
import { type Bindable, bindableTable } from './bindable.ts';
import { type BindArgument, Binding, type BindingTarget, coerced, isBindingError, supplied } from './binding.ts';
import { type BindingError, bindingError } from './binding-error.ts';
import { requireMandatory } from './mandatory.ts';
import { bindNamed, pairNames } from './named.ts';
import type { CallArgument, ParameterDeclaration, ParameterTable } from './parameter.ts';
import { ambiguousSet, requireSet, setsTakingInput, settleSets } from './parameter-sets.ts';
import { bindPositional } from './positional.ts';
import { bindPresets, explained } from './presets.ts';

/** Asks a command with `dynamicparam` for more parameters, once those it declares are bound. */
export type DynamicParameters = (binding: Binding) => readonly ParameterDeclaration[];

/**
 * Binds the command line of an advanced function or a cmdlet: names, positions, presets, dynamic parameters, what remains;
 * then decides the parameter set and looks for mandatory parameters without a value. Throws `BindingError`.
 */
export function bindArguments(
  target: BindingTarget,
  table: ParameterTable,
  args: readonly CallArgument[],
  dynamic?: DynamicParameters,
): Binding {
  const binding = new Binding(target, bindableTable(table), args.map(toBindArgument));
  try {
    bindCommandLine(binding, dynamic);
  } catch (error) {
    throw isBindingError(error) ? explained(binding, error) : error;
  }
  return binding;
}

function bindCommandLine(binding: Binding, dynamic: DynamicParameters | undefined): void {
  const { target } = binding;
  let failure: BindingError | undefined;
  if (binding.rest.length > 0) {
    pairNames(binding);
    bindNamed(binding);
    failure = bindPositional(binding);
  }
  bindPresets(binding);
  settleSets(binding, { beforeInput: true, chooseDefault: false });
  if (dynamic !== undefined) failure ??= bindDynamic(binding, dynamic);
  if (binding.rest.length > 0) {
    bindRemaining(binding);
    refuseRest(binding, failure);
  }
  let count = target.expectsInput
    ? settleSets(binding, { beforeInput: true, chooseDefault: false })
    : settleSets(binding, { beforeInput: false, chooseDefault: true });
  if (count === 1 && binding.presets.length === 0) bindPresets(binding);
  if (count > 1 && target.expectsInput) {
    const filtered = setsTakingInput(binding);
    if (filtered !== binding.sets) {
      binding.sets = filtered;
      count = settleSets(binding, { beforeInput: true, chooseDefault: false });
    }
  }
  requireMandatory(binding, count);
  binding.bindDefaults();
  if (!target.expectsInput) requireSet(binding);
  binding.setsBeforeInput = binding.sets;
}

function bindDynamic(binding: Binding, dynamic: DynamicParameters): BindingError | undefined {
  const added = dynamic(binding);
  if (added.length === 0) return undefined;
  const before = binding.table;
  binding.extend(added);
  if (before === binding.table || binding.rest.length === 0) return undefined;
  pairNames(binding);
  bindNamed(binding);
  const failure = bindPositional(binding);
  bindPresets(binding);
  return failure;
}

/** Gives what no parameter took to the one with `ValueFromRemainingArguments`. */
function bindRemaining(binding: Binding): void {
  let parameter: Bindable | undefined;
  for (const one of binding.table.remaining) {
    if (binding.bound.has(one) || !setFor(one, binding.sets)?.entry.fromRemainingArguments) continue;
    if (parameter !== undefined) throw ambiguousSet(binding);
    parameter = one;
  }
  if (parameter === undefined) return;
  const values: Value[] = [];
  for (const argument of binding.rest) {
    if (argument.name !== undefined) values.push(argument.text);
    if (!argument.hasValue || argument.value === undefined) continue;
    values.push(parameter.declaration.numbersAsWritten ? (argument.source ?? argument.value) : argument.value);
  }
  const [first] = binding.rest;
  const [only] = values;
  const isList = values.length === 1 && enumerable(only, binding.session) !== undefined;
  const place = binding.rest.length === 1 ? first?.valuePlace : undefined;
  const value = isList ? only : listOf(netTypes.object, values);
  binding.bind({ ...supplied(parameter, value), valuePlace: place }, parameter, coerced);
  binding.rest = [];
}

function setFor(parameter: Bindable, sets: number): Bindable['sets'][number] | undefined {
  let inAll: Bindable['sets'][number] | undefined;
  for (const set of parameter.sets) {
    if (set.inAll) inAll = set;
    else if ((set.flag & sets) !== 0) return set;
  }
  return inAll;
}

function refuseRest(binding: Binding, failure: BindingError | undefined): void {
  const [first] = binding.rest;
  if (first === undefined) return;
  if (first.name !== undefined) {
    throw bindingError(
      binding.target,
      'NamedParameterNotFound',
      `A parameter cannot be found that matches parameter name '${first.name}'.`,
      { parameter: first.name, place: first.place },
    );
  }
  if (failure !== undefined) throw failure;
  const shown = first.value === null || first.value === undefined ? '$null' : binding.session.text(first.value);
  throw bindingError(
    binding.target,
    'PositionalParameterNotFound',
    `A positional parameter cannot be found that accepts argument '${shown}'.`,
    { parameter: shown },
  );
}

/**
 * Binds the command line of a simple function: names, positions, defaults. What no parameter takes is left in
 * `binding.rest`, for `$args`.
 */
export function bindSimple(target: BindingTarget, table: ParameterTable, args: readonly CallArgument[]): Binding {
  const binding = new Binding(target, bindableTable(table), args.map(toBindArgument));
  if (binding.rest.length > 0) {
    pairNames(binding);
    bindNamed(binding);
    bindPositional(binding);
  }
  binding.bindDefaults();
  return binding;
}

function toBindArgument(argument: CallArgument): BindArgument {
  const place = { start: argument.start, end: argument.end };
  if (argument.kind === 'positional') {
    const { value, source, splatted } = argument;
    return { name: undefined, text: '', hasValue: true, value, source, place, valuePlace: place, splatted };
  }
  const { name, text, hasValue, value, source, splatted } = argument;
  const valuePlace = hasValue ? { start: argument.valueStart, end: argument.valueEnd } : place;
  return { name, text, hasValue, value, source, place, valuePlace, splatted };
}
