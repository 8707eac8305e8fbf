import type { Value } from '../values/value.ts';

/**
 * `break`, `continue` or `return` on its way across a call or out of an expression, as JavaScript carries it. Statement
 * lists turn it back into a completion, so that it hits the caller's loop as PowerShell's does.
 * Whoever runs a block whose completion is break or continue throws one.
 */
export class JumpSignal extends Error {
  readonly kind: 'break' | 'continue' | 'return';
  /** The label, empty for the innermost loop. */
  readonly label: string;
  constructor(kind: 'break' | 'continue' | 'return', label: string) {
    super(kind);
    this.kind = kind;
    this.label = label;
  }
}

/** `exit`: ends the script file that runs, or the whole run. */
export class ExitSignal extends Error {
  readonly code: Value;
  constructor(code: Value) {
    super('exit');
    this.code = code;
  }
}
