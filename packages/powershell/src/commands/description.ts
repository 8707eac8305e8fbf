import type { ErrorRecord } from '../errors/error-record.ts';
import type { InvocationInfo } from '../errors/invocation-info.ts';
import type { Output } from '../runtime/output.ts';
import type { Scope } from '../runtime/scope.ts';
import type { Session } from '../runtime/session.ts';
import type { Streams } from '../runtime/streams.ts';
import type { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';

/**
 * A parameter of a cmdlet as data.
 * @property type a type name as scripts write it: `string[]`, `switch`, `scriptblock`, `int`
 * @property sets names of the parameter sets it is in; all where absent
 */
export interface CmdletParameter {
  readonly name: string;
  readonly type: string;
  readonly aliases?: readonly string[];
  readonly sets?: readonly (string | CmdletParameterSet)[];
  readonly mandatory?: boolean;
  readonly position?: number;
  readonly fromPipeline?: boolean;
  readonly fromPipelineByPropertyName?: boolean;
  readonly fromRemainingArguments?: boolean;
  readonly allowNull?: boolean;
  readonly allowEmptyString?: boolean;
  readonly allowEmptyCollection?: boolean;
  /** A number literal is handed over as the text that was written: `Write-Host 1.50`. */
  readonly numbersAsWritten?: boolean;
  /** One that PowerShell's provider of files adds: a shortened name means the others first. */
  readonly isDynamic?: boolean;
  readonly validate?: CmdletValidation;
  /** Changes an argument before it is bound. What it throws is told as an error of this argument. */
  readonly transform?: (value: Value, session: Session) => Value;
  /** Accepted and without effect, or refused; said by the coverage check. */
  readonly coverage?: Coverage;
}

export interface CmdletParameterSet {
  readonly set: string;
  readonly mandatory?: boolean;
  readonly position?: number;
  readonly fromPipeline?: boolean;
  readonly fromPipelineByPropertyName?: boolean;
  readonly fromRemainingArguments?: boolean;
}

export interface CmdletValidation {
  readonly set?: readonly string[];
  readonly range?: readonly [number, number];
  readonly count?: readonly [number, number];
  readonly notNull?: boolean;
  readonly notNullOrEmpty?: boolean;
  /** Words that mean another parameter's argument at the same position: they are left to it. */
  readonly leaves?: readonly string[];
}

/** How far something agrees with PowerShell; `covered` where absent. `why` is a sentence for the check. */
export type Coverage =
  | { readonly state: 'covered' }
  | { readonly state: 'approximated'; readonly why: string }
  | { readonly state: 'missing'; readonly why: string };

/** A cmdlet as data: bound by the same code as functions. One small file per cmdlet, or per family of near-twins. */
export interface CmdletDescription {
  readonly name: string;
  /** CLR name, which error ids end with: `Microsoft.PowerShell.Commands.GetVariableCommand`. */
  readonly typeName: string;
  /** `Microsoft.PowerShell.Utility`, `.Management`, `.Core`. */
  readonly module: string;
  /** Beside the built-in ones: names that PowerShell has on Windows, where no program of the system has them. */
  readonly aliases?: readonly string[];
  readonly defaultSet?: string;
  readonly supportsShouldProcess?: boolean;
  readonly parameters: readonly CmdletParameter[];
  readonly coverage?: Coverage;
  /** Parameters of PowerShell's that are left out, with the reason that the check gives. */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** Begins one run: state of the run lives in the closure. */
  readonly start: (call: CmdletCall) => CmdletSteps;
}

/** The steps of one run, as `BeginProcessing`, `ProcessRecord`, `EndProcessing`; `clean` runs also after an error. */
export interface CmdletSteps {
  readonly begin?: () => void;
  /** Runs once per pipeline object, once without a pipeline; pipeline parameters are in `call.get` by then. */
  readonly process?: () => void;
  readonly end?: () => void;
  readonly clean?: () => void;
}

/** What a running cmdlet sees. */
export interface CmdletCall {
  readonly session: Session;
  /** The scope of the caller: what `Set-Variable` and `ForEach-Object` act on. */
  readonly scope: Scope;
  readonly invocation: InvocationInfo;
  readonly parameterSet: string;
  /** The bound value, already of its declared type; `undefined` where not bound. Name in its declared case. */
  get(parameter: string): Value;
  has(parameter: string): boolean;
  /** True for a bound switch that is on. */
  isOn(parameter: string): boolean;
  /** Writes one object to the output as it is. */
  write(value: Value): void;
  /** Writes the items of an enumerable, other values as they are. */
  writeAll(value: Value): void;
  readonly output: Output;
  /** A non-terminating error: obeys `-ErrorAction` and `$ErrorActionPreference`. */
  writeError(record: ErrorRecord): void;
  writeWarning(message: string): void;
  writeVerbose(message: string): void;
  writeDebug(message: string): void;
  writeInformation(record: Value, tags: readonly string[]): void;
  /** Obeys `-ProgressAction` and `$ProgressPreference`. */
  writeProgress(record: Value): void;
  /** Throws a statement-terminating error with the cmdlet's name in its id. */
  fail(record: ErrorRecord): never;
  shouldProcess(target: string, action?: string): boolean;
  /** Ends the commands before this one in the pipeline, quietly: `Select-Object -First`. `end` of this one still runs. */
  stopUpstream(): never;
  /** The streams of this call: its caller's, or where redirections of this command send them. Blocks it runs write there. */
  readonly streams: Streams;
  /** `$MyInvocation` of the script or function that called: what `Write-Error` places its record at. */
  readonly callerInvocation: InvocationInfo | undefined;
  /**
   * Makes a script block ready to run many times in the caller's scope, without a scope of its own: `ForEach-Object`,
   * `Where-Object`. Each run sets `$_` (AutomationNull leaves it as it is); output goes to `out`, which is this call's own
   * where left out.
   * @param options `newScope`: with a scope of its own, as calculated properties run
   */
  prepare(block: ScriptBlock, options?: PrepareOptions): (underscore: Value, out?: Output) => void;
}

export interface PrepareOptions {
  readonly newScope?: boolean;
  readonly streams?: Streams;
}
