import type { CSEntryChange } from '@joinery/connector';
import { isProblem } from '@joinery/problems';
import { everything } from '../../../protocol/filter/build.ts';
import type { Filter } from '../../../protocol/filter.ts';
import { resultCode } from '../../../protocol/result-code.ts';
import { assertThere } from '../../base-check.ts';
import type { EntryPlan } from '../../entry-plan.ts';
import { EntryReader } from '../../entry-reader.ts';
import type { Remainder } from '../../entry-values.ts';
import { importFilter } from '../../import-filter.ts';
import { objectTypeIndex } from '../../object-classes.ts';
import { readRemainder } from '../../remainder.ts';
import { assertComplete } from '../../search-failure.ts';
import { searchInPages } from '../../search-pages.ts';
import type { Reading } from '../delta-reader.ts';
import { departure, isKnownByName } from '../departure.ts';
import { EntryFacts, type Facts } from '../entry-facts.ts';
import { fullImportRequired } from '../full-import-required.ts';
import { keyOf, Scopes } from '../scope.ts';
import type { ChangedName, ChangedNames } from './changed-names.ts';

/** Base searches on their way at once: the server answers the next while the last one is read. */
const AT_ONCE = 16;

/**
 * Looks at every name of which a log told something, and tells what is there now: a log may be far behind by the time it is read, and
 * what its records hold of an entry is a part of it (LDAP sheet 4.7).
 * @throws CONNECTOR_WATERMARK_INVALID, LDAP_BASE_MISSING for a scope that is not there any more, what a search throws
 */
export async function* liveEntries(
  reading: Reading,
  plan: EntryPlan,
  changed: ChangedNames,
): AsyncGenerator<readonly CSEntryChange[], void, undefined> {
  if (changed.isEmpty) return;
  const { context, connection, scopes, pageSize, signal } = reading;
  // A scope that was renamed or deleted must not look like one that everybody has left (behaviour L33).
  for (const scope of scopes) await assertThere(context, connection, scope, signal);
  const live = new LiveReading(reading, plan, changed);
  for (const target of changed.targets) yield* live.below(target);
  let page: CSEntryChange[] = [];
  for (const names of inGroups(changed.names.values(), AT_ONCE)) {
    const found = await Promise.all(names.map((name) => live.name(name)));
    page.push(...found.flat());
    if (page.length < pageSize) continue;
    yield page;
    page = [];
  }
  page.push(...changed.gone);
  for (let at = 0; at < page.length; at += pageSize) yield page.slice(at, at + pageSize);
}

class LiveReading {
  readonly #reading: Reading;
  readonly #plan: EntryPlan;
  readonly #changed: ChangedNames;
  readonly #scopes: Scopes;
  readonly #filter: Filter;
  readonly #reader: EntryReader;
  readonly #facts: EntryFacts;
  readonly #knownByName: ReadonlySet<string>;
  /** Keys of names of which everything was told. */
  readonly #told = new Set<string>();

  constructor(reading: Reading, plan: EntryPlan, changed: ChangedNames) {
    this.#reading = reading;
    this.#plan = plan;
    this.#changed = changed;
    this.#scopes = new Scopes(reading.scopes);
    this.#filter = importFilter(reading.context, plan);
    this.#reader = new EntryReader(reading.context, plan);
    this.#facts = new EntryFacts(reading.context, plan, ['objectclass']);
    this.#knownByName = new Set(plan.types.filter(isKnownByName).map(({ name }) => name));
  }

