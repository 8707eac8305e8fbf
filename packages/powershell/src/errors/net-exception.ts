import type { NetType } from '../types/net-type.ts';
import { Instance } from '../values/instance.ts';
import type { Value } from '../values/value.ts';
import type { ErrorRecord } from './error-record.ts';

/**
 * An exception object of .NET.
 * @property details properties beyond message and inner exception, by CLR name (`ParamName`, `Line`, `FileName` …)
 * @property record the record it belongs to, once one was made (`RuntimeException.ErrorRecord`)
 */
export class NetException extends Instance {
  readonly type: NetType;
  message: string;
  readonly inner: NetException | undefined;
  readonly details: Map<string, Value>;
  record: ErrorRecord | undefined;
  /** Whether a `throw` statement threw it. */
  wasThrown = false;

  constructor(
    type: NetType,
    message: string,
    { inner, details }: { inner?: NetException | undefined; details?: Readonly<Record<string, Value>> } = {},
  ) {
    super();
    this.type = type;
    this.message = message;
    this.inner = inner;
    this.details = new Map(Object.entries(details ?? {}));
  }
}
