import type { Source } from '../syntax/source.ts';
import type { Value } from '../values/value.ts';

/** What `$MyInvocation` and an error's `InvocationInfo` show: the command and the place in the script that called it. */
export interface InvocationInfo {
  /** The command's `CommandInfo`, or `undefined` for plain script text. */
  readonly command: Value;
  readonly invocationName: string;
  readonly source: Source | undefined;
  readonly start: number;
  readonly end: number;
  readonly boundParameters: ReadonlyMap<string, Value>;
  readonly unboundArguments: readonly Value[];
  readonly pipelineLength: number;
  readonly pipelinePosition: number;
  readonly expectingInput: boolean;
  readonly historyId: number;
}
