import type { Evaluator } from '../evaluation/context.ts';
import type { BoundCall } from './bound-call.ts';
import type { CheckedCall } from './checked-call.ts';

/** What an argument is read as. `Condition` is the one place where a comparison may stand. */
export type ParameterType = 'String' | 'Integer' | 'DateTime' | 'List' | 'Any' | 'Condition' | 'Keyword';

export interface Parameter {
  /** The key on the wire (engine sheet 21.3, starred names; the article's name where the wire name is not published). */
  readonly name: string;
  readonly type: ParameterType;
  /** Other keys that clients use for it: the article's name where the wire differs. */
  readonly aliases?: readonly string[];
  readonly optional?: true;
  /** Takes all further arguments; only the last parameter can. The number is how many there must be at least. */
  readonly repeating?: number;
  /** Repeated keys carry a number on the wire: `rule1`, `rule2`. */
  readonly numbered?: true;
}

/** A function of the language: everything the checker, the compiler, the wire form and the function list need to know of it. */
export interface FunctionDefinition {
  readonly name: string;
  /** One sentence for people who pick a function. */
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  /** An older parameter list, chosen when exactly as many arguments are given as it has parameters. */
  readonly olderParameters?: readonly Parameter[];
  readonly result: 'String' | 'Integer' | 'Boolean' | 'DateTime' | 'List' | 'Any';
  /** Two evaluations of the same source can differ: clock or randomness. */
  readonly volatile?: true;
  /** Findings beyond the declared parameters. */
  check?(call: CheckedCall): void;
  /** Binds the arguments once and returns what runs for every object. */
  bind(call: BoundCall): Evaluator;
}

/** The parameter list that fits a number of arguments. */
export function parametersFor(definition: FunctionDefinition, given: number): readonly Parameter[] {
  const older = definition.olderParameters;
  return older !== undefined && older.length === given ? older : definition.parameters;
}
