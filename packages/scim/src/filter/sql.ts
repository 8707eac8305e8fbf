import { problem } from '@joinery/problems';
import type { AttributePath } from '../schema/attribute-path.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import type { Operand, Predicate, PredicateOperator } from './predicate.ts';

export type SqlDialect = 'postgres' | 'sqlite';
export type SqlParameter = string | number | bigint | boolean;

/** SQL expressions over the values of one attribute. They come from the store's code, never from a request. */
export interface SqlColumn {
  /** Holds {@link comparisonKey} of the value: folded text, sortable instant, number or boolean. */
  readonly key: string;
  /** Holds the text as it is, for case-exact comparison; by default `key`, which is right for case-exact attributes. */
  readonly exact?: string;
}

/** Where a store keeps an attribute. */
export type SqlLocation =
  /** A single-valued attribute or sub-attribute in a column of the resource's own row. */
  | { readonly kind: 'column'; readonly column: SqlColumn }
  /** A multi-valued attribute in a table of its own. */
  | {
      readonly kind: 'rows';
      /** The table and its alias, e.g. `member m`. */
      readonly from: string;
      /** The column of that table which names the resource, e.g. `m.group_id`. */
      readonly owner: string;
      /** The resource's own key, e.g. `g.id`. */
      readonly of: string;
      /** Columns by the name of the sub-attribute; `value` for an attribute that is not complex. */
      readonly columns: Readonly<Record<string, SqlColumn>>;
      /** Columns that must have these values, such as the tenant's, which leads the table's index. */
      readonly within?: Readonly<Record<string, SqlParameter>>;
    }
  /** The shadow document of the resource in a JSON column (`jsonb` in PostgreSQL), see {@link shadowDocument}. */
  | { readonly kind: 'document'; readonly document: string };

/**
 * The caller's map from attributes to columns.
 * It is asked for single-valued attributes and their sub-attributes by their own path, for multi-valued ones by the path of
 * the whole attribute. Undefined: the store does not keep the attribute, so it is absent everywhere.
 */
export type SqlColumns = (path: AttributePath) => SqlLocation | undefined;

export interface SqlCondition {
  readonly sql: string;
  readonly params: readonly SqlParameter[];
}

/**
 * A predicate as an SQL condition with bound parameters. The condition folds nothing: databases disagree on letter case
 * beyond ASCII, so stores keep comparison keys in shadow columns. It may be NULL where the predicate is false.
 * @param firstParameter number of the first placeholder in PostgreSQL, for conditions within a larger statement
 * @throws SCIM_FILTER_UNSUPPORTED when the store keeps no exact text of an attribute that is compared case-exactly
 */
export function predicateToSql(
  predicate: Predicate,
  dialect: SqlDialect,
  columns: SqlColumns,
  firstParameter = 1,
): SqlCondition {
  const writer = new ConditionWriter(dialect, columns, firstParameter);
  const sql = writer.condition(predicate, undefined);
  return { sql, params: writer.params };
}

/** Where relative paths are read from: an element of a multi-valued attribute. */
interface ElementScope {
  readonly path: AttributePath;
  readonly column: (sub: AttributeDefinition | undefined) => SqlExpression | undefined;
}

interface SqlExpression {
  readonly kind: 'column' | 'document';
  readonly key: string;
  readonly exact: string | undefined;
  readonly leaf: AttributeDefinition;
}

class ConditionWriter {
  readonly params: SqlParameter[] = [];
  readonly #dialect: SqlDialect;
  readonly #columns: SqlColumns;
  readonly #first: number;
  #aliases = 0;

  constructor(dialect: SqlDialect, columns: SqlColumns, first: number) {
    this.#dialect = dialect;
    this.#columns = columns;
    this.#first = first;
  }

