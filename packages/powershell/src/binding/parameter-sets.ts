import { everySet, setCount } from './bindable.ts';
import type { Binding } from './binding.ts';
import { type BindingError, bindingError } from './binding-error.ts';

/**
 * Works out which sets are still possible, and chooses the default one where it may.
 * @returns how many are
 */
export function settleSets(
  binding: Binding,
  { beforeInput, chooseDefault }: { beforeInput: boolean; chooseDefault: boolean },
): number {
  const count = setCount(binding.sets);
  if (count === 0) throw ambiguousSet(binding);
  if (count > 1) return settleSeveral(binding, count, beforeInput, chooseDefault);
  const settled = binding.sets === everySet ? settleUndecided(binding, beforeInput, chooseDefault) : count;
  binding.setName = binding.table.setName(binding.sets);
  return settled;
}

function settleSeveral(binding: Binding, count: number, beforeInput: boolean, chooseDefault: boolean): number {
  const { defaultSet } = binding.table;
  if ((!beforeInput && binding.sets === defaultSet) || (defaultSet !== 0 && (binding.sets & defaultSet) !== 0)) {
    binding.setName = binding.table.setName(defaultSet);
    if (!chooseDefault) return count;
    binding.sets = defaultSet;
    return 1;
  }
  if (beforeInput && takesPipeline(binding, binding.sets)) return count;
  return chooseByMandatory(binding);
}

function settleUndecided(binding: Binding, beforeInput: boolean, chooseDefault: boolean): number {
  const { table } = binding;
  const count = Math.max(table.setNames.length, 1);
  if (beforeInput && takesPipeline(binding, binding.sets)) return count;
  if (table.defaultSet !== 0) {
    if (!chooseDefault) return count;
    binding.sets = table.defaultSet;
    return 1;
  }
  return count > 1 ? chooseByMandatory(binding) : count;
}

function takesPipeline(binding: Binding, sets: number): boolean {
  return binding.table.fromPipeline.some((one) => !binding.bound.has(one) && one.takesPipelineIn(sets));
}

/** Leaves out the sets in which a mandatory parameter has no value; one must remain. */
function chooseByMandatory(binding: Binding): number {
  let left = 0;
  for (const { sets } of binding.table.parameters) for (const set of sets) left |= set.flag;
  left &= binding.sets;
  for (const parameter of binding.table.mandatory) {
    if (binding.bound.has(parameter)) continue;
    for (const set of parameter.sets) if (set.entry.mandatory) left &= ~set.flag;
  }
  if (setCount(left) !== 1) throw ambiguousSet(binding);
  binding.sets = left;
  binding.setName = binding.table.setName(left);
  return 1;
}

/** Before a run without input and after each object: where every set is still possible, the default is meant. */
export function requireSet(binding: Binding): void {
  const { table } = binding;
  if (table.setNames.length < 2 || binding.sets !== everySet) return;
  if (table.defaultSet === 0) throw ambiguousSet(binding);
  binding.sets = table.defaultSet;
}

/** Sets in which some parameter waits for the pipeline; all possible ones where none is told apart by that. */
export function setsTakingInput(binding: Binding): number {
  let taking = 0;
  for (const parameter of binding.delayed.keys()) taking |= parameter.setFlags;
  for (const parameter of binding.table.fromPipeline) {
    if (binding.bound.has(parameter)) continue;
    for (const { flag, inAll, entry } of parameter.matchingSets(binding.sets)) {
      if (!entry.fromPipeline && !entry.fromPipelineByPropertyName) continue;
      if (inAll) return binding.sets;
      taking |= flag;
    }
  }
  return taking === 0 ? binding.sets : binding.sets & taking;
}

export function ambiguousSet(binding: Binding): BindingError {
  return bindingError(
    binding.target,
    'AmbiguousParameterSet',
    'Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided.',
  );
}
