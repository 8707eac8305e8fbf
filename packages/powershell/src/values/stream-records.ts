import type { InvocationInfo } from '../errors/invocation-info.ts';
import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { Instance } from './instance.ts';
import type { Value } from './value.ts';

const space = 'System.Management.Automation';

/** `WarningRecord`, `VerboseRecord` or `DebugRecord`: a message and where it was written. */
export class MessageRecord extends Instance {
  readonly type: NetType;
  readonly message: string;
  invocation: InvocationInfo | undefined;
  constructor(kind: 'Warning' | 'Verbose' | 'Debug', message: string, invocation?: InvocationInfo) {
    super();
    this.type = namedType(`${space}.${kind}Record`);
    this.message = message;
    this.invocation = invocation;
  }
}

/** `InformationRecord`. Its text is that of `messageData`. */
export class InformationRecord extends Instance {
  messageData: Value;
  source: string;
  readonly tags: string[];
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
  constructor(messageData: Value, source: string, tags: readonly string[], time: number) {
    super();
    this.messageData = messageData;
    this.source = source;
    this.tags = [...tags];
    this.time = time;
  }
  get type(): NetType {
    return namedType(`${space}.InformationRecord`);
  }
}

/** `HostInformationMessage`: what `Write-Host` puts into an InformationRecord. Its text is the message. */
export class HostInformationMessage extends Instance {
  message: string;
  noNewLine: boolean;
  /** Labels of `System.ConsoleColor`. */
  foreground: string | undefined;
  background: string | undefined;
  constructor(message: string, { noNewLine = false, foreground, background }: HostMessageLook = {}) {
    super();
    this.message = message;
    this.noNewLine = noNewLine;
    this.foreground = foreground;
    this.background = background;
  }
  get type(): NetType {
    return namedType(`${space}.HostInformationMessage`);
  }
}

export interface HostMessageLook {
  readonly noNewLine?: boolean;
  readonly foreground?: string | undefined;
  readonly background?: string | undefined;
}

/** `ProgressRecord`. */
export class ProgressRecord extends Instance {
  readonly activityId: number;
  readonly activity: string;
  readonly status: string;
  currentOperation = '';
  parentActivityId = -1;
  percentComplete = -1;
  secondsRemaining = -1;
  isCompleted = false;
  constructor(activityId: number, activity: string, status: string) {
    super();
    this.activityId = activityId;
    this.activity = activity;
    this.status = status;
  }
  get type(): NetType {
    return namedType(`${space}.ProgressRecord`);
  }
}
