import { type Bindable, type BindableSet, everySet, setCount } from './bindable.ts';
import type { Binding } from './binding.ts';
import { type BindingError, bindingError } from './binding-error.ts';
import { ambiguousSet } from './parameter-sets.ts';

/** The mandatory parameters of one set that have no value, by how they might still get one. */
class Missing {
  readonly set: number;
  readonly isDefault: boolean;
  readonly isEverySet: boolean;
  readonly fromPipeline = new Set<Bindable>();
  readonly byValue = new Set<Bindable>();
  readonly byName = new Set<Bindable>();
  readonly commandLine = new Set<Bindable>();

  constructor(set: number, defaultSet: number) {
    this.set = set;
    this.isDefault = defaultSet !== 0 && (defaultSet & set) !== 0;
    this.isEverySet = set === everySet;
  }

  /** Whether the parameters are those of one of the sets. */
  isIn(sets: number): boolean {
    return this.isEverySet || (this.set & sets) !== 0;
  }
}

/** Throws where mandatory parameters have no value and the pipeline will not bring one. May narrow the sets. */
export function requireMandatory(binding: Binding, validSets: number): void {
  const missing = missingParameters(binding, validSets);
  if (missing.length > 0) throw missingMandatory(binding, missing);
}

function missingMandatory(binding: Binding, missing: readonly Bindable[]): BindingError {
  const names = missing.map((one) => ` ${one.name}`).join('');
  return bindingError(
    binding.target,
    'MissingMandatoryParameter',
    `Cannot process command because of one or more missing mandatory parameters:${names}.`,
    { parameter: names },
  );
}

/** Mandatory parameters of the possible sets that are without a value, whatever the pipeline may bring. */
export function unfilled(binding: Binding): readonly Bindable[] {
  const { table, bound, sets } = binding;
  if (table.mandatory.length === 0) return table.mandatory;
  return table.mandatory.filter(
    (one) => !bound.has(one) && one.matchingSets(sets).some(({ entry }) => entry.mandatory),
  );
}

function missingParameters(binding: Binding, validSets: number): readonly Bindable[] {
  const { expectsInput } = binding.target;
  if (!expectsInput) return unfilled(binding);
  const bySet = new Map<number, Missing>();
  let mandatorySets = 0;
  let inEverySet = false;
  let some = false;
  for (const parameter of binding.table.mandatory) {
    if (binding.bound.has(parameter)) continue;
    for (const set of parameter.matchingSets(binding.sets)) {
      if (!set.entry.mandatory) continue;
      some = true;
      note(bySet, parameter, set, binding.table.defaultSet);
      if (set.flag === 0) inEverySet = true;
      else mandatorySets |= binding.sets & set.flag;
    }
  }
  if (!some) return [];
  if (mandatorySets === 0) mandatorySets = binding.sets;
  if (inEverySet) mandatorySets = binding.sets & allFlags(binding);
  return chooseSet(binding, [...bySet.values()], mandatorySets, validSets);
}

function allFlags(binding: Binding): number {
  const count = binding.table.setNames.length;
  return count === 0 ? everySet : (1 << count) - 1;
}

function note(
  bySet: Map<number, Missing>,
  parameter: Bindable,
  { flag, entry }: BindableSet,
  defaultSet: number,
): void {
  const key = flag === 0 ? everySet : flag;
  let missing = bySet.get(key);
  if (missing === undefined) {
    missing = new Missing(key, defaultSet);
    bySet.set(key, missing);
  }
  if (!entry.fromPipeline && !entry.fromPipelineByPropertyName) missing.commandLine.add(parameter);
  else missing.fromPipeline.add(parameter);
  if (entry.fromPipeline) missing.byValue.add(parameter);
  if (entry.fromPipelineByPropertyName) missing.byName.add(parameter);
}

