import { problem } from '@joinery/problems';
import type { Clock, Logger, Redactor } from '@joinery/runtime';
import {
  type AttributePath,
  equality,
  type ListPage,
  type ListQuery,
  type MaybePromise,
  type Operand,
  type Predicate,
  type ResourceChange,
  type ResourceType,
  type ScimCall,
  type ScimObject,
  type ScimStorage,
  type StoredResource,
} from '@joinery/scim';
import { createOrder } from '../export/create.ts';
import { deleteOrder } from '../export/delete.ts';
import type { Exporter } from '../export/exporter.ts';
import { lookBeforeAdd } from '../export/look-before-add.ts';
import { updateOrder } from '../export/update.ts';
import type { WriteContext } from '../export/write-context.ts';
import { lookupKey, type WriteOrder } from '../export/write-order.ts';
import { isIdOf } from '../object/identity.ts';
import { typeOfResource } from '../object/shape.ts';
import type { Schedule } from '../runs/schedule.ts';
import type { IndexEntry } from '../space/reader/calls.ts';
import { etag, rowDigest, type StoredRow, withMeta } from '../space/row.ts';
import { withSpelledDns } from './dn-filter.ts';

export interface StorageOptions extends Omit<WriteContext, 'type'> {
  readonly schedule: Schedule;
  readonly exporter: Exporter;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly redactor: Redactor;
  /** Milliseconds that one look-up may take. */
  readonly callMs: number;
}

/** One connector as the SCIM server sees it: reads from the space, writes through to the target. */
export class ConnectorStorage implements ScimStorage {
  readonly #options: StorageOptions;

  constructor(options: StorageOptions) {
    this.#options = options;
  }

  get(type: ResourceType, id: string, _call: ScimCall): StoredResource | undefined {
    const { schedule, doubts } = this.#options;
    schedule.gate();
    if (doubts.size > 0) doubts.checkId(id);
    const row = this.#row(type.name, id);
    return row === undefined ? undefined : resourceOf(row);
  }

  list(type: ResourceType, asked: ListQuery, call: ScimCall): MaybePromise<ListPage> {
    const { schedule, doubts, shape } = this.#options;
    schedule.gate();
    const query = withSpelledDns(typeOfResource(shape, type.name), asked);
    const { predicate } = query;
    if (predicate?.kind === 'constant' && !predicate.value) return { totalResults: 0, resources: [] };
    const certain = doubts.size === 0 || predicate === undefined || this.#isCertain(type, predicate);
    const direct =
      predicate === undefined || query.sortBy !== undefined ? undefined : this.#direct(type.name, predicate);
    if (direct !== undefined) return this.#sayable(pageOf(direct, query), certain);
    return this.#search(type.name, query, call.signal).then((page) => this.#sayable(page, certain));
  }

  async create(type: ResourceType, resource: ScimObject, call: ScimCall): Promise<StoredResource> {
    this.#options.schedule.gate();
    await lookBeforeAdd({ ...this.#options, ...this.#context(type) }, resource, call.signal);
    const row = await this.#submit(createOrder(this.#context(type), resource), call.signal);
    if (row === null) throw problem('RUNTIME_INTERNAL', 'A created object left nothing in the space.');
    return resourceOf(row);
  }

  async update(type: ResourceType, id: string, change: ResourceChange, call: ScimCall): Promise<StoredResource> {
    this.#options.schedule.gate();
    const order = updateOrder(this.#context(type), id, change, call.ifMatch);
    const row = await this.#submit(order, call.signal);
    if (row !== null) return resourceOf(row);
    // The disable flow has deleted the object; the caller is shown what it asked for, and finds nothing the next time.
    const wanted = order.wanted();
    if (wanted === undefined) throw problem('RUNTIME_INTERNAL', 'An update left nothing to answer with.');
    const version = rowDigest(wanted);
    return { id, version: etag(version), json: withMeta(wanted, version, this.#options.clock.now()) };
  }

  async delete(type: ResourceType, id: string, call: ScimCall): Promise<void> {
    this.#options.schedule.gate();
    await this.#submit(deleteOrder(this.#context(type), id, call.ifMatch), call.signal);
  }

  #row(type: string, id: string): StoredRow | undefined {
    const { shape, space } = this.#options;
    return isIdOf(typeOfResource(shape, type), shape, space, id) ? space.get(id) : undefined;
  }

  #context(type: ResourceType): WriteContext {
    return { ...this.#options, type: typeOfResource(this.#options.shape, type.name) };
  }

  #submit(order: WriteOrder, signal: AbortSignal): Promise<StoredRow | null> {
    const { schedule, exporter } = this.#options;
    return schedule.write(signal, (within) => exporter.submit(order, within));
  }

  /** Nobody can say whether an object in doubt is what was asked for; that there is none must not be said. @throws HOST_OBJECT_IN_DOUBT */
  #sayable(page: ListPage, certain: boolean): ListPage {
    if (page.totalResults === 0 && !certain) this.#options.doubts.checkAll();
    return page;
  }

  async #search(type: string, query: ListQuery, signal: AbortSignal): Promise<ListPage> {
    const { predicate } = query;
    const narrow = predicate === undefined ? undefined : this.#narrow(predicate);
    const { total, rows } = await this.#options.space.search(
      {
        type,
        ...(predicate === undefined || predicate.kind === 'constant' ? {} : { predicate }),
        ...(narrow === undefined ? {} : { narrow }),
        ...(query.sortBy === undefined ? {} : { sortBy: query.sortBy }),
        descending: query.descending,
        offset: query.startIndex - 1,
        limit: query.count,
      },
      signal,
    );
    return { totalResults: total, resources: rows.map(resourceOf) };
  }

