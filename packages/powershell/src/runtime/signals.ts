import type { Thrown } from '../errors/thrown.ts';
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

/**
 * An error that ends an advanced function by its own `$PSCmdlet`, on its way out of that function: `catch` blocks inside do
 * not see it, `finally` blocks run. The function's runner throws `thrown` to the caller.
 */
export class CommandFailure extends Error {
  /** The `$PSCmdlet` that was told to fail. */
  readonly command: object;
  readonly thrown: Thrown;
  constructor(command: object, thrown: Thrown) {
    super(thrown.message);
    this.command = command;
    this.thrown = thrown;
  }
}
