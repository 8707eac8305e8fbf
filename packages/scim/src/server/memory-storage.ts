import { problem } from '@joinery/problems';
import { type Clock, type Random, systemClock, systemRandom } from '@joinery/runtime';
import { type ComparisonKey, comparisonKey } from '../filter/comparison-key.ts';
import { matches } from '../filter/matches.ts';
import { equality, type Predicate } from '../filter/predicate.ts';
import { completeResource, serialiseResource } from '../resource/serialise.ts';
import { compareSortKeys, sortKey } from '../resource/sort-key.ts';
import type { AttributePath } from '../schema/attribute-path.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { isList, isObject, member, type ScimObject, type ScimValue } from '../value.ts';
import { sameVersion } from './etag.ts';
import type { ListPage, ListQuery, ResourceChange, ScimCall, ScimStorage, StoredResource } from './storage.ts';

export interface MemoryStorageOptions {
  readonly clock?: Clock;
  readonly random?: Random;
}

/**
 * A store in memory, for tests, benchmarks and trying things out; what it holds ends with the process.
 * Equality is answered by an index per attribute, built when the attribute is first asked for.
 */
export class MemoryStorage implements ScimStorage {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #collections = new Map<ResourceType, Collection>();

  constructor({ clock = systemClock, random = systemRandom }: MemoryStorageOptions = {}) {
    this.#clock = clock;
    this.#random = random;
  }

  async get(type: ResourceType, id: string): Promise<StoredResource | undefined> {
    return this.#collection(type).get(id)?.stored;
  }

  async list(type: ResourceType, query: ListQuery): Promise<ListPage> {
    const found = this.#collection(type).find(query.predicate);
    const sorted = query.sortBy === undefined ? found : sortEntries(found, query.sortBy, query.descending);
    const page = sorted.slice(query.startIndex - 1, query.startIndex - 1 + query.count);
    return { totalResults: found.length, resources: page.map((entry) => entry.stored) };
  }

