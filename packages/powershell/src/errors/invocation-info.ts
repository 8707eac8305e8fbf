import type { Source } from '../syntax/source.ts';
import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from '../values/instance.ts';
import type { Value } from '../values/value.ts';

/** What is known of a place or a call; everything else has the value of an error in plain script text. */
export interface InvocationDetails {
  readonly command?: Value;
  readonly invocationName?: string;
  readonly boundParameters?: ReadonlyMap<string, Value>;
  readonly unboundArguments?: readonly Value[];
  readonly pipelineLength?: number;
  readonly pipelinePosition?: number;
  readonly expectingInput?: boolean;
}

const nothingBound: ReadonlyMap<string, Value> = new Map();

/**
 * `System.Management.Automation.InvocationInfo`: what `$MyInvocation` and an error's `InvocationInfo` show: the command and
 * the place in the script that called it.
 * @property command the command's `CommandInfo`, or `undefined` for plain script text
 */
export class InvocationInfo extends Instance {
  readonly source: Source | undefined;
  readonly start: number;
  readonly end: number;
  readonly command: Value;
  readonly invocationName: string;
  boundParameters: ReadonlyMap<string, Value>;
  unboundArguments: readonly Value[];
  readonly pipelineLength: number;
  readonly pipelinePosition: number;
  expectingInput: boolean;
  readonly historyId: number;

  constructor(source: Source | undefined, start: number, end: number, details: InvocationDetails = {}) {
    super();
    this.source = source;
    this.start = start;
    this.end = end;
    this.command = details.command;
    this.invocationName = details.invocationName ?? '';
    this.boundParameters = details.boundParameters ?? nothingBound;
    this.unboundArguments = details.unboundArguments ?? [];
    this.pipelineLength = details.pipelineLength ?? 0;
    this.pipelinePosition = details.pipelinePosition ?? 0;
    this.expectingInput = details.expectingInput ?? false;
    this.historyId = source === undefined ? -1 : 1;
  }

  get type(): NetType {
    return namedType('System.Management.Automation.InvocationInfo');
  }
}
