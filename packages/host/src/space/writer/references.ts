import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { DistinguishedNameStyle } from '@joinery/connector';
import { isList, isObject, printJson, type ScimObject, type ScimValue } from '@joinery/scim/evaluation';
import { nameKeyOf } from '../../object/dn-form.ts';
import { indexKey } from '../indexed-attribute.ts';
import { digestIn, type IndexKeys, type ResolvedRow, rowVersion, type SourceRow, type SpaceRow } from '../row.ts';
import { parseStored } from '../stored-json.ts';
import { KnownTargets } from './known-targets.ts';
import { joinReferences, type ShownReferences, type Target } from './shown-references.ts';
import { type Index, livesIn, type WholeVersion } from './versions.ts';

/** How an attribute of one type refers to other objects. */
export interface ReferenceDefinition {
  /** SCIM resource type of the rows that have it. */
  readonly type: string;
  /** The attribute's name in {@link SpaceRow.references}. */
  readonly attribute: string;
  /** The member names from the root of a resource to the value. */
  readonly steps: readonly string[];
  readonly list: boolean;
  /** `id`: the id as text; `member`: `{value: id, type: resource type}`. */
  readonly form: 'id' | 'member';
  /** How raw values are compared with {@link SpaceRow.referenceKey}: with `None` as they are. */
  readonly dnStyle: DistinguishedNameStyle;
  /** SCIM resource types that it may refer to. */
  readonly to: readonly string[];
}

/** An object that others referred to by one key and refer to by another from now on. */
export interface Renamed {
  readonly from: string;
  readonly row: SpaceRow;
}

/** Raw values by attribute name, each with the id it stands for, if any. */
type Resolution = Record<string, [string, string | null][]>;

const NONE: readonly string[] = [];

/** Turns what a target calls other objects into their ids, and keeps the way back: from an object to the rows that refer to it. */
export class References {
  readonly #byType = new Map<string, ReferenceDefinition[]>();
  readonly #referredTo: ReadonlySet<string>;
  readonly #candidates: StatementSync;
  readonly #referrers: StatementSync;
  readonly #indexes: readonly Index[];
  readonly #known = new KnownTargets();
  #told: { readonly of: ReadonlySet<number>; readonly all: ReadonlySet<number> } | undefined;

  /** @param indexes every index that rows are entered in, kept current by who knows them */
  constructor(database: DatabaseSync, definitions: readonly ReferenceDefinition[], indexes: readonly Index[]) {
    this.#indexes = indexes;
    for (const each of definitions) this.#byType.set(each.type, [...(this.#byType.get(each.type) ?? []), each]);
    this.#referredTo = new Set(definitions.flatMap(({ to }) => to));
    this.#candidates = database.prepare('SELECT id, type, born, died FROM object WHERE reference_key = ? ORDER BY row');
    this.#referrers = database.prepare('SELECT row FROM reference WHERE key = ?');
  }

  /** The key by which others may refer to a row; null when nothing can. */
  keyOf({ type, referenceKey }: Pick<SpaceRow, 'type' | 'referenceKey'>): string | null {
    return this.#referredTo.has(type) ? referenceKey : null;
  }

