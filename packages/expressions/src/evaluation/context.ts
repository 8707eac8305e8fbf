import type { Clock, Random } from '@joinery/runtime';
import type { StepBudget } from '../patterns/step-budget.ts';
import type { SourceAttributes, Value } from '../values/value.ts';

/** What an expression may know besides the source object. */
export interface EvaluationContext {
  readonly clock: Clock;
  readonly random: Random;
  /** The tenant's default domain, for `DefaultDomain()`. */
  readonly defaultDomain?: string;
}

/** The state of one evaluation. */
export interface Scope {
  readonly source: SourceAttributes;
  readonly context: EvaluationContext;
  /** Shared by all regular expressions of the evaluation. */
  readonly budget: StepBudget;
  /** Set by IgnoreFlowIfNullOrEmpty: the attribute leaves the flow, whatever the rest makes of it. */
  dropped: boolean;
}

/** A compiled part of an expression. */
export type Evaluator<T = Value> = (scope: Scope) => T;
