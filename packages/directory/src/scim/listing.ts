import { isProblem, problem } from '@joinery/problems';
import { type ListQuery, type Predicate, predicateToSql } from '@joinery/scim';
import type { Database, Lookup, Queries } from '@joinery/store';
import { type SQL, sql } from 'drizzle-orm';
import type { DirectoryContext } from '../context.ts';
import { parseObjectId } from '../object-id.ts';
import { withParameters } from '../query/condition.ts';
import { bindIds } from './bind-ids.ts';
import { type IndexedEquality, impliedLookups, wholeLookup } from './look-up.ts';
import { preparePosition } from './position.ts';
import type { Shelf } from './shelf.ts';
import { rowOf, type ShelfRow, selectRows } from './shelf-row.ts';
import { orderBy } from './sort.ts';
import type { TenantType } from './tenant-schema.ts';

export interface RowPage {
  readonly total: number;
  readonly rows: readonly ShelfRow[];
}

/** Milliseconds that a filter or an order without an index may take, where nobody says otherwise. */
const defaultSearchMs = 10_000;

/**
 * Reads one shelf. What a list costs:
 * - all of it in its own order: the same for every page, see `position.ts`;
 * - one equality on an indexed attribute: the rows found;
 * - any other filter: every row that the equalities joined to it by `and` leave, which without one is every resource of the tenant; the
 *   same again for the total where the page does not hold it. After its deadline the list is refused;
 * - an order: as a filter, and the sorting.
 */
export class Listing {
  readonly #database: Database;
  readonly #searchMs: number;
  readonly #shelf: Shelf;
  readonly #get: Lookup;
  readonly #page: Lookup;
  readonly #lookups = new Map<string, Lookup>();
  readonly #position: ReturnType<typeof preparePosition>;

