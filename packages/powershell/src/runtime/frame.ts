import type { ErrorRecord } from '../errors/error-record.ts';
import type { Source } from '../syntax/source.ts';
import type { Extent } from '../syntax/tree/index.ts';
import type { Instance } from '../values/instance.ts';
import type { Value } from '../values/value.ts';
import type { Output } from './output.ts';
import type { Scope } from './scope.ts';
import type { Session } from './session.ts';
import type { Streams } from './streams.ts';
import type { Variable } from './variable.ts';

/**
 * One run of one compiled block: what its closures need at hand. Sub-expressions and redirections put another `out` or
 * `streams` in for their time and put the old one back.
 *
 * Whoever runs a block makes its frame the running one: `frame.caller = session.frame; session.frame = frame;` and puts
 * `session.frame` back in a `finally`.
 */
export class Frame {
  readonly session: Session;
  readonly source: Source;
  readonly scope: Scope;
  /**
   * Variables of `scope` that the block's code has met, by the slot the compiler gave each name: `scope.slots` itself where
   * the scope was opened for this block. An entry counts only while `alive`; a name not met yet is looked up in the scopes.
   */
  readonly locals: (Variable | undefined)[];
  out: Output;
  streams: Streams;
  /** The frame that runs again when this one is done. */
  caller: Frame | undefined;
  /** The statement or command that runs: where errors are placed. */
  position: Extent | undefined;
  /** How a stack trace names it: `<ScriptBlock>`, or the function. */
  readonly name: string;
  /** What a method returned, whose output goes nowhere. */
  result: Value;
  /** Takes each error that a statement of the frame ends with: `-ErrorVariable` of an advanced function. */
  errorSink: ((record: ErrorRecord) => void) | undefined;
  /** The same of warnings and information: `-WarningVariable`, `-InformationVariable`. */
  recordSink: ((stream: 'warning' | 'information', record: Instance) => void) | undefined;

  constructor(
    session: Session,
    source: Source,
    scope: Scope,
    locals: (Variable | undefined)[],
    out: Output,
    streams: Streams,
    name = '<ScriptBlock>',
  ) {
    this.session = session;
    this.source = source;
    this.scope = scope;
    this.locals = locals;
    this.out = out;
    this.streams = streams;
    this.caller = undefined;
    this.position = undefined;
    this.name = name;
    this.result = undefined;
    this.errorSink = undefined;
    this.recordSink = undefined;
  }
}

/**
 * How a statement ended. The label of a break or continue is left in `session.pendingLabel`; the value of a return was
 * written already. `exit` and whatever crosses a call are exceptions: see `signals.ts`.
 */
export const Completion = { normal: 0, break: 1, continue: 2, return: 3 } as const;
export type Completion = (typeof Completion)[keyof typeof Completion];

/** A compiled expression: its value; errors are thrown as `Thrown`. */
export type Evaluate = (frame: Frame) => Value;

/** A compiled statement: writes its output to `frame.out`. */
export type Execute = (frame: Frame) => Completion;
