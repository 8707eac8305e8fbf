import { runtimeError } from '../errors/raise.ts';
import type { Budget } from '../runtime/budget.ts';

/**
 * What one run may use at most.
 * @property milliseconds of wall time
 * @property callDepth calls that are under way at once; beyond it PowerShell's own `CallDepthOverflow` ends the statement
 * @property valueBytes of one text, array or file
 * @property outputBytes of everything that the run writes to its caller, streams included
 */
export interface RunLimits {
  readonly milliseconds: number;
  readonly callDepth: number;
  readonly valueBytes: number;
  readonly outputBytes: number;
}

export type BudgetReason = 'time' | 'memory' | 'output' | 'cancelled';

/** Ends a run that used up its budget. Scripts cannot catch it: it is no `Thrown`. */
export class BudgetExceeded extends Error {
  readonly reason: BudgetReason;
  constructor(reason: BudgetReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Turns between two looks at the clock: cheap against a look, and far below a millisecond of work. */
const stepsPerLook = 1024;

/** `finally` and `clean` blocks get this long after the time is up. */
const graceMilliseconds = 500;

/** The budget of one run. */
export class RunBudget implements Budget {
  readonly #limits: RunLimits;
  readonly #now: () => number;
  readonly #isCancelled: () => boolean;
  #deadline: number;
  #steps = 0;
  #depth = 0;
  #written = 0;

  /**
   * @param now milliseconds of a clock that never goes back
   * @param isCancelled asked a few thousand times a second at most
   */
  constructor(
    limits: RunLimits,
    now: () => number = () => performance.now(),
    isCancelled: () => boolean = () => false,
  ) {
    this.#limits = limits;
    this.#now = now;
    this.#isCancelled = isCancelled;
    this.#deadline = now() + limits.milliseconds;
  }

  step(): void {
    if (++this.#steps < stepsPerLook) return;
    this.#steps = 0;
    this.#look();
  }

  #look(): void {
    const now = this.#now();
    if (now > this.#deadline) {
      this.#deadline = now + graceMilliseconds;
      throw new BudgetExceeded('time', `the script ran longer than ${this.#limits.milliseconds} ms`);
    }
    if (this.#isCancelled()) {
      this.#deadline = now + graceMilliseconds;
      throw new BudgetExceeded('cancelled', 'the run was cancelled');
    }
  }

  enter(): void {
    if (this.#depth >= this.#limits.callDepth) {
      throw runtimeError('CallDepthOverflow', 'The script failed due to call depth overflow.', {
        type: 'System.Management.Automation.ScriptCallDepthException',
        category: 'InvalidOperation',
      });
    }
    this.#depth++;
    this.step();
  }

  leave(): void {
    this.#depth--;
  }

  reserve(bytes: number): void {
    if (bytes > this.#limits.valueBytes) {
      throw new BudgetExceeded('memory', `a value of ${bytes} bytes is over the limit of ${this.#limits.valueBytes}`);
    }
  }

  emit(bytes: number): void {
    this.#written += bytes;
    if (this.#written > this.#limits.outputBytes) {
      throw new BudgetExceeded('output', `the script wrote more than ${this.#limits.outputBytes} bytes`);
    }
    this.step();
  }
}