  /** Names of the members that show references of a type: what they show also depends on other objects. */
  shownBy(type: string): readonly string[] {
    return (this.#byType.get(type) ?? []).flatMap(({ steps }) => steps.at(-1) ?? []);
  }

  /** Rows that refer to an object by this key, resolved or not. */
  rowsReferringTo(key: string): number[] {
    return this.#referrers.all(key).map(({ row }) => Number(row));
  }

  /**
   * A row with its references as they are in a generation.
   * @param before the visible version that it takes the place of: what that refers to need not be looked up again
   */
  resolve(
    row: SourceRow,
    generation: number,
    before?: Pick<WholeVersion, 'type' | 'json' | 'references'>,
  ): ResolvedRow {
    const definitions = this.#byType.get(row.type);
    const { id, type, body, digest, hidden, dn, references, keys } = row;
    const referenceKey = this.keyOf(row);
    const common = { id, type, hidden, dn, referenceKey };
    if (definitions === undefined || references === null) {
      const version = rowVersion(digest, null);
      const own = this.#withReferences(keys, []);
      return { ...common, ...joinReferences(body, []), version, references: null, referred: NONE, keys: own };
    }
    const referred: string[] = [];
    const resolution: Resolution = {};
    const shown: ShownReferences[] = [];
    const resolvedBefore = before === undefined ? undefined : this.#resolvedIn(before);
    for (const definition of definitions) {
      const known = resolvedBefore?.get(definition.attribute);
      const raw = Object.hasOwn(references, definition.attribute) ? references[definition.attribute] : undefined;
      if (raw === undefined || raw.length === 0) continue;
      const targets: Target[] = [];
      const pairs: [string, string | null][] = [];
      for (const value of raw) {
        const key = keyFor(definition, value);
        referred.push(key);
        // What refers to itself is not there yet.
        const itself = key === referenceKey && definition.to.includes(type) ? { id, type } : undefined;
        const target = known?.get(value) ?? this.#target(key, definition, generation) ?? itself;
        pairs.push([value, target?.id ?? null]);
        if (target !== undefined) targets.push(target);
      }
      resolution[definition.attribute] = pairs;
      shown.push({ definition, targets: targets.length < 2 ? targets : distinct(targets) });
    }
    const resolved = JSON.stringify(resolution);
    return {
      ...common,
      ...joinReferences(body, shown),
      version: rowVersion(digest, resolved),
      references: resolved,
      referred: referred.length < 2 ? referred : [...new Set(referred)],
      keys: this.#withReferences(keys, shown),
    };
  }

  /** By attribute: the objects that the target's words stand for in a visible version, which is kept true. */
  #resolvedIn({
    type,
    json,
    references,
  }: Pick<WholeVersion, 'type' | 'json' | 'references'>): ReadonlyMap<string, ReadonlyMap<string, Target>> {
    const resolved = new Map<string, ReadonlyMap<string, Target>>();
    if (references === null) return resolved;
    const resolution = resolutionOf(references);
    const resource = parseStored(json);
    for (const { attribute, form, steps, to } of this.#byType.get(type) ?? []) {
      const [only, second] = to;
      const types = form === 'member' ? typesOfMembers(resource[steps[0] ?? '']) : new Map<string, string>();
      const targets = new Map<string, Target>();
      for (const [raw, id] of resolution[attribute] ?? []) {
        const found = id === null ? undefined : (types.get(id) ?? (second === undefined ? only : undefined));
        if (id !== null && found !== undefined) targets.set(raw, { id, type: found });
      }
      resolved.set(attribute, targets);
    }
    return resolved;
  }

  /** A stored row with its references as they are in a generation. */
  resolveAgain(stored: WholeVersion, generation: number): ResolvedRow {
    const references: Record<string, string[]> = {};
    for (const [attribute, pairs] of Object.entries(resolutionOf(stored.references ?? '{}'))) {
      references[attribute] = pairs.map(([raw]) => raw);
    }
    const { id, type, hidden, dn, referenceKey } = stored;
    const digest = digestIn(stored.version);
    const body = this.#bodyWithoutReferences(stored);
    return this.resolve({ id, type, body, digest, hidden, dn, referenceKey, references }, generation);
  }

  /**
   * A stored row whose references stay with an object that is called otherwise now, as targets keep them that can rename;
   * undefined when it has none to it. What the target really holds the next import says.
   */
  following(stored: WholeVersion, { from, row: { type: to, dn, referenceKey } }: Renamed): SpaceRow | undefined {
    const { id, type, hidden } = stored;
    const references: Record<string, string[]> = {};
    let follows = false;
    for (const [attribute, pairs] of Object.entries(resolutionOf(stored.references ?? '{}'))) {
      const definition = this.#byType.get(type)?.find((each) => each.attribute === attribute && each.to.includes(to));
      const name = definition !== undefined && definition.dnStyle !== 'None' ? dn : referenceKey;
      references[attribute] = pairs.map(([raw]) => {
        if (definition === undefined || name === null || keyFor(definition, raw) !== from) return raw;
        follows = true;
        return name;
      });
    }
    if (!follows) return undefined;
    const body = this.#bodyWithoutReferences(stored);
    return { id, type, body, hidden, dn: stored.dn, referenceKey: stored.referenceKey, references };
  }

  /** The keys of what a stored row refers to. */
  keysOf(type: string, references: string): readonly string[] {
    const resolution = resolutionOf(references);
    const keys = new Set<string>();
    for (const definition of this.#byType.get(type) ?? []) {
      for (const [raw] of resolution[definition.attribute] ?? []) keys.add(keyFor(definition, raw));
    }
    return [...keys];
  }

  /** What a stored row's body was before its references were put into it. */
  #bodyWithoutReferences({ type, json }: Pick<WholeVersion, 'type' | 'json'>): string {
    const { meta: _, ...resource } = parseStored(json);
    let body: ScimObject = resource;
    for (const { steps } of this.#byType.get(type) ?? []) body = without(body, steps);
    return printJson(body);
  }

  /** The entries that are known of a row, with those of its references. */
  #withReferences(keys: IndexKeys | undefined, shown: readonly ShownReferences[]): IndexKeys | undefined {
    if (keys === undefined) return undefined;
    if (this.#told?.of !== keys.indexes) {
      const own = this.#indexes.filter((index) => this.#all().some((definition) => isIndexOf(index, definition)));
      this.#told = { of: keys.indexes, all: new Set([...keys.indexes, ...own.map(({ number }) => number)]) };
    }
    const entries = [...keys.entries];
    for (const { definition, targets } of shown) {
      for (const index of this.#indexes) {
        if (!isIndexOf(index, definition)) continue;
        for (const { id } of targets) entries.push([index.number, indexKey(id, index.caseExact) ?? id]);
      }
    }
    return { indexes: this.#told.all, entries };
  }

  #all(): readonly ReferenceDefinition[] {
    return [...this.#byType.values()].flat();
  }

  #target(key: string, { to }: ReferenceDefinition, generation: number): Target | undefined {
    return this.#known.get(key, generation, () => this.#living(key, generation)).find(({ type }) => to.includes(type));
  }

  #living(key: string, generation: number): readonly Target[] {
    return this.#candidates.all(key).flatMap((found) => {
      const life = { born: Number(found.born), died: Number(found.died) };
      return livesIn(life, generation) ? [{ id: String(found.id), type: String(found.type) }] : [];
    });
  }

  /**
   * To be called when an object comes, ends, or is called otherwise.
   * @param key of one that comes; absent: of any
   */
  forget(key?: string): void {
    this.#known.forget(key);
  }
}

