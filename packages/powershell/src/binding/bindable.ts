import { type CollectionKind, collectionKind } from './collection-kind.ts';
import { commonParameters, shouldProcessParameters } from './common-parameters.ts';
import {
  allParameterSets,
  type ParameterDeclaration,
  type ParameterSetEntry,
  type ParameterTable,
} from './parameter.ts';

/** Every set: sets are bits, and no bit is decided yet. */
export const everySet = -1;

/** What a parameter is in one set. `flag` is 0 and `inAll` true for `__AllParameterSets`. */
export interface BindableSet {
  readonly flag: number;
  readonly inAll: boolean;
  readonly entry: ParameterSetEntry;
}

/** A parameter with its sets as bits. */
export class Bindable {
  readonly declaration: ParameterDeclaration;
  readonly name: string;
  readonly folded: string;
  readonly isCommon: boolean;
  readonly sets: readonly BindableSet[];
  readonly setFlags: number;
  readonly inAllSets: boolean;
  readonly takesPipeline: boolean;
  readonly isMandatory: boolean;
  readonly collection: CollectionKind;
  readonly #matching = new Map<number, readonly BindableSet[]>();

  constructor(declaration: ParameterDeclaration, sets: readonly BindableSet[], isCommon: boolean) {
    this.declaration = declaration;
    this.name = declaration.name;
    this.folded = declaration.name.toLowerCase();
    this.isCommon = isCommon;
    this.sets = sets;
    this.setFlags = sets.reduce((flags, set) => flags | set.flag, 0);
    this.inAllSets = sets.some((set) => set.inAll);
    this.takesPipeline = sets.some(({ entry }) => entry.fromPipeline || entry.fromPipelineByPropertyName);
    this.isMandatory = sets.some(({ entry }) => entry.mandatory);
    this.collection = collectionKind(declaration.type);
  }

  /** Whether the parameter belongs to one of the sets. */
  isIn(flags: number): boolean {
    return this.inAllSets || (this.setFlags & flags) !== 0;
  }

  /** What it is in those of the sets it belongs to. */
  matchingSets(flags: number): readonly BindableSet[] {
    if (flags === everySet || (this.inAllSets && this.sets.length === 1)) return this.sets;
    let matching = this.#matching.get(flags);
    if (matching === undefined) {
      matching = this.sets.filter((set) => set.inAll || (set.flag & flags) !== 0);
      this.#matching.set(flags, matching);
    }
    return matching;
  }

  takesPipelineIn(flags: number): boolean {
    return (
      this.takesPipeline &&
      this.matchingSets(flags).some(({ entry }) => entry.fromPipeline || entry.fromPipelineByPropertyName)
    );
  }
}

/** Several parameters begin with what was written. */
export class AmbiguousName {
  readonly matches: readonly Bindable[];
  constructor(matches: readonly Bindable[]) {
    this.matches = matches;
  }
}

/** A parameter table with sets as bits and the common parameters added. Made once per table. */
export class BindableTable {
  readonly table: ParameterTable;
  readonly parameters: readonly Bindable[];
  readonly setNames: readonly string[];
  /** The bit of the default set, 0 where there is none. */
  readonly defaultSet: number;
  /** Those that may take pipeline input, that are mandatory, positional, or take what remains: in some set. */
  readonly fromPipeline: readonly Bindable[];
  readonly mandatory: readonly Bindable[];
  readonly positional: readonly Bindable[];
  readonly remaining: readonly Bindable[];
  readonly #exact = new Map<string, Bindable>();
  readonly #byPrefix = new Map<string, Bindable | AmbiguousName | undefined>();

  constructor(table: ParameterTable, dynamic: readonly ParameterDeclaration[] = []) {
    this.table = table;
    const setNames: string[] = [];
    const bitOf = (set: string): number => {
      let index = setNames.indexOf(set);
      if (index === -1) {
        index = setNames.length;
        setNames.push(set);
      }
      return 1 << index;
    };
    this.defaultSet = table.defaultSet === undefined || table.defaultSet === '' ? 0 : bitOf(table.defaultSet);
    const add = (declaration: ParameterDeclaration, isCommon: boolean): Bindable => {
      const sets = declaration.sets.map((entry) => {
        const inAll = entry.set.toLowerCase() === allParameterSets.toLowerCase();
        return { flag: inAll ? 0 : bitOf(entry.set), inAll, entry };
      });
      return new Bindable(declaration, sets, isCommon);
    };
    this.parameters = [
      ...table.parameters.map((one) => add(one, false)),
      ...(table.isAdvanced ? commonParameters.map((one) => add(one, true)) : []),
      ...(table.supportsShouldProcess ? shouldProcessParameters.map((one) => add(one, true)) : []),
      ...dynamic.map((one) => add(one, false)),
    ];
    this.setNames = setNames;
    this.fromPipeline = this.parameters.filter((one) => one.takesPipeline);
    this.mandatory = this.parameters.filter((one) => one.isMandatory);
    this.positional = this.parameters.filter((one) => one.sets.some(({ entry }) => entry.position !== undefined));
    this.remaining = this.parameters.filter((one) => one.sets.some(({ entry }) => entry.fromRemainingArguments));
    for (const parameter of this.parameters) {
      for (const alias of parameter.declaration.aliases) {
        if (!this.#exact.has(alias.toLowerCase())) this.#exact.set(alias.toLowerCase(), parameter);
      }
    }
    for (const parameter of this.parameters) this.#exact.set(parameter.folded, parameter);
  }

  /** The parameter that a written name means: exact names and aliases first, then what it is the only beginning of. */
  match(name: string): Bindable | AmbiguousName | undefined {
    const folded = name.toLowerCase();
    const exact = this.#exact.get(folded);
    if (exact !== undefined) return exact;
    if (this.#byPrefix.has(folded)) return this.#byPrefix.get(folded);
    const found = this.#beginningWith(folded);
    if (this.#byPrefix.size < 1000) this.#byPrefix.set(folded, found);
    return found;
  }

  #beginningWith(folded: string): Bindable | AmbiguousName | undefined {
    const matches = new Set<Bindable>();
    for (const parameter of this.parameters) if (parameter.folded.startsWith(folded)) matches.add(parameter);
    for (const parameter of this.parameters) {
      if (parameter.declaration.aliases.some((alias) => alias.toLowerCase().startsWith(folded))) matches.add(parameter);
    }
    const begun = [...matches];
    const fixed = begun.filter((one) => one.declaration.isDynamic !== true);
    const all = fixed.length > 0 ? fixed : begun;
    if (all.length < 2) return all[0];
    const declared = all.filter((one) => !one.isCommon);
    return declared.length === 1 ? declared[0] : new AmbiguousName(all);
  }

  /** The name of the one set that a bit stands for; the default's for all or none; empty for several. */
  setName(flags: number): string {
    if (flags === everySet || flags === 0) {
      const { defaultSet } = this.table;
      return defaultSet === undefined || defaultSet === '' ? allParameterSets : defaultSet;
    }
    const index = 31 - Math.clz32(flags & -flags);
    return (flags >>> (index + 1)) & 1 ? '' : (this.setNames[index] ?? '');
  }
}

const tables = new WeakMap<ParameterTable, BindableTable>();

export function bindableTable(table: ParameterTable): BindableTable {
  let known = tables.get(table);
  if (known === undefined) {
    known = new BindableTable(table);
    tables.set(table, known);
  }
  return known;
}

/** How many sets are still possible; all of them count as one. */
export function setCount(flags: number): number {
  if (flags === everySet) return 1;
  let count = 0;
  for (let rest = flags; rest !== 0; rest &= rest - 1) count++;
  return count;
}
