import type { AttributePath, SqlColumns } from '@joinery/scim';
import { type SQL, sql } from 'drizzle-orm';

/**
 * The order of a list as SQL (RFC 7644 3.4.2.3): by the primary element of a multi-valued attribute, else its first; what has no value
 * comes last ascending and first descending. Every page of the same list is sorted anew: that is its cost.
 */
export function orderBy(path: AttributePath, descending: boolean, columns: SqlColumns, id: SQL): SQL {
  const location = columns(path);
  const list = path.leaf.multiValued ? path : path.parent?.leaf.multiValued === true ? path.parent : undefined;
  let key: SQL = sql`NULL::text`;
  if (location?.kind === 'column') key = sql.raw(location.column.key);
  else if (location?.kind === 'document' && list === undefined) key = extract(sql.raw(location.document), path.steps);
  else if (location?.kind === 'document' && list !== undefined) {
    const elements = sql`jsonb_extract_path(${sql.raw(location.document)}, ${steps(list.steps)})`;
    const chosen = sql`coalesce(jsonb_path_query_first(${elements}, '$[*] ? (@.primary == true)'), ${elements} -> 0)`;
    key = path === list ? sql`(${chosen} #>> '{}')` : extract(chosen, path.steps.slice(list.steps.length));
  }
  const { type } = path.leaf;
  const comparable =
    location?.kind === 'document' && (type === 'integer' || type === 'decimal')
      ? sql`(${key})::numeric`
      : type === 'boolean'
        ? sql`(${key})::boolean`
        : sql`(${key}) COLLATE "C"`;
  return sql`${comparable} ${sql.raw(descending ? 'DESC NULLS FIRST' : 'ASC NULLS LAST')}, ${id}`;
}

function extract(document: SQL, names: readonly string[]): SQL {
  return sql`jsonb_extract_path_text(${document}, ${steps(names)})`;
}

function steps(names: readonly string[]): SQL {
  return sql.join(
    names.map((name) => sql`${name}`),
    sql`, `,
  );
}
