import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { problem } from '@joinery/problems';
import type { Clock, Random } from '@joinery/runtime';
import {
  type AttributePath,
  comparisonKey,
  completeResource,
  isList,
  isObject,
  type ListPage,
  type ListQuery,
  member,
  parseJson,
  predicateToSql,
  printJson,
  type ResourceChange,
  type ResourceMeta,
  type ResourceType,
  type ScimCall,
  type ScimObject,
  type ScimStorage,
  type ScimValue,
  type StoredResource,
  sameVersion,
  serialiseResource,
  shadowDocument,
} from '@joinery/scim';
import { columnsOf, layoutOf, orderBy, type TypeLayout } from './layout.ts';

export interface SqliteStorageOptions {
  /** The database file, which does not exist yet, or `:memory:`. */
  readonly file: string;
  readonly types: readonly ResourceType[];
  readonly clock: Clock;
  readonly random: Random;
}

/** Statements kept prepared; a client's filters have few shapes. */
const keptStatements = 200;

/**
 * A SCIM store on one SQLite file, made for this run: resources as text, their comparison keys beside them.
 * SQLite answers in the caller's thread, so a filter without an index holds up the others while it looks at every resource.
 */
export class SqliteStorage implements ScimStorage {
  readonly database: DatabaseSync;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #layouts: ReadonlyMap<ResourceType, TypeLayout>;
  readonly #statements = new Map<string, StatementSync>();

