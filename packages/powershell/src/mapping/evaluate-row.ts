import { ErrorRecord } from '../errors/error-record.ts';
import { toThrown } from '../errors/to-thrown.ts';
import { Collector, nowhere } from '../runtime/output.ts';
import type { Session } from '../runtime/session.ts';
import { JumpSignal } from '../runtime/signals.ts';
import type { Streams } from '../runtime/streams.ts';
import { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';

/**
 * What a block made of a row.
 * @property outputs what it wrote: nothing, one value or several
 * @property errors what went wrong; an ordinary error ends its statement only, and later ones still ran
 * @property isEnded an error ended the block: it has no outputs then
 */
export interface BlockOutcome {
  readonly outputs: readonly Value[];
  readonly errors: readonly ErrorRecord[];
  readonly isEnded: boolean;
}

/**
 * Runs a block of a mapping for one row, in a scope of its own: what it assigns, no other block sees. A block that gives a
 * single script block means what that one gives (inbound sheet A.5).
 * Throws `BudgetExceeded`.
 */
export function evaluateBlock(session: Session, block: ScriptBlock, row: Value): BlockOutcome {
  const errors: ErrorRecord[] = [];
  const streams: Streams = {
    error: {
      write(record) {
        if (record instanceof ErrorRecord) errors.push(record);
      },
    },
    warning: nowhere,
    verbose: nowhere,
    debug: nowhere,
    information: nowhere,
    progress: nowhere,
  };
  try {
    for (let next = block; ; ) {
      const out = new Collector();
      session.run(next, { newScope: true, underscore: row, out, streams });
      const [only] = out.items;
      if (out.items.length !== 1 || !(only instanceof ScriptBlock))
        return { outputs: out.items, errors, isEnded: false };
      session.budget.step();
      next = only;
    }
  } catch (error) {
    if (error instanceof JumpSignal) return { outputs: [], errors, isEnded: true };
    const thrown = toThrown(error);
    if (thrown === undefined) throw error;
    return { outputs: [], errors: [...errors, thrown.record], isEnded: true };
  } finally {
    session.errors.length = 0;
  }
}
