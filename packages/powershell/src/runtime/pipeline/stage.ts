import type { Output } from '../output.ts';

/**
 * One command of a running pipeline. Objects of the command before it arrive by `write`; what it makes goes to the output
 * it was opened with. Whoever runs the pipeline calls the steps in this order.
 */
export interface Stage extends Output {
  /** False once the command itself wrote an error: what `$?` says after the pipeline. */
  readonly succeeded: boolean;
  /** Binds the command line. */
  prepare(): void;
  /** Runs `begin`, unless an object that arrived early did. */
  begin(): void;
  /** Runs `process` once: for the first command where the pipeline has no input. */
  processOnce(): void;
  end(): void;
  /** Runs `clean` and puts back what the command changed around it, whether or not the pipeline failed. */
  clean(): void;
}
