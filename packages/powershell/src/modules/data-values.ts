import { enumerable } from '../conversion/enumerate.ts';
import { literalValue } from '../conversion/number-literal.ts';
import { isTrue } from '../conversion/truth.ts';
import { NetFailure } from '../errors/raise.ts';
import { Thrown } from '../errors/thrown.ts';
import { unaryOperator } from '../operators/unary.ts';
import type { Session } from '../runtime/session.ts';
import {
  type ExpressionAst,
  type Extent,
  type ScriptBlockExpression,
  type StatementAst,
  typeNameText,
} from '../syntax/tree/index.ts';
import { Hashtable } from '../types/collections/hashtable.ts';
import { getIndex } from '../types/index-access.ts';
import { objectArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';

/** Something in a data file whose value its text alone does not give. */
export class NotData extends Error {
  /** Where it is. */
  readonly node: Extent;
  constructor(node: Extent) {
    super('not data');
    this.node = node;
  }
}

export interface DataOptions {
  /** Keys of one table, and parts of all. */
  readonly limits: { readonly keys: number; readonly nodes: number };
  /** What a script block is. */
  readonly block: (ast: ScriptBlockExpression) => Value;
}

/** Types that data may be cast to, by folded name: the primitive ones. */
export const castsInData: ReadonlySet<string> = new Set(
  'int int32 bool boolean char double single float long int64 byte sbyte int16 short uint16 ushort uint32 uint uint64 ulong'.split(
    ' ',
  ),
);

const constants: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Operators that may stand before data. */
export const operatorsInData: ReadonlySet<string> = new Set(['-', '+', '!', '-not', '-bnot', ',']);

/**
 * The value of data, as `Import-PowerShellDataFile` reads it without running anything: `$( )` is an array as `@( )` is.
 * Throws {@link NotData}.
 */
export function dataValue(node: ExpressionAst, session: Session, options: DataOptions): Value {
  return new DataReader(session, options).value(node);
}

class DataReader {
  readonly #session: Session;
  readonly #options: DataOptions;
  #nodes = 0;

  constructor(session: Session, options: DataOptions) {
    this.#session = session;
    this.#options = options;
  }

  value(node: ExpressionAst): Value {
    switch (node.kind) {
      case 'paren':
        return this.#statement(node.pipeline);
      case 'scriptBlockExpression':
        return this.#options.block(node);
    }
    if (++this.#nodes > this.#options.limits.nodes) throw new NotData(node);
    this.#session.budget.step();
    switch (node.kind) {
      case 'string':
        return node.value;
      case 'constant':
        return literalValue(node.value);
      case 'variable':
        return this.#constant(node);
      case 'expandableString':
        return node.parts.map((part) => this.#text(part)).join('');
      case 'hashtable':
        return this.#table(node);
      case 'arrayLiteral':
        return objectArray(node.elements.map((element) => this.value(element) ?? null));
      case 'arrayExpression':
      case 'subExpression':
        return this.#list(node.body.statements);
      case 'unary':
        if (!operatorsInData.has(node.operator)) throw new NotData(node);
        return this.#attempt(node, () => unaryOperator(node.operator)(this.value(node.operand), this.#session));
      case 'convert':
        return this.#cast(node);
      case 'index':
        if (node.nullConditional) throw new NotData(node);
        return this.#attempt(node, () => getIndex(this.value(node.target), [this.value(node.index)], this.#session));
      case 'ternary':
        return this.value(isTrue(this.value(node.condition)) ? node.ifTrue : node.ifFalse);
      default:
        throw new NotData(node);
    }
  }

  #constant(node: ExpressionAst & { kind: 'variable' }): Value {
    const { scope, name } = node;
    const value = scope === undefined ? constants.get(name.toLowerCase()) : undefined;
    if (value === undefined) throw new NotData(node);
    return value;
  }

  #text(part: string | ExpressionAst): string {
    return typeof part === 'string' ? part : this.#session.text(this.value(part));
  }

  #table(node: ExpressionAst & { kind: 'hashtable' }): Value {
    const { pairs } = node;
    if (pairs.length > this.#options.limits.keys) throw new NotData(node);
    const table = new Hashtable();
    for (const { key, value } of pairs) {
      const name = key.kind === 'string' ? key.value : this.value(key);
      const item = this.#statement(value) ?? null;
      if (name === null || name === undefined || !table.add(name, item)) throw new NotData(key);
    }
    return table;
  }

  #list(statements: readonly StatementAst[]): Value {
    const items = statements.flatMap((statement) => {
      const value = this.#statement(statement);
      return [...(enumerable(value, this.#session) ?? [value ?? null])];
    });
    return objectArray(items);
  }

  #statement(node: StatementAst): Value {
    const [only, second] = node.kind === 'pipeline' && !node.background ? node.elements : [];
    if (only?.kind !== 'commandExpression' || second !== undefined || only.redirections.length > 0)
      throw new NotData(node);
    return this.value(only.expression);
  }

  #cast(node: ExpressionAst & { kind: 'convert' }): Value {
    const name = typeNameText(node.typeName);
    const type = castsInData.has(name.toLowerCase().replace(/^system\./, ''))
      ? this.#session.types.parse(name)
      : undefined;
    if (type === undefined) throw new NotData(node);
    return this.#attempt(node, () => this.#session.convert(this.value(node.operand), type));
  }

  /** What cannot be computed is no data either. */
  #attempt(node: Extent, compute: () => Value): Value {
    try {
      return compute();
    } catch (error) {
      if (error instanceof Thrown || error instanceof NetFailure) throw new NotData(node);
      throw error;
    }
  }
}