  /** The answer to an equality that an index or the id gives, without leaving this thread. */
  #direct(type: string, predicate: Predicate): readonly StoredRow[] | undefined {
    const equal = equality(predicate);
    if (equal === undefined) return undefined;
    const key = keyOf(equal.operand);
    if (key === undefined) return undefined;
    if (equal.path.text === 'id') {
      const row = this.#row(type, key);
      return row === undefined ? [] : [row];
    }
    const found = this.#options.space.findByValue(type, equal.path.text, key);
    if (found === undefined) this.#wantIndex(equal.path);
    return found;
  }

  /** The index entry that one operand of a conjunction, or the equality itself, narrows the search to. */
  #narrow(predicate: Predicate): IndexEntry | undefined {
    for (const part of predicate.kind === 'and' ? predicate.operands : [predicate]) {
      const equal = equality(part);
      const key = equal === undefined ? undefined : keyOf(equal.operand);
      if (equal === undefined || key === undefined) continue;
      const attribute = this.#options.space.indexNumber(equal.path.text);
      if (attribute !== undefined) return { attribute, key };
      this.#wantIndex(equal.path);
    }
    return undefined;
  }

  /** The first filter on an attribute pays a search; the index that it starts serves the next ones. */
  #wantIndex(path: AttributePath): void {
    const { shape, space, logger } = this.#options;
    const attribute = shape.indexable.find(({ name }) => name === path.text);
    if (attribute === undefined) return;
    space
      .ensureIndex(attribute)
      .catch((error: unknown) => logger.error({ error, attribute: path.text }, 'an index could not be built'));
  }

  /**
   * Refuses a question about an object whose last write has no known outcome.
   * @returns whether the filter says which objects it is about, by values that writes in doubt are known by
   * @throws HOST_OBJECT_IN_DOUBT
   */
  #isCertain(type: ResourceType, predicate: Predicate): boolean {
    const { doubts, shape } = this.#options;
    if (predicate.kind === 'and' || predicate.kind === 'or') {
      const certain = predicate.operands.map((operand) => this.#isCertain(type, operand));
      return predicate.kind === 'and' ? certain.includes(true) : !certain.includes(false);
    }
    const equal = equality(predicate);
    const key = equal === undefined ? undefined : keyOf(equal.operand);
    if (equal === undefined || key === undefined) return false;
    const { text } = equal.path;
    if (text === 'id') doubts.checkId(key);
    else doubts.checkKey(lookupKey(text, key));
    return text === 'id' || typeOfResource(shape, type.name).matchable.some(({ name }) => name === text);
  }
}

/** The index key of a filter's constant; instants are compared by time and have none. */
function keyOf(operand: Operand): string | undefined {
  return operand.type === 'instant' ? undefined : String(operand.key);
}

function pageOf(rows: readonly StoredRow[], { startIndex, count }: ListQuery): ListPage {
  return { totalResults: rows.length, resources: rows.slice(startIndex - 1, startIndex - 1 + count).map(resourceOf) };
}

function resourceOf(row: StoredRow): StoredResource {
  return { id: row.id, version: etag(row.version), json: row.json };
}
