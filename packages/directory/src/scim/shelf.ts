import type { SqlColumns, SqlLocation } from '@joinery/scim';
import { type SQL, sql } from 'drizzle-orm';
import type { ObjectType } from '../tables.ts';
import { byIndex } from './bind-ids.ts';

/** A table of resources as lists see it. The texts are SQL of ours: nothing of a request is ever among them. */
export interface Shelf {
  readonly objectType: ObjectType;
  readonly table: string;
  /** The condition of a row that is shown. */
  readonly live: string;
  /** How many members the resource of a row has. */
  readonly memberCount: string;
  /** Where filters find attributes. */
  columns(tenantId: string): SqlColumns;
  /** Equalities that an index answers, by the text of the attribute. */
  readonly lookups: Readonly<Record<string, Lookup>>;
  /** Those of them that find one resource at most. */
  readonly unique: ReadonlySet<string>;
}

/** The condition that a resource is found by a key. */
export type Lookup = (key: unknown, tenantId: unknown) => SQL;

/** The columns that users and groups have alike, by the text of the attribute. */
export function commonColumns(table: string, objectType: ObjectType): Readonly<Record<string, string>> {
  return {
    id: `${table}.id::text`,
    [byIndex('id')]: `${table}.id`,
    displayName: `${table}.display_name_folded`,
    externalId: `${table}.external_id`,
    'meta.resourceType': `'${objectType}'::text`,
    'meta.created': `${table}.created_key`,
    'meta.lastModified': `${table}.modified_key`,
    'meta.version': `('W/"' || ${table}.version || '"')`,
  };
}

/** Attributes that are not stored: a password never is, and a location is added to the answer. */
const absent: ReadonlySet<string> = new Set(['password', 'meta.location']);

export function locate(
  text: string,
  columns: Readonly<Record<string, string>>,
  table: string,
): SqlLocation | undefined {
  if (absent.has(text)) return undefined;
  const column = Object.hasOwn(columns, text) ? columns[text] : undefined;
  return column === undefined
    ? { kind: 'document', document: `${table}.keys` }
    : { kind: 'column', column: { key: column } };
}

/** The condition that an object is found by a key of `directory_keys`. */
export function keyed({ objectType, table }: Pick<Shelf, 'objectType' | 'table'>, attribute: string): Lookup {
  return (key, tenantId) =>
    sql`${sql.raw(table)}.id IN (SELECT k.object_id FROM directory_keys k WHERE k.tenant_id = ${tenantId} AND k.object_type = ${sql.raw(`'${objectType}'`)} AND k.attribute = ${attribute} AND k.key = ${key})`;
}
