import type { Output } from './output.ts';
import type { SecretSource } from './secret-line.ts';

/** What every command gets besides its own words. */
export interface CommandContext {
  readonly output: Output;
  /** Aborted by SIGINT and SIGTERM: a command ends what it started and returns. */
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  readonly stdin: SecretSource;
}

/** Makes the context once the options are known: `--json` decides how a command speaks. */
export type ContextFor = (options: { readonly json?: boolean }) => CommandContext;
