import type { InvocationInfo } from '../errors/invocation-info.ts';
import type { Source } from '../syntax/source.ts';
import type { Value } from '../values/value.ts';
import type { Output } from './output.ts';
import type { Scope } from './scope.ts';
import type { Session } from './session.ts';
import type { Streams } from './streams.ts';
import type { Variable } from './variable.ts';

/**
 * One run of one compiled block: what its closures need at hand. Sub-expressions and redirections make a frame of their
 * own with another `out` by `Object.create`-free copying; everything else is shared.
 *
 * @property locals variables of `scope` that the block's code has met, by the slot the compiler gave each name. An entry
 *   counts only while `alive`; a name not met yet is looked up through the scopes.
 */
export interface Frame {
  readonly session: Session;
  readonly source: Source;
  scope: Scope;
  locals: (Variable | undefined)[];
  out: Output;
  streams: Streams;
  /** `$MyInvocation` of the function or script that runs. */
  readonly invocation: InvocationInfo | undefined;
  /** `$args`, `$input`, `$PSCmdlet` and the like of the function that runs; see `invocation-state`. */
  readonly function: FunctionState | undefined;
  /** How many `try` or `trap` blocks are around, callers included: over 0, a statement error looks for a handler. */
  handlers: number;
}

/** What a running function, script or script block knows of its call. */
export interface FunctionState {
  args: Value[];
  boundParameters: Map<string, Value>;
  /** `$PSCmdlet` of an advanced function. */
  cmdlet: Value;
  input: Value;
}

/** How a statement ended. `label` of a break or continue is left in `session.pendingLabel`; the value of a return was written already. */
export const Completion = { normal: 0, break: 1, continue: 2, return: 3, exit: 4 } as const;
export type Completion = (typeof Completion)[keyof typeof Completion];

/** A compiled expression: its value; errors are thrown as `Thrown`. */
export type Evaluate = (frame: Frame) => Value;

/** A compiled statement: writes its output to `frame.out`. */
export type Execute = (frame: Frame) => Completion;
