import type { Bindable, BindableSet } from './bindable.ts';
import { asIs, type BindArgument, type Binding, type BindMode, coerced, isBindingError, supplied } from './binding.ts';
import { type BindingError, bindingError } from './binding-error.ts';

/** A parameter at one position, in the sets where it has that position. */
interface Candidate {
  readonly parameter: Bindable;
  sets: BindableSet[];
}

/**
 * Fills positions in order with the arguments without a name: without converting first, the default set before the others.
 * @returns why the last argument did not fit, for the error of an argument that nothing takes
 */
export function bindPositional(binding: Binding): BindingError | undefined {
  const given = binding.rest;
  if (given.length === 0) return undefined;
  const positions = positionsOf(binding);
  if (positions.length === 0) return undefined;
  const isAdvanced = binding.table.table.isAdvanced;
  const first: BindMode = { ...asIs, delayBlocks: isAdvanced };
  const second: BindMode = { ...coerced, delayBlocks: isAdvanced };
  const { defaultSet } = binding.table;
  let sets = binding.sets;
  const left: BindArgument[] = [];
  const cursor = { index: 0 };
  let failure: BindingError | undefined;
  for (const candidates of positions) {
    if (candidates.length === 0) continue;
    const argument = nextPositional(given, left, cursor);
    if (argument === undefined) break;
    const hasDefault = defaultSet !== 0 && (sets & defaultSet) !== 0;
    let bound = false;
    for (const mode of [first, second]) {
      if (hasDefault && !bound) bound = bindAt(defaultSet, candidates, argument, mode);
      if (!bound) bound = bindAt(sets, candidates, argument, mode);
      if (bound) break;
    }
    if (!bound) left.push(argument);
    else if (sets !== binding.sets) {
      sets = binding.sets;
      narrow(positions, sets);
    }
  }
  binding.rest = [...left, ...given.slice(cursor.index)];
  return failure;

  function bindAt(within: number, candidates: readonly Candidate[], argument: BindArgument, mode: BindMode): boolean {
    let result = false;
    failure = undefined;
    for (const { parameter, sets: own } of candidates) {
      for (const set of own) {
        if (!set.inAll && (set.flag & within) === 0) continue;
        try {
          const one = {
            ...supplied(parameter, argument.value),
            source: argument.source,
            valuePlace: argument.valuePlace,
          };
          // A script block that waits for the pipeline counts as not bound here, as in PowerShell.
          if (!binding.bindIn(within, one, parameter, mode)) continue;
          result = true;
          break;
        } catch (error) {
          if (!isBindingError(error) || error.kind !== 'binding') throw error;
          failure = error;
        }
      }
    }
    return result;
  }
}

/** Parameters by position; each position with the parameters that have it in one of the sets still possible. */
function positionsOf(binding: Binding): Candidate[][] {
  const byPosition = new Map<number, Candidate[]>();
  for (const parameter of binding.table.positional) {
    if (binding.bound.has(parameter) || !parameter.isIn(binding.sets)) continue;
    for (const set of parameter.matchingSets(binding.sets)) {
      const { position, fromRemainingArguments } = set.entry;
      if (position === undefined || fromRemainingArguments) continue;
      let candidates = byPosition.get(position);
      if (candidates === undefined) {
        candidates = [];
        byPosition.set(position, candidates);
      }
      if (candidates.some((one) => one.parameter !== parameter && one.sets.some((other) => sameSet(other, set)))) {
        throw bindingError(
          binding.target,
          'AmbiguousPositionalParameterNoName',
          'Cannot bind positional parameters because no names were given.',
        );
      }
      const known = candidates.find((one) => one.parameter === parameter);
      if (known === undefined) candidates.push({ parameter, sets: [set] });
      else known.sets.push(set);
    }
  }
  return [...byPosition].sort(([left], [right]) => left - right).map(([, candidates]) => candidates);
}

function sameSet(left: BindableSet, right: BindableSet): boolean {
  return left.flag === right.flag || (left.flag & right.flag) !== 0;
}

function narrow(positions: Candidate[][], sets: number): void {
  for (const candidates of positions) {
    for (const candidate of candidates) {
      candidate.sets = candidate.sets.filter((set) => set.inAll || (set.flag & sets) !== 0);
    }
    candidates.splice(0, candidates.length, ...candidates.filter((candidate) => candidate.sets.length > 0));
  }
}

/** The next argument without a name. An unknown name takes what follows it along. */
function nextPositional(
  given: readonly BindArgument[],
  left: BindArgument[],
  cursor: { index: number },
): BindArgument | undefined {
  while (cursor.index < given.length) {
    const argument = given[cursor.index++];
    if (argument === undefined || argument.name === undefined) return argument;
    left.push(argument);
    const following = given[cursor.index];
    if (following !== undefined && following.name === undefined) {
      left.push(following);
      cursor.index++;
    }
  }
  return undefined;
}
