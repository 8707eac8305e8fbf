import type { AttributeDefinition, AttributePath, ResourceType, SqlColumns } from '@joinery/scim';

/** A multi-valued attribute in a table of its own, so that "who has this value" is an index look-up. */
export interface ListTable {
  readonly path: AttributePath;
  readonly table: string;
  /** Its columns: every sub-attribute, so that no filter has to look elsewhere. */
  readonly subs: readonly AttributeDefinition[];
}

/** Where one resource type lives in the database. Every name is made here; nothing of a request becomes SQL text. */
export interface TypeLayout {
  readonly table: string;
  /** Single-valued attributes with an index, and the column that shows each. */
  readonly columns: ReadonlyMap<AttributePath, string>;
  readonly lists: readonly ListTable[];
  readonly unique: readonly AttributePath[];
  readonly ddl: string;
}

/** What clients match by: these get an index; everything else is searched in the shadow document. */
const indexedSingle = ['id', 'externalId', 'userName', 'displayName', 'manager.value'];
const indexedLists = ['emails', 'members'];

/**
 * The tables of a type. `keys` is the shadow document, {@link shadowDocument}; columns are generated from it, so that an
 * index can never disagree with what an unindexed filter finds.
 * @param number distinguishes the types of one database
 */
export function layoutOf(type: ResourceType, number: number): TypeLayout {
  const table = `resource${number}`;
  const find = (name: string): readonly AttributePath[] =>
    [type.core, ...type.extensionSchemas].flatMap((schema) => schema.find(name) ?? []);
  const unique = [type.core, ...type.extensionSchemas]
    .flatMap((schema) => schema.attributes)
    .filter(({ attribute }) => attribute.uniqueness !== 'none' && attribute.name !== 'id');
  const single = new Set([...indexedSingle.flatMap(find), ...unique]);
  const columns = new Map([...single].map((path, index) => [path, `c${index}`]));
  const lists = indexedLists.flatMap((name) =>
    find(name).map((path) => ({ path, table: `${table}_${name}`, subs: path.leaf.subAttributes })),
  );
  const generated = [...columns].map(
    ([path, column]) => `${column} ANY GENERATED ALWAYS AS (json_extract(keys, '${jsonPath(path)}')) VIRTUAL`,
  );
  const ddl = [
    `CREATE TABLE ${table} (${['position INTEGER PRIMARY KEY', 'version INTEGER NOT NULL', 'json TEXT NOT NULL', 'keys TEXT NOT NULL', ...generated].join(', ')}) STRICT`,
    ...[...columns].map(([path, column]) => {
      const kind = unique.includes(path) || path.text === 'id' ? 'UNIQUE INDEX' : 'INDEX';
      return `CREATE ${kind} ${table}_${column} ON ${table} (${column})`;
    }),
    ...lists.flatMap((list) => [
      `CREATE TABLE ${list.table} (owner INTEGER NOT NULL, ${list.subs.map(({ name }) => `"${name}" ANY`).join(', ')}) STRICT`,
      `CREATE INDEX ${list.table}_value ON ${list.table} ("value")`,
      `CREATE INDEX ${list.table}_owner ON ${list.table} (owner)`,
    ]),
  ].join(';\n');
  return { table, columns, lists, unique, ddl };
}

/** The map that `predicateToSql` asks. */
export function columnsOf({ table, columns, lists }: TypeLayout): SqlColumns {
  return (path) => {
    const column = columns.get(path);
    if (column !== undefined) return { kind: 'column', column: { key: `${table}.${column}` } };
    const list = lists.find((each) => each.path === path);
    if (list !== undefined) {
      return {
        kind: 'rows',
        from: list.table,
        owner: `${list.table}.owner`,
        of: `${table}.position`,
        columns: Object.fromEntries(list.subs.map(({ name }) => [name, { key: `${list.table}."${name}"` }])),
      };
    }
    return { kind: 'document', document: `${table}.keys` };
  };
}

/** The order of a list by one attribute; of a multi-valued attribute the primary value counts, else the first (RFC 7644 3.4.2.3). */
export function orderBy({ table, columns }: TypeLayout, path: AttributePath, descending: boolean): string {
  // A complex attribute as a whole has no order.
  if (path.leaf.type === 'complex') return '';
  const list = path.leaf.multiValued ? path : path.parent?.leaf.multiValued === true ? path.parent : undefined;
  const column = columns.get(path);
  let key = column === undefined ? `json_extract(${table}.keys, '${jsonPath(path)}')` : `${table}.${column}`;
  if (list !== undefined) {
    const value = path.sub === undefined ? 'e.value' : `json_extract(e.value, '$."${path.sub.name}"')`;
    const primary = list.leaf.type === 'complex' ? `json_extract(e.value, '$."primary"') IS NOT TRUE, ` : '';
    key = `(SELECT ${value} FROM json_each(${table}.keys, '${jsonPath(list)}') AS e ORDER BY ${primary}e.key LIMIT 1)`;
  }
  return descending ? `${key} DESC NULLS FIRST, ` : `${key} ASC NULLS LAST, `;
}

/** The place of an attribute in the shadow document. The schemas are this program's own: their names hold no quotation mark. */
function jsonPath({ steps }: AttributePath): string {
  return `$${steps.map((step) => `."${step}"`).join('')}`;
}
