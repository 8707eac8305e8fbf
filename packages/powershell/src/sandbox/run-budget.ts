import { runtimeError } from '../errors/raise.ts';
import type { Thrown } from '../errors/thrown.ts';
import type { Budget } from '../runtime/budget.ts';

/**
 * What one run of a script may use at most.
 * @property milliseconds of time, not counting what the caller takes to receive the output
 * @property callDepth calls that are under way at once; beyond it PowerShell's own `CallDepthOverflow` ends the statement
 * @property valueBytes of one text, array or file
 * @property memoryBytes of the process
 * @property outputBytes of everything that is written to the caller, streams included, and to files
 */
export interface RunLimits {
  readonly milliseconds: number;
  readonly callDepth: number;
  readonly valueBytes: number;
  readonly memoryBytes: number;
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

/** What a budget looks at. */
export interface Gauges {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly memoryBytes: () => number;
  readonly isCancelled: () => boolean;
  /** Called at each look: at least every few milliseconds while a script runs. */
  readonly onLook: () => void;
}

/** Steps between two looks at the clock: next to nothing against what they do, and far below a millisecond. */
const stepsPerLook = 256;
/** Milliseconds between two looks at what costs more than the clock. */
const gaugeMilliseconds = 20;
/** `finally` and `clean` blocks get this long, all together, once the budget is used up. */
const graceMilliseconds = 500;

/** The budget of one run; `begin` starts the next. */
export class RunBudget implements Budget {
  #limits: RunLimits;
  readonly #gauges: Gauges;
  #deadline: number;
  #nextGauge = 0;
  #steps = 0;
  #stepsPerLook = stepsPerLook;
  #depth = 0;
  #written = 0;
  #over: BudgetExceeded | undefined;

  constructor(limits: RunLimits, gauges: Partial<Gauges> = {}) {
    this.#gauges = {
      now: () => performance.now(),
      memoryBytes: () => 0,
      isCancelled: () => false,
      onLook: () => {},
      ...gauges,
    };
    this.#limits = limits;
    this.#deadline = this.#gauges.now() + limits.milliseconds;
  }

  /** Starts anew with a full budget. */
  begin(limits: RunLimits): void {
    this.#limits = limits;
    this.#deadline = this.#gauges.now() + limits.milliseconds;
    this.#nextGauge = 0;
    this.#steps = 0;
    this.#stepsPerLook = stepsPerLook;
    this.#depth = 0;
    this.#written = 0;
    this.#over = undefined;
  }

  /** Milliseconds until the time is over; for what waits elsewhere. */
  left(): number {
    return Math.max(0, this.#deadline - this.#gauges.now());
  }

  /**
   * After a wait elsewhere: looks at everything now.
   * @param excused milliseconds of it that do not count: the caller took them
   */
  resume(excused: number): void {
    this.excuse(excused);
    this.#nextGauge = 0;
    this.look();
  }

  /** Time that does not count: the caller took it. */
  excuse(milliseconds: number): void {
    this.#deadline += milliseconds;
  }

  step(): void {
    if (++this.#steps < this.#stepsPerLook) return;
    this.#steps = 0;
    this.look();
  }

  look(): void {
    const { now, memoryBytes, isCancelled, onLook } = this.#gauges;
    const time = now();
    if (time > this.#deadline) this.#end('time', `It ran longer than ${this.#limits.milliseconds} ms.`);
    if (time < this.#nextGauge) return;
    this.#nextGauge = time + gaugeMilliseconds;
    onLook();
    if (this.#over !== undefined) return;
    if (isCancelled()) this.#end('cancelled', 'It was cancelled.');
    if (memoryBytes() > this.#limits.memoryBytes) {
      this.#end('memory', `It needed more than ${this.#limits.memoryBytes} bytes of memory.`);
    }
  }

  enter(): void {
    if (this.#depth >= this.#limits.callDepth) throw callDepthOverflow();
    this.#depth++;
    this.step();
  }

  leave(): void {
    this.#depth--;
  }

  reserve(bytes: number): void {
    if (bytes > this.#limits.valueBytes) {
      this.#end('memory', `It was about to make a value of ${bytes} bytes; the limit is ${this.#limits.valueBytes}.`);
    }
    // Many large values fill the memory between two looks at the clock.
    if (bytes > 2 ** 20) {
      this.#nextGauge = 0;
      this.look();
    }
  }

  emit(bytes: number): void {
    this.#written += bytes;
    if (this.#written > this.#limits.outputBytes && this.#over === undefined) {
      this.#end('output', `It wrote more than ${this.#limits.outputBytes} bytes.`);
    }
    this.step();
  }

  /**
   * Ends the run for the reason that came first. What it still does, it does in the time of grace; once that is over too,
   * every step ends it, so that blocks in blocks do not each get a time of their own.
   */
  #end(reason: BudgetReason, message: string): never {
    if (this.#over === undefined) {
      this.#over = new BudgetExceeded(reason, message);
      this.#deadline = this.#gauges.now() + graceMilliseconds;
    } else this.#stepsPerLook = 1;
    throw this.#over;
  }
}

/** PowerShell's error for too many calls in calls. */
export function callDepthOverflow(): Thrown {
  return runtimeError('CallDepthOverflow', 'The script failed due to call depth overflow.', {
    category: 'InvalidOperation',
  });
}
