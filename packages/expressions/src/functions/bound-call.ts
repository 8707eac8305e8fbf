import { type ProblemCode, problem } from '@joinery/problems';
import { readDate } from '../dates/read-date.ts';
import type { Evaluator } from '../evaluation/context.ts';
import { DotNetRegex } from '../patterns/dot-net-regex.ts';
import { placeText } from '../syntax/place.ts';
import type { CallNode, Expression } from '../syntax/tree.ts';
import { readBoolean } from '../values/boolean.ts';
import { readInteger } from '../values/number.ts';
import { printValue } from '../values/print.ts';
import { type DateValue, isDate, isList, type SingleValue, toItems, type Value } from '../values/value.ts';
import { Arguments, constantText } from './arguments.ts';
import type { FunctionDefinition } from './definition.ts';

/**
 * A call whose arguments are compiled. A function asks for each argument by parameter name and in the form it needs, and gets
 * a typed closure; constants are read once, here. Nothing is evaluated that the function does not evaluate.
 */
export class BoundCall extends Arguments {
  readonly #compile: (expression: Expression) => Evaluator;

  constructor(node: CallNode, definition: FunctionDefinition, compile: (expression: Expression) => Evaluator) {
    super(node, definition);
    this.#compile = compile;
  }

  /** Any value, also a list; null for an argument not given. */
  value(name: string): Evaluator {
    const node = this.single(name);
    return node === undefined ? () => null : this.#compile(node);
  }

  /** The repeating parameter's arguments; null for an empty place. */
  values(name: string): Evaluator[] {
    return this.repeated(name).map((node) => (node === undefined ? () => null : this.#compile(node)));
  }

  /** One value: a list of one counts as its item. @throws EXPRESSION_VALUE_TYPE for a list of more */
  one(name: string): Evaluator<SingleValue | null> {
    const evaluate = this.value(name);
    return (scope) => this.#single(evaluate(scope), name);
  }

  /** One value as text, null when absent. @throws EXPRESSION_VALUE_TYPE for a list of more than one */
  text(name: string): Evaluator<string | null> {
    const constant = this.constant(name);
    if (constant !== undefined) return () => constant;
    const evaluate = this.one(name);
    return (scope) => {
      const value = evaluate(scope);
      return value === null ? null : printValue(value);
    };
  }

  /** An integer. @throws EXPRESSION_VALUE_TYPE for anything that is none, null included */
  integer(name: string): Evaluator<bigint> {
    const constant = this.constant(name);
    const known = constant === undefined ? undefined : readInteger(constant);
    if (known !== undefined) return () => known;
    const evaluate = this.one(name);
    return (scope) => {
      const value = evaluate(scope);
      if (typeof value === 'bigint') return value;
      const read = typeof value === 'string' ? readInteger(value) : undefined;
      if (read === undefined) throw this.unreadable(name, value, 'an integer');
      return read;
    };
  }

  /** A count or position as a number; what lies beyond is beyond every text, too. */
  count(name: string): Evaluator<number> {
    const evaluate = this.integer(name);
    return (scope) => {
      const value = evaluate(scope);
      return value > limit ? Number(limit) : value < -limit ? -Number(limit) : Number(value);
    };
  }

  /** A date, or text that spells one, null when absent. @throws EXPRESSION_VALUE_TYPE */
  date(name: string): Evaluator<DateValue | null> {
    const evaluate = this.one(name);
    return (scope) => {
      const value = evaluate(scope);
      if (value === null || value === '' || isDate(value)) return value === '' ? null : value;
      const read = typeof value === 'string' ? readDate(value) : undefined;
      if (read === undefined) throw this.unreadable(name, value, 'a date');
      return read;
    };
  }

  /**
   * A condition: booleans, `true`/`false` in any case, numbers that are not zero. Null is false (proposed in engine sheet 21.5).
   * @throws EXPRESSION_VALUE_TYPE for other text
   */
  condition(name: string): Evaluator<boolean> {
    const evaluate = this.one(name);
    return (scope) => {
      const value = evaluate(scope);
      if (typeof value === 'boolean') return value;
      if (value === null || value === '') return false;
      if (typeof value === 'bigint') return value !== 0n;
      const read = typeof value === 'string' ? readBoolean(value) : undefined;
      if (read === undefined) throw this.unreadable(name, value, 'true or false');
      return read;
    };
  }

  /** All values of a multi-valued attribute; one value is a list of one, null an empty list. */
  list(name: string): Evaluator<readonly SingleValue[]> {
    const evaluate = this.value(name);
    return (scope) => toItems(evaluate(scope));
  }

  /** A .NET regular expression: a constant is compiled now, anything else when it differs from the last one. */
  pattern(name: string): Evaluator<DotNetRegex> {
    const constant = constantText(this.single(name));
    if (constant !== undefined) {
      const regex = new DotNetRegex(constant);
      return () => regex;
    }
    const evaluate = this.text(name);
    let last: { readonly text: string; readonly regex: DotNetRegex } | undefined;
    return (scope) => {
      const text = evaluate(scope) ?? '';
      if (last?.text !== text) last = { text, regex: new DotNetRegex(text) };
      return last.regex;
    };
  }

  /** A problem of this call, at the argument of the parameter where one is named. */
  fault(code: ProblemCode, detail: string, name?: string): Error {
    const node = name === undefined ? this.node : (this.single(name) ?? this.node);
    return problem(code, detail, { place: placeText(node.place) });
  }

  /** The problem for a value that cannot be read. It quotes the value; the compiler takes that back in redacted expressions. */
  unreadable(name: string, value: SingleValue | null, wanted: string): Error {
    const shown = value === null ? 'no value' : JSON.stringify(printValue(value));
    return this.fault(
      'EXPRESSION_VALUE_TYPE',
      `${this.node.name} got ${shown} for ${name}, which is not ${wanted}.`,
      name,
    );
  }

  #single(value: Value, name: string): SingleValue | null {
    if (!isList(value)) return value;
    const [only] = value;
    if (value.length <= 1) return only ?? null;
    throw problem('EXPRESSION_VALUE_TYPE', `${this.node.name} takes one value for ${name} and got ${value.length}.`, {
      place: placeText((this.single(name) ?? this.node).place),
      fix: 'Choose one with Item, or make one text of them with Join.',
    });
  }
}

const limit = 2n ** 31n;
