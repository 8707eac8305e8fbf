import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';
import type { Value } from './value.ts';

/** `System.Management.Automation.SteppablePipeline`: a pipeline that script code drives step by step. */
export abstract class SteppablePipeline extends Instance {
  abstract begin(expectsInput: boolean, cmdlet: Value): void;
  /** AutomationNull runs `process` without an object. */
  abstract process(value: Value): Value;
  abstract end(): Value;
  abstract clean(): void;

  get type(): NetType {
    return namedType('System.Management.Automation.SteppablePipeline');
  }
}