  /** An entry that was renamed, with everything below it: all of that has another name now. */
  async *below(target: string): AsyncGenerator<readonly CSEntryChange[], void, undefined> {
    const { context, connection, pageSize, signal } = this.#reading;
    let page: CSEntryChange[] = [];
    let unfinished: Unfinished[] = [];
    const request = { base: target, scope: 'sub', filter: this.#filter, attributes: this.#plan.requested } as const;
    const sink = {
      onEntry: (bytes: Buffer, start: number, end: number): void => {
        const facts = this.#facts.read(bytes, start, end);
        const name = this.#changed.found(facts.dn);
        // What was renamed may lie below something else that was.
        if (this.#told.has(keyOf(facts.dn))) return;
        if (this.#scopes.has(facts.dn)) page.push(...this.#entry(bytes, start, end, name, unfinished));
        else page.push(...this.#departures(facts, false));
        this.#told.add(keyOf(facts.dn));
      },
    };
    const pages = searchInPages({ context, connection, request, pageSize, sink, signal });
    while (await this.#next(pages)) {
      await this.#finish(unfinished);
      if (page.length > 0) yield page;
      page = [];
      unfinished = [];
    }
  }

  /** What became of a name. */
  async name(name: ChangedName): Promise<readonly CSEntryChange[]> {
    const key = keyOf(name.dn);
    if (this.#told.has(key)) return [];
    if (!this.#scopes.has(name.dn)) return await this.#elsewhere(name);
    const found: CSEntryChange[] = [];
    const unfinished: Unfinished[] = [];
    const isThere = await this.#look(name.dn, this.#filter, (bytes, start, end) => {
      found.push(...this.#entry(bytes, start, end, name, unfinished));
    });
    await this.#finish(unfinished);
    if (found.length > 0) return found;
    const gone = name.left ? this.#named(name.dn) : [];
    // Something is there that is not read: for certain another object than was, or one that has changed so.
    const facts = isThere && !name.added ? await this.#factsOf(name.dn) : undefined;
    // Nobody has known what is of another class, unless it was of a selected one before.
    if (facts === undefined || !(name.modified || this.#isOfSelectedType(facts))) return gone;
    return name.left ? [...gone, ...this.#departures(facts, false)] : this.#departures(facts);
  }

  /** What went out of what is read. Where the account cannot see it, it cannot see either whether others went with it. */
  async #elsewhere({ dn, left }: ChangedName): Promise<readonly CSEntryChange[]> {
    const facts = await this.#factsOf(dn);
    if (facts !== undefined) return this.#departures(facts, false);
    if (left) return [];
    throw fullImportRequired(`Something was moved to "${dn}", where the account of the connector cannot see it.`);
  }

  #entry(
    bytes: Buffer,
    start: number,
    end: number,
    name: ChangedName,
    unfinished: Unfinished[],
  ): readonly CSEntryChange[] {
    const entry = this.#reader.read(bytes, start, end);
    if (entry === undefined) return [];
    this.#told.add(keyOf(name.dn));
    this.#changed.tell(entry);
    for (const remainder of this.#reader.remainders) unfinished.push({ dn: name.dn, remainder });
    const isNew = this.#knownByName.has(entry.objectType) ? !name.known : name.added;
    return [{ ...entry, objectModificationType: isNew ? 'Add' : 'Replace' }];
  }

  async #factsOf(dn: string): Promise<Facts | undefined> {
    let facts: Facts | undefined;
    await this.#look(dn, everything, (bytes, start, end) => {
      facts = this.#facts.read(bytes, start, end);
    });
    return facts;
  }

  /** @returns whether there may be an entry of that name, also one that is not what is looked for */
  async #look(
    dn: string,
    filter: Filter,
    onEntry: (bytes: Buffer, start: number, end: number) => void,
  ): Promise<boolean> {
    const { context, connection, signal } = this.#reading;
    const request = { base: dn, scope: 'base', filter, attributes: this.#plan.requested } as const;
    const result = await connection.search(request, { onEntry }, signal);
    if (result.code === resultCode.noSuchObject) return false;
    if (result.code === resultCode.referral) {
      throw fullImportRequired(`"${dn}" was changed, and is now held by another server.`);
    }
    assertComplete(context, result, dn, 0);
    return true;
  }

  #named(dn: string): readonly CSEntryChange[] {
    const { context } = this.#reading;
    return this.#plan.types.filter(isKnownByName).flatMap((type) => departure(context, type, () => keyOf(dn)) ?? []);
  }

  #isOfSelectedType(facts: Facts): boolean {
    const { schema } = this.#reading.context;
    const types = this.#plan.types.map(({ name }) => name);
    return objectTypeIndex(schema, types, facts.texts('objectclass')) !== -1;
  }

  /** @param byName whether the types that are known by their name are meant too */
  #departures(facts: Facts, byName = true): readonly CSEntryChange[] {
    const { context } = this.#reading;
    const departures = this.#plan.types
      .filter((type) => byName || !isKnownByName(type))
      .flatMap((type) => departure(context, type, facts.value) ?? []);
    for (const entry of departures) this.#changed.tell(entry);
    return departures;
  }

  /** A renamed entry may be gone again: then a later record tells so. */
  async #next(pages: AsyncGenerator<void, void, undefined>): Promise<boolean> {
    try {
      return (await pages.next()).done !== true;
    } catch (error) {
      if (isProblem(error, 'LDAP_BASE_MISSING')) return false;
      if (isProblem(error, 'LDAP_REFERRAL')) throw fullImportRequired(error.detail);
      throw error;
    }
  }

  async #finish(unfinished: readonly Unfinished[]): Promise<void> {
    const { context, connection, signal } = this.#reading;
    for (const { dn, remainder } of unfinished) {
      await readRemainder(context, connection, this.#reader, dn, remainder, signal);
    }
  }
}

interface Unfinished {
  readonly dn: string;
  readonly remainder: Remainder;
}

function* inGroups<T>(all: Iterable<T>, size: number): Generator<readonly T[], void, undefined> {
  let group: T[] = [];
  for (const one of all) {
    group.push(one);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