  async create(type: ResourceType, resource: ScimObject): Promise<StoredResource> {
    const now = new Date(this.#clock.now()).toISOString();
    const collection = this.#collection(type);
    const meta = { created: now, lastModified: now, version: 'W/"1"' };
    const entry = entryOf({ ...resource, id: this.#random.uuid() }, type, meta, collection.nextPosition());
    collection.put(entry, undefined);
    return entry.stored;
  }

  async update(type: ResourceType, id: string, change: ResourceChange, call: ScimCall): Promise<StoredResource> {
    const collection = this.#collection(type);
    const before = this.#expect(type, id, call);
    const outcome = change.apply(before.resource);
    if (!outcome.changed) return before.stored;
    const meta = {
      created: before.meta.created,
      lastModified: new Date(this.#clock.now()).toISOString(),
      version: `W/"${Number(/\d+/.exec(before.meta.version)?.[0]) + 1}"`,
    };
    const entry = entryOf(outcome.resource, type, meta, before.position);
    collection.put(entry, before);
    return entry.stored;
  }

  async delete(type: ResourceType, id: string, call: ScimCall): Promise<void> {
    this.#collection(type).remove(this.#expect(type, id, call));
  }

  #expect(type: ResourceType, id: string, { ifMatch }: ScimCall): Entry {
    const entry = this.#collection(type).get(id);
    if (entry === undefined) throw problem('SCIM_NOT_FOUND', `There is no ${type.name} with this id.`, { place: id });
    if (ifMatch !== undefined && !sameVersion(ifMatch, entry.meta.version)) {
      throw problem('SCIM_PRECONDITION_FAILED', `The resource has the version ${entry.meta.version}.`, { place: id });
    }
    return entry;
  }

  #collection(type: ResourceType): Collection {
    const known = this.#collections.get(type);
    if (known !== undefined) return known;
    const fresh = new Collection(type);
    this.#collections.set(type, fresh);
    return fresh;
  }
}

interface Entry {
  readonly id: string;
  /** Its place in every list: that of its creation, whatever happens to it later. */
  readonly position: number;
  readonly resource: ScimObject;
  readonly meta: { readonly created: string; readonly lastModified: string; readonly version: string };
  readonly stored: StoredResource;
}

function entryOf(resource: ScimObject, type: ResourceType, meta: Entry['meta'], position: number): Entry {
  const id = String(resource.id);
  return {
    id,
    position,
    resource: completeResource(resource, type, meta),
    meta,
    stored: { id, version: meta.version, json: serialiseResource(resource, type, meta) },
  };
}

type Index = Map<ComparisonKey, Set<Entry>>;

class Collection {
  readonly #entries = new Map<string, Entry>();
  readonly #indexes = new Map<AttributePath, Index>();
  readonly #unique: readonly AttributePath[];
  #positions = 0;

  constructor(type: ResourceType) {
    this.#unique = [type.core, ...type.extensionSchemas].flatMap((schema) =>
      schema.attributes.filter(({ attribute }) => attribute.uniqueness !== 'none' && attribute.name !== 'id'),
    );
    for (const path of this.#unique) this.#indexes.set(path, new Map());
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  nextPosition(): number {
    this.#positions += 1;
    return this.#positions;
  }

  /** @throws SCIM_UNIQUENESS, before anything is written */
  put(entry: Entry, before: Entry | undefined): void {
    for (const path of this.#unique) {
      for (const key of keysOf(entry.resource, path)) {
        for (const other of this.#indexes.get(path)?.get(key) ?? []) {
          if (other !== before) {
            throw problem('SCIM_UNIQUENESS', `Another resource has the same ${path.text}.`, { place: path.text });
          }
        }
      }
    }
    if (before !== undefined) this.#unindex(before);
    this.#entries.set(entry.id, entry);
    for (const [path, index] of this.#indexes) addTo(index, path, entry);
  }

  remove(entry: Entry): void {
    this.#unindex(entry);
    this.#entries.delete(entry.id);
  }

  find(predicate: Predicate | undefined): readonly Entry[] {
    if (predicate === undefined) return [...this.#entries.values()];
    const candidates = this.#candidates(predicate) ?? [...this.#entries.values()];
    return candidates.filter((entry) => matches(predicate, entry.resource));
  }

  /** The entries that an equality of the predicate leaves; undefined when it has none. */
  #candidates(predicate: Predicate): readonly Entry[] | undefined {
    const conjuncts = predicate.kind === 'and' ? predicate.operands : [predicate];
    for (const conjunct of conjuncts) {
      const equal = equality(conjunct);
      if (equal === undefined) continue;
      const { path, operand } = equal;
      if (path.text === 'id') return [this.#entries.get(String(operand.key))].filter((entry) => entry !== undefined);
      if (operand.type === 'string' && operand.folded === path.leaf.caseExact) continue;
      // An update puts its entry last in the index; pages have to keep their order through it.
      return [...(this.#index(path).get(operand.key) ?? [])].sort((a, b) => a.position - b.position);
    }
    return undefined;
  }

  #index(path: AttributePath): Index {
    const known = this.#indexes.get(path);
    if (known !== undefined) return known;
    const fresh: Index = new Map();
    for (const entry of this.#entries.values()) addTo(fresh, path, entry);
    this.#indexes.set(path, fresh);
    return fresh;
  }

  #unindex(entry: Entry): void {
    for (const [path, index] of this.#indexes) {
      for (const key of keysOf(entry.resource, path)) {
        const set = index.get(key);
        set?.delete(entry);
        if (set?.size === 0) index.delete(key);
      }
    }
  }
}

function addTo(index: Index, path: AttributePath, entry: Entry): void {
  for (const key of keysOf(entry.resource, path)) {
    const set = index.get(key);
    if (set === undefined) index.set(key, new Set([entry]));
    else set.add(entry);
  }
}

function keysOf(resource: ScimObject, path: AttributePath): readonly ComparisonKey[] {
  return valuesAt(resource, path.steps).flatMap((value) => comparisonKey(value, path.leaf) ?? []);
}

function valuesAt(value: ScimValue, steps: readonly string[]): readonly ScimValue[] {
  if (isList(value)) return value.flatMap((each) => valuesAt(each, steps));
  const [step, ...rest] = steps;
  if (step === undefined) return [value];
  const next = isObject(value) ? member(value, step) : undefined;
  return next === undefined ? [] : valuesAt(next, rest);
}

function sortEntries(entries: readonly Entry[], path: AttributePath, descending: boolean): readonly Entry[] {
  return entries
    .map((entry) => ({ entry, key: sortKey(entry.resource, path) }))
    .sort((a, b) => compareSortKeys(a.key, b.key, descending))
    .map(({ entry }) => entry);
}