/** By id: the types that a stored list of members says. */
function typesOfMembers(members: ScimValue | undefined): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const member of isList(members) ? members : []) {
    if (!isObject(member)) continue;
    const { value, type } = member;
    if (typeof value === 'string' && typeof type === 'string') types.set(value, type);
  }
  return types;
}

function distinct(targets: readonly Target[]): readonly Target[] {
  return [...new Map(targets.map((target) => [target.id, target])).values()];
}

function keyFor({ dnStyle }: ReferenceDefinition, raw: string): string {
  return dnStyle === 'None' ? raw : nameKeyOf(dnStyle, raw);
}

/** Whether the ids that an attribute shows are what an index holds. */
function isIndexOf({ steps }: Index, definition: ReferenceDefinition): boolean {
  const own = definition.form === 'id' ? definition.steps : [...definition.steps, 'value'];
  return steps.length === own.length && own.every((step, at) => step === steps[at]);
}

/** This program wrote it. */
function resolutionOf(references: string): Resolution {
  const resolution: Resolution = JSON.parse(references);
  return resolution;
}

/** A resource without the member at these steps. */
function without(resource: ScimObject, [name, ...inner]: readonly string[]): ScimObject {
  if (name === undefined || resource[name] === undefined) return resource;
  const { [name]: value, ...others } = resource;
  return inner.length > 0 && isObject(value) ? { ...resource, [name]: without(value, inner) } : others;
}