/** Decides, where input will come, which set the call means, and answers what only the command line could have given it. */
function chooseSet(binding: Binding, all: readonly Missing[], given: number, validSets: number): readonly Bindable[] {
  const { defaultSet } = binding.table;
  let mandatorySets = given;
  if (
    validSets > 1 &&
    defaultSet !== 0 &&
    (defaultSet & mandatorySets) === 0 &&
    (defaultSet & binding.sets) !== 0 &&
    !all.some((one) => !one.isEverySet && (one.set & binding.sets) !== 0 && !one.isDefault && one.fromPipeline.size > 0)
  ) {
    mandatorySets = binding.sets & ~mandatorySets;
    binding.sets = mandatorySets;
    if (binding.sets === defaultSet) binding.setName = binding.table.setName(binding.sets);
    else binding.preferredSet = defaultSet;
  }
  const count = setCount(mandatorySets);
  if (count === 0) throw ambiguousSet(binding);
  if (count === 1) return onlyFromCommandLine(all, mandatorySets);
  if (binding.preferredSet !== 0) return [];
  if (defaultSet !== 0 && (mandatorySets & defaultSet) !== 0 && prefersDefault(all, defaultSet)) {
    binding.sets = defaultSet;
    binding.setName = binding.table.setName(defaultSet);
    return onlyFromCommandLine(all, defaultSet);
  }
  return chooseByInput(binding, all, mandatorySets);
}

function onlyFromCommandLine(all: readonly Missing[], sets: number): readonly Bindable[] {
  return all.filter((one) => one.isIn(sets)).flatMap((one) => [...one.commandLine]);
}

function prefersDefault(all: readonly Missing[], defaultSet: number): boolean {
  const others = all.filter((one) => !one.isEverySet && !one.isDefault);
  const otherTakesInput = others.some((one) => one.fromPipeline.size > 0 && one.commandLine.size === 0);
  const otherTakesNames = others.some((one) => one.byName.size > 0);
  const own = all.find((one) => one.set === defaultSet);
  if (own !== undefined && own.byName.size > 0 && !otherTakesNames) return true;
  if (!otherTakesInput) return true;
  return (all.find((one) => one.isEverySet)?.commandLine.size ?? 0) > 0;
}

/** The one set among those with the property; 0 for none, and 0 with `several` where there are more. */
function onlySet(sets: readonly Missing[]): {
  readonly set: number;
  readonly found: boolean;
  readonly several: boolean;
} {
  const [first] = sets;
  if (first === undefined) return { set: 0, found: false, several: false };
  return sets.length > 1 ? { set: 0, found: true, several: true } : { set: first.set, found: true, several: false };
}

function chooseByInput(binding: Binding, all: readonly Missing[], mandatorySets: number): readonly Bindable[] {
  const candidates = all.filter((one) => !one.isEverySet && (one.set & mandatorySets) !== 0);
  const byValue = onlySet(candidates.filter((one) => one.byValue.size > 0));
  const byName = onlySet(candidates.filter((one) => one.byName.size > 0));
  let chosen = 0;
  if (byValue.found && byName.found && byValue.set === byName.set) chosen = byValue.set;
  else if (byValue.found !== byName.found) chosen = byValue.found ? byValue.set : byName.set;
  if (chosen !== 0) return keepOnly(binding, all, chosen);
  const lacking = all.filter((one) => one.isIn(mandatorySets) && one.commandLine.size > 0);
  if (lacking.length === 0) return [];
  if (byValue.set !== 0) return keepOnly(binding, all, byValue.set);
  if (!byValue.several && !byName.several) throw ambiguousSet(binding);
  const ignored = lacking.reduce((flags, one) => (one.isEverySet ? flags : flags | one.set), 0);
  if (ignored !== 0) {
    ignoreSets(binding, ignored);
    if (binding.sets === 0) throw ambiguousSet(binding);
    if (setCount(binding.sets) === 1) binding.setName = binding.table.setName(binding.sets);
  }
  return [];
}

function keepOnly(binding: Binding, all: readonly Missing[], chosen: number): readonly Bindable[] {
  let others = 0;
  let lacksFromCommandLine = false;
  for (const one of all) {
    if (!one.isIn(chosen)) others |= one.set;
    else if (!one.isEverySet) lacksFromCommandLine = one.commandLine.size > 0;
  }
  if (lacksFromCommandLine) binding.sets = chosen;
  else {
    ignoreSets(binding, others);
    if (binding.sets !== chosen) binding.preferredSet = chosen;
  }
  binding.setName = binding.table.setName(binding.sets);
  return onlyFromCommandLine(all, chosen);
}

function ignoreSets(binding: Binding, sets: number): void {
  if (sets === 0) return;
  binding.sets = (binding.sets === everySet ? allFlags(binding) : binding.sets) & ~sets;
}