  constructor({ database, searchMs = defaultSearchMs }: DirectoryContext, shelf: Shelf) {
    this.#database = database;
    this.#searchMs = searchMs;
    this.#shelf = shelf;
    const { drizzle } = database;
    const [tenantId, id] = [sql.placeholder('tenantId'), sql.placeholder('id')];
    const table = sql.raw(shelf.table);
    const live = sql`${table}.tenant_id = ${tenantId} AND ${sql.raw(shelf.live)}`;
    const name = `directory_scim_${shelf.objectType.toLowerCase()}`;
    this.#get = database.prepareLookup(
      `${name}_get`,
      selectRows(drizzle, shelf).where(sql`${live} AND ${table}.id = ${id}`),
    );
    const first = sql`(SELECT ${table}.id FROM ${table} WHERE ${live} AND ${table}.id >= ${sql.placeholder('leastId')} ORDER BY ${table}.id OFFSET ${sql.placeholder('skip')} LIMIT 1)`;
    const page = selectRows(drizzle, shelf)
      .where(sql`${live} AND ${table}.id >= ${first}`)
      .orderBy(sql`${table}.id`)
      .limit(sql.placeholder('limit'))
      .prepare(`${name}_page`);
    this.#page = async (values) => (await page.execute(values)).map(({ line }) => line);
    Object.entries(shelf.lookups).forEach(([attribute, lookup], index) => {
      const statement = selectRows(drizzle, shelf)
        .where(sql`${live} AND ${lookup(sql.placeholder('key'), tenantId)}`)
        .orderBy(sql`${table}.id`)
        .limit(sql.placeholder('limit'))
        .offset(sql.placeholder('offset'));
      const preparedName = `${name}_lookup_${index}`;
      if (shelf.unique.has(attribute)) {
        this.#lookups.set(attribute, database.prepareLookup(preparedName, statement));
        return;
      }
      const prepared = statement.prepare(preparedName);
      this.#lookups.set(attribute, async (values) => (await prepared.execute(values)).map(({ line }) => line));
    });
    this.#position = preparePosition(drizzle);
  }

  async get(tenantId: string, id: string): Promise<ShelfRow | undefined> {
    // Ids are given out in lower case and are case-exact (RFC 7643 3.1).
    if (parseObjectId(id) !== id) return undefined;
    const [line] = await this.#get({ tenantId, id });
    return line === undefined ? undefined : rowOf(line);
  }

  /** @throws SCIM_FILTER_UNSUPPORTED, DIRECTORY_SEARCH_TOO_COSTLY */
  async list(tenantId: string, tenantType: TenantType, query: ListQuery, signal: AbortSignal): Promise<RowPage> {
    const { predicate = everything, sortBy } = query;
    if (predicate.kind === 'constant' && !predicate.value) return { total: 0, rows: [] };
    if (predicate.kind === 'constant' && sortBy === undefined) return this.#listAll(tenantId, query);
    const whole = sortBy === undefined ? wholeLookup(predicate, this.#shelf, tenantType) : undefined;
    const prepared = whole === undefined ? undefined : this.#lookups.get(whole.path.text);
    if (whole === undefined || whole.custom || prepared === undefined) {
      return this.#search(tenantId, tenantType, query, predicate, signal);
    }
    if (whole.path.text === 'id' && parseObjectId(whole.key) !== whole.key) return { total: 0, rows: [] };
    const { startIndex, count } = query;
    const rows = (await prepared({ tenantId, key: whole.key, limit: count, offset: startIndex - 1 })).map(rowOf);
    const total =
      totalOf(rows.length, query) ?? (await this.#count(this.#database.drizzle, this.#found(tenantId, whole)));
    return { total, rows };
  }

  async #listAll(tenantId: string, { startIndex, count }: ListQuery): Promise<RowPage> {
    const { total, start } = await this.#position(tenantId, this.#shelf.objectType, startIndex - 1);
    const rows = start === undefined || count === 0 ? [] : await this.#page({ tenantId, ...start, limit: count });
    return { total, rows: rows.map(rowOf) };
  }

  /** Page and total by statements of their own, at one point in time and under a deadline. */
  async #search(
    tenantId: string,
    tenantType: TenantType,
    query: ListQuery,
    predicate: Predicate,
    signal: AbortSignal,
  ): Promise<RowPage> {
    const columns = this.#shelf.columns(tenantId);
    const { sql: text, params } = predicateToSql(bindIds(predicate), 'postgres', columns);
    const implied = impliedLookups(predicate, this.#shelf, tenantType).map(({ lookup, key }) => lookup(key, tenantId));
    const condition = sql.join([this.#live(tenantId), ...implied, withParameters(text, params)], sql` AND `);
    const id = sql.raw(`${this.#shelf.table}.id`);
    const order = query.sortBy === undefined ? id : orderBy(query.sortBy, query.descending, columns, id);
    try {
      return await this.#database.transaction(
        async (tx) => {
          const found =
            query.count === 0
              ? []
              : await selectRows(tx, this.#shelf)
                  .where(condition)
                  .orderBy(order)
                  .limit(query.count)
                  .offset(query.startIndex - 1);
          const total = totalOf(found.length, query) ?? (await this.#count(tx, condition));
          return { total, rows: found.map(({ line }) => rowOf(line)) };
        },
        { signal, readOnly: true, isolation: 'repeatable read', statementMs: this.#searchMs },
      );
    } catch (error) {
      if (!isProblem(error, 'STORE_STATEMENT_TIMEOUT') && !isProblem(error, 'STORE_TRANSACTION_TIMEOUT')) throw error;
      throw problem('DIRECTORY_SEARCH_TOO_COSTLY', `The list was not found within ${this.#searchMs / 1_000} seconds.`, {
        place: 'filter',
        cause: error,
      });
    }
  }

  #live(tenantId: string): SQL {
    return sql`${sql.raw(this.#shelf.table)}.tenant_id = ${tenantId} AND ${sql.raw(this.#shelf.live)}`;
  }

  #found(tenantId: string, { lookup, key }: IndexedEquality): SQL {
    return sql`${this.#live(tenantId)} AND ${lookup(key, tenantId)}`;
  }

  async #count(queries: Queries, condition: SQL): Promise<number> {
    const [row] = await queries
      .select({ total: sql<number>`count(*)::integer` })
      .from(sql.raw(this.#shelf.table))
      .where(condition);
    return row?.total ?? 0;
  }
}

const everything: Predicate = { kind: 'constant', value: true };

/** The total where the page tells it: it holds the end of the list. */
function totalOf(found: number, { startIndex, count }: ListQuery): number | undefined {
  const beyond = startIndex > 1 && found === 0;
  return found < count && !beyond ? startIndex - 1 + found : undefined;
}
