import { netTypes } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from '../values/instance.ts';
import type { Value } from '../values/value.ts';
import type { ErrorCategory } from './category.ts';
import type { InvocationInfo } from './invocation-info.ts';
import type { NetException } from './net-exception.ts';

/** `System.Management.Automation.ErrorRecord`. */
export class ErrorRecord extends Instance {
  readonly exception: NetException;
  /** The part before the comma of `FullyQualifiedErrorId`. */
  readonly errorId: string;
  readonly category: ErrorCategory;
  readonly target: Value;
  /** Overrides of `CategoryInfo` and of the message shown (`ErrorDetails`). */
  activity: string | undefined;
  reason: string | undefined;
  targetName: string | undefined;
  targetTypeName: string | undefined;
  details: { message: string; recommendedAction: string } | undefined;
  /** Where it happened; filled by the statement or command that ran. */
  invocation: InvocationInfo | undefined;
  scriptStackTrace: string | undefined;
  /** The part after the comma: the command that wrote it. `undefined` while no command did, which leaves the id alone. */
  commandName: string | undefined;

  constructor(exception: NetException, errorId: string, category: ErrorCategory, target: Value = null) {
    super();
    this.exception = exception;
    this.errorId = errorId;
    this.category = category;
    this.target = target;
  }

  get type(): NetType {
    return netTypes.errorRecord;
  }

  get fullyQualifiedErrorId(): string {
    return this.commandName === undefined ? this.errorId : `${this.errorId},${this.commandName}`;
  }

  /** A record that says the same of another exception: what `catch` and rethrowing make. */
  withException(exception: NetException): ErrorRecord {
    const copy = new ErrorRecord(exception, this.errorId, this.category, this.target);
    copy.activity = this.activity;
    copy.reason = this.reason;
    copy.targetName = this.targetName;
    copy.targetTypeName = this.targetTypeName;
    copy.details = this.details;
    copy.invocation = this.invocation;
    copy.scriptStackTrace = this.scriptStackTrace;
    copy.commandName = this.commandName;
    return copy;
  }
}