  constructor({ file, types, clock, random }: SqliteStorageOptions) {
    this.#clock = clock;
    this.#random = random;
    this.database = new DatabaseSync(file);
    // The file lives no longer than the process: nothing has to survive a power cut.
    this.database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000');
    this.#layouts = new Map(types.map((type, index) => [type, layoutOf(type, index)]));
    for (const { ddl } of this.#layouts.values()) this.database.exec(ddl);
  }

  close(): void {
    this.database.close();
  }

  /** @throws SCIM_SCHEMA_INVALID for a type that the storage was not made for */
  layout(type: ResourceType): TypeLayout {
    const layout = this.#layouts.get(type);
    if (layout !== undefined) return layout;
    throw problem('SCIM_SCHEMA_INVALID', `The storage was not made for the type ${type.name}.`);
  }

  async get(type: ResourceType, id: string): Promise<StoredResource | undefined> {
    return this.#row(type, id);
  }

  async list(type: ResourceType, query: ListQuery): Promise<ListPage> {
    const layout = this.layout(type);
    const { table } = layout;
    const { predicate, sortBy, startIndex, count } = query;
    const condition = predicate === undefined ? undefined : predicateToSql(predicate, 'sqlite', columnsOf(layout));
    const where = condition === undefined ? '' : ` WHERE ${condition.sql}`;
    const bound = (condition?.params ?? []).map(sqlValue);
    const order = sortBy === undefined ? '' : orderBy(layout, sortBy, query.descending);
    const select = `SELECT json_extract(keys, '$.id') AS id, version, json FROM ${table}`;
    const total = (): number =>
      Number(this.#prepare(`SELECT count(*) AS total FROM ${table}${where}`).get(...bound)?.total);
    if (count === 0) return { totalResults: total(), resources: [] };
    if (predicate === undefined && sortBy === undefined) {
      const totalResults = total();
      const last = this.#prepare(`SELECT max(position) AS last FROM ${table}`).get()?.last;
      if (totalResults === last) {
        // Nothing was ever deleted, so the position is the rank: a page costs the same wherever it begins.
        const page = this.#prepare(`${select} WHERE position >= ? ORDER BY position LIMIT ?`).all(startIndex, count);
        return { totalResults, resources: page.map(storedResource) };
      }
    }
    const rows = this.#prepare(`${select}${where} ORDER BY ${order}position LIMIT ? OFFSET ?`).all(
      ...bound,
      count,
      startIndex - 1,
    );
    const whole = startIndex === 1 && rows.length < count;
    return { totalResults: whole ? rows.length : total(), resources: rows.map(storedResource) };
  }

  async create(type: ResourceType, resource: ScimObject): Promise<StoredResource> {
    const layout = this.layout(type);
    const now = new Date(this.#clock.now()).toISOString();
    const meta = { created: now, lastModified: now, version: versionTag(1) };
    const complete = completeResource({ ...resource, id: this.#random.uuid() }, type, meta);
    return this.#transaction(() => {
      this.#checkUnique(layout, complete, undefined);
      const stored = { id: String(complete.id), version: meta.version, json: serialiseResource(complete, type, meta) };
      const { lastInsertRowid } = this.#prepare(
        `INSERT INTO ${layout.table} (version, json, keys) VALUES (1, ?, ?)`,
      ).run(stored.json, printJson(shadowDocument(complete, type)));
      for (const list of layout.lists) this.#writeList(layout, list.path, Number(lastInsertRowid), complete);
      return stored;
    });
  }

  async update(type: ResourceType, id: string, change: ResourceChange, call: ScimCall): Promise<StoredResource> {
    const layout = this.layout(type);
    return this.#transaction(() => {
      const before = this.#expect(type, id, call);
      const current = parseJson(before.json);
      if (!isObject(current)) throw problem('SCIM_NOT_FOUND', 'The stored resource is not an object.', { place: id });
      const outcome = change.apply(current);
      if (!outcome.changed) return before;
      this.#checkUnique(layout, outcome.resource, before.position);
      const number = before.number + 1;
      const meta: ResourceMeta = {
        created: createdOf(current),
        lastModified: new Date(this.#clock.now()).toISOString(),
        version: versionTag(number),
      };
      const complete = completeResource(outcome.resource, type, meta);
      const json = serialiseResource(complete, type, meta);
      this.#prepare(`UPDATE ${layout.table} SET version = ?, json = ?, keys = ? WHERE position = ?`).run(
        number,
        json,
        printJson(shadowDocument(complete, type)),
        before.position,
      );
      const touched = new Set(outcome.changes.map(({ path }) => path));
      for (const { path } of layout.lists) {
        if (touched.has(path)) this.#writeList(layout, path, before.position, complete);
      }
      return { id, version: meta.version, json };
    });
  }

  async delete(type: ResourceType, id: string, call: ScimCall): Promise<void> {
    const { table, lists } = this.layout(type);
    this.#transaction(() => {
      const { position } = this.#expect(type, id, call);
      for (const list of lists) this.#prepare(`DELETE FROM ${list.table} WHERE owner = ?`).run(position);
      this.#prepare(`DELETE FROM ${table} WHERE position = ?`).run(position);
    });
  }

  /** Runs the work in one transaction; a problem thrown inside leaves nothing behind. */
  #transaction<T>(work: () => T): T {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    }
  }

  #row(type: ResourceType, id: string): Row | undefined {
    const { table, columns } = this.layout(type);
    const column = columns.get(idPath(type));
    const row = this.#prepare(`SELECT position, version, json FROM ${table} WHERE ${column} = ?`).get(id);
    if (row === undefined) return undefined;
    const number = Number(row.version);
    return { id, number, version: versionTag(number), json: String(row.json), position: Number(row.position) };
  }

  /** @throws SCIM_NOT_FOUND, SCIM_PRECONDITION_FAILED */
  #expect(type: ResourceType, id: string, { ifMatch }: ScimCall): Row {
    const row = this.#row(type, id);
    if (row === undefined) throw problem('SCIM_NOT_FOUND', `There is no ${type.name} with this id.`, { place: id });
    if (ifMatch !== undefined && !sameVersion(ifMatch, row.version)) {
      throw problem('SCIM_PRECONDITION_FAILED', `The resource has the version ${row.version}.`, { place: id });
    }
    return row;
  }

  /** @throws SCIM_UNIQUENESS */
  #checkUnique({ table, unique, columns }: TypeLayout, resource: ScimObject, own: number | undefined): void {
    for (const path of unique) {
      const value = valueAt(resource, path.steps);
      const key = value === undefined ? undefined : comparisonKey(value, path.leaf);
      if (key === undefined) continue;
      const other = this.#prepare(`SELECT position FROM ${table} WHERE ${columns.get(path)} = ?`).get(sqlValue(key));
      if (other !== undefined && other.position !== own) {
        throw problem('SCIM_UNIQUENESS', `Another resource has the same ${path.text}.`, { place: path.text });
      }
    }
  }

  #writeList({ lists }: TypeLayout, path: AttributePath, owner: number, resource: ScimObject): void {
    const list = lists.find((each) => each.path === path);
    if (list === undefined) return;
    this.#prepare(`DELETE FROM ${list.table} WHERE owner = ?`).run(owner);
    const elements = valueAt(resource, path.steps);
    if (!isList(elements)) return;
    const places = list.subs.map(() => '?').join(', ');
    const insert = this.#prepare(`INSERT INTO ${list.table} VALUES (?, ${places})`);
    for (const element of elements.filter(isObject)) {
      const keys = list.subs.map((sub) => {
        const value = member(element, sub.name);
        return value === undefined ? null : sqlValue(comparisonKey(value, sub) ?? null);
      });
      insert.run(owner, ...keys);
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size >= keptStatements) this.#statements.clear();
    const statement = this.database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

interface Row extends StoredResource {
  readonly number: number;
  readonly position: number;
}

function storedResource(row: Record<string, unknown>): StoredResource {
  return { id: String(row.id), version: versionTag(Number(row.version)), json: String(row.json) };
}

function versionTag(number: number): string {
  return `W/"${number}"`;
}

function createdOf(current: ScimObject): string {
  const meta = member(current, 'meta');
  return isObject(meta) ? String(meta.created) : '';
}

function idPath(type: ResourceType): AttributePath {
  const path = type.core.find('id');
  if (path === undefined) throw problem('SCIM_SCHEMA_INVALID', `The type ${type.name} has no id.`);
  return path;
}

function valueAt(resource: ScimObject, steps: readonly string[]): ScimValue | undefined {
  let value: ScimValue | undefined = resource;
  for (const step of steps) value = isObject(value) ? member(value, step) : undefined;
  return value;
}

/** SQLite has no booleans to bind. */
function sqlValue(value: string | number | bigint | boolean | null): SQLInputValue {
  return typeof value === 'boolean' ? Number(value) : value;
}