  condition(predicate: Predicate, scope: ElementScope | undefined): string {
    switch (predicate.kind) {
      case 'constant':
        return predicate.value ? 'TRUE' : 'FALSE';
      case 'and':
      case 'or':
        return `(${predicate.operands.map((each) => this.condition(each, scope)).join(` ${predicate.kind.toUpperCase()} `)})`;
      case 'not':
        // Conditions without NOT are monotone, so NULL for false goes through AND and OR unharmed and is settled here.
        return `NOT coalesce(${this.condition(predicate.operand, scope)}, FALSE)`;
      case 'present':
        return this.#leaf(predicate.path, scope, (column) =>
          isText(predicate.path) ? `${column.key} <> ''` : `${column.key} IS NOT NULL`,
        );
      case 'compare':
        return this.#leaf(predicate.path, scope, (column) =>
          this.#compare(column, predicate.operator, predicate.operand),
        );
      case 'element':
        return this.#elements(predicate.path, (inner) => this.condition(predicate.where, inner));
    }
  }

  #leaf(path: AttributePath, scope: ElementScope | undefined, write: (column: SqlExpression) => string): string {
    if (scope !== undefined) {
      const column = scope.column(path === scope.path ? undefined : path.leaf);
      return column === undefined ? 'FALSE' : write(column);
    }
    const list = path.leaf.multiValued ? path : path.parent?.leaf.multiValued === true ? path.parent : undefined;
    if (list !== undefined) {
      return this.#elements(list, (inner) => {
        const column = inner.column(path === list ? undefined : path.leaf);
        return column === undefined ? 'FALSE' : write(column);
      });
    }
    const location = this.#columns(path);
    if (location?.kind === 'column') {
      return write({ kind: 'column', key: location.column.key, exact: location.column.exact, leaf: path.leaf });
    }
    if (location?.kind === 'document') return write(this.#extract(location.document, path.steps, path.leaf));
    return 'FALSE';
  }

  #elements(path: AttributePath, write: (scope: ElementScope) => string): string {
    const location = this.#columns(path);
    if (location?.kind === 'rows') {
      const column = (sub: AttributeDefinition | undefined): SqlExpression | undefined => {
        const found = location.columns[sub?.name ?? 'value'];
        return found === undefined
          ? undefined
          : { kind: 'column', key: found.key, exact: found.exact, leaf: sub ?? path.leaf };
      };
      const within = Object.entries(location.within ?? {}).map(
        ([name, value]) => `${name} = ${this.#bind(value)} AND `,
      );
      return `${location.of} IN (SELECT ${location.owner} FROM ${location.from} WHERE ${within.join('')}${write({ path, column })})`;
    }
    if (location?.kind !== 'document') return 'FALSE';
    this.#aliases += 1;
    const alias = `element${this.#aliases}`;
    const from = this.#elementsOf(location.document, path, alias);
    const column = (sub: AttributeDefinition | undefined): SqlExpression =>
      sub === undefined ? this.#item(`${alias}.value`, path.leaf) : this.#extract(`${alias}.value`, [sub.name], sub);
    return `EXISTS (SELECT 1 FROM ${from} WHERE ${write({ path, column })})`;
  }

  #elementsOf(document: string, path: AttributePath, alias: string): string {
    if (this.#dialect === 'sqlite') return `json_each(${document}, ${this.#bind(sqlitePath(path.steps))}) AS ${alias}`;
    const list = `jsonb_extract_path(${document}, ${path.steps.map((step) => this.#bind(step)).join(', ')})`;
    return `jsonb_array_elements(${list}) AS ${alias}(value)`;
  }

  /** A simple element of a shadow document's list. */
  #item(document: string, leaf: AttributeDefinition): SqlExpression {
    const key = this.#dialect === 'sqlite' ? document : `(${document} #>> '{}')`;
    return { kind: 'document', key: this.#cast(key, leaf), exact: undefined, leaf };
  }

  #extract(document: string, steps: readonly string[], leaf: AttributeDefinition): SqlExpression {
    const text =
      this.#dialect === 'sqlite'
        ? `json_extract(${document}, ${this.#bind(sqlitePath(steps))})`
        : `jsonb_extract_path_text(${document}, ${steps.map((step) => this.#bind(step)).join(', ')})`;
    return { kind: 'document', key: this.#cast(text, leaf), exact: undefined, leaf };
  }

  /** PostgreSQL reads JSON as text; numbers and booleans are cast back. SQLite's values keep their type. */
  #cast(expression: string, { type }: AttributeDefinition): string {
    if (this.#dialect === 'sqlite') return expression;
    if (type === 'integer' || type === 'decimal') return `(${expression})::numeric`;
    return type === 'boolean' ? `(${expression})::boolean` : expression;
  }

  #compare(column: SqlExpression, operator: PredicateOperator, operand: Operand): string {
    const subject = this.#subject(column, operand);
    switch (operator) {
      case 'co':
        return this.#dialect === 'sqlite'
          ? `instr(${subject}, ${this.#bind(operand.key)}) > 0`
          : `strpos(${subject}, ${this.#bind(operand.key)}) > 0`;
      case 'sw':
        return this.#dialect === 'sqlite'
          ? `substr(${subject}, 1, ${this.#bind(codePoints(operand.key))}) = ${this.#bind(operand.key)}`
          : `starts_with(${subject}, ${this.#bind(operand.key)})`;
      case 'ew':
        if (operand.key === '') return `${subject} IS NOT NULL`;
        return this.#dialect === 'sqlite'
          ? `substr(${subject}, ${this.#bind(-codePoints(operand.key))}) = ${this.#bind(operand.key)}`
          : `right(${subject}, ${this.#bind(codePoints(operand.key))}::int) = ${this.#bind(operand.key)}`;
      case 'eq':
        return `${subject} = ${this.#bindTyped(column, operand)}`;
      default:
        return `${subject}${this.#collation(operand)} ${sqlOrder[operator]} ${this.#bindTyped(column, operand)}`;
    }
  }

  #subject(column: SqlExpression, operand: Operand): string {
    if (operand.type !== 'string' || operand.folded || column.leaf.caseExact) return column.key;
    if (column.exact !== undefined) return column.exact;
    throw problem(
      'SCIM_FILTER_UNSUPPORTED',
      `'${column.leaf.name}' can only be compared without regard to case here.`,
      {
        place: 'filter',
      },
    );
  }

  /** Text and sortable instants compare by code point, as in memory. SQLite does so by itself. */
  #collation(operand: Operand): string {
    const text = operand.type === 'string' || operand.type === 'instant';
    return text && this.#dialect === 'postgres' ? ' COLLATE "C"' : '';
  }

  #bindTyped(column: SqlExpression, operand: Operand): string {
    const placeholder = this.#bind(operand.key);
    return column.kind === 'document' && operand.type === 'number' && this.#dialect === 'postgres'
      ? `${placeholder}::numeric`
      : placeholder;
  }

  #bind(value: SqlParameter): string {
    // SQLite has no booleans to bind.
    this.params.push(typeof value === 'boolean' && this.#dialect === 'sqlite' ? Number(value) : value);
    return this.#dialect === 'sqlite' ? '?' : `$${this.#first + this.params.length - 1}`;
  }
}

const sqlOrder = { gt: '>', ge: '>=', lt: '<', le: '<=' } as const;

function isText({ leaf }: AttributePath): boolean {
  return leaf.type === 'string' || leaf.type === 'reference' || leaf.type === 'binary';
}

function codePoints(key: Operand['key']): number {
  return [...String(key)].length;
}

function sqlitePath(steps: readonly string[]): string {
  const quoted = steps.map((step) => {
    // SQLite's JSON paths have no escape for a quotation mark within a quoted name.
    if (step.includes('"')) {
      throw problem('SCIM_FILTER_UNSUPPORTED', `The attribute '${step}' cannot be searched because of its name.`);
    }
    return `."${step}"`;
  });
  return `$${quoted.join('')}`;
}
