import type {
  CloseReason,
  ConnectorTraits,
  CSEntryChange,
  CSEntryChangeResult,
  ExportStep,
  HierarchyNode,
  ImportPage,
  ImportStep,
  LookupQuery,
  Partition,
  PasswordOptions,
  Schema,
  TestReport,
} from '@joinery/connector';
import type { LogFields } from '@joinery/runtime';
import { type Failure, isFailure } from './failure.ts';

/** What a runner is told before anything else: which connector to be. Secrets go this way only, never by argument or environment. */
export interface StartArgument {
  /** URL of the module that exports the kind. */
  readonly module: string;
  readonly kind: string;
  /** Text form of every plain parameter, by declared name; check boxes as `0` and `1`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Clear text of the encrypted parameters that are stored, by declared name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The connector's own working folder. */
  readonly folder: string;
}

/** The optional members of a connector, by which it says what it can. */
export type Member =
  | 'fullImport'
  | 'deltaImport'
  | 'export'
  | 'lookup'
  | 'password'
  | 'changePassword'
  | 'partitions'
  | 'hierarchy';

export interface Started {
  readonly traits: ConnectorTraits;
  readonly members: readonly Member[];
}

/** The contract as messages: every call takes one argument that can be cloned. A run is known by its number. */
export interface RunnerCalls {
  start(argument: StartArgument): Started;
  test(argument: null): TestReport;
  schema(argument: null): Schema;
  fullImport(step: ImportStep): number;
  deltaImport(step: ImportStep): number;
  getEntries(run: number): ImportPage;
  closeImport(argument: { readonly run: number; readonly reason: CloseReason }): { readonly watermark?: string };
  export(step: ExportStep): number;
  putEntries(argument: {
    readonly run: number;
    readonly entries: readonly CSEntryChange[];
  }): readonly CSEntryChangeResult[];
  closeExport(argument: { readonly run: number; readonly reason: CloseReason }): null;
  lookup(query: LookupQuery): readonly CSEntryChange[];
  setPassword(argument: {
    readonly entry: CSEntryChange;
    readonly password: string;
    readonly options: PasswordOptions;
  }): null;
  changePassword(argument: {
    readonly entry: CSEntryChange;
    readonly oldPassword: string;
    readonly newPassword: string;
  }): null;
  partitions(argument: null): readonly Partition[];
  hierarchy(argument: { readonly parent: HierarchyNode | undefined }): readonly HierarchyNode[];
  dispose(argument: null): null;
}

export type CallName = keyof RunnerCalls;
export type Argument<K extends CallName> = Parameters<RunnerCalls[K]>[0];
export type Answer<K extends CallName> = ReturnType<RunnerCalls[K]>;

export interface CallMessage<K extends CallName = CallName> {
  readonly type: 'call';
  readonly call: number;
  readonly name: K;
  readonly argument: Argument<K>;
}

/** Host to runner. */
export type HostMessage = CallMessage | { readonly type: 'abort'; readonly call: number; readonly reason: Failure };

export type LogLevelName = 'debug' | 'info' | 'warn' | 'error';

/**
 * Runner to host. A value is typed by the call's entry in {@link RunnerCalls}, against which both sides are compiled: the runner
 * may post any, and the host takes it as what the call promises.
 */
export type RunnerMessage<Value = never> =
  | { readonly type: 'answer'; readonly call: number; readonly value: Value }
  | { readonly type: 'failure'; readonly call: number; readonly failure: Failure }
  /** The call ended with the reason of its signal, which only the host's side has as the object that it is. */
  | { readonly type: 'aborted'; readonly call: number }
  | { readonly type: 'log'; readonly level: LogLevelName; readonly fields: LogFields; readonly message: string };

const LEVELS: ReadonlySet<unknown> = new Set<LogLevelName>(['debug', 'info', 'warn', 'error']);

function isLine(message: object): boolean {
  const { fields, message: text }: { fields?: unknown; message?: unknown } = message;
  return typeof fields === 'object' && fields !== null && typeof text === 'string';
}

/** True for a message of a runner, by its form; a connector's own code may send other things over the same channel. */
export function isRunnerMessage(message: unknown): message is RunnerMessage {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  switch (message.type) {
    case 'answer':
    case 'aborted':
      return 'call' in message && typeof message.call === 'number';
    case 'failure':
      return (
        'call' in message && typeof message.call === 'number' && 'failure' in message && isFailure(message.failure)
      );
    case 'log':
      return 'level' in message && LEVELS.has(message.level) && isLine(message);
    default:
      return false;
  }
}
