import type { CmdletDescription } from '../commands/description.ts';
import type { ErrorRecord } from '../errors/error-record.ts';
import type { Thrown } from '../errors/thrown.ts';
import type { OperatorContext } from '../operators/context.ts';
import type { DriveInfo } from '../types/automation/drive-info.ts';
import type { TypeTable } from '../types/table.ts';
import type { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import type { Budget } from './budget.ts';
import type { CmdletCommand, Command, CommandInfo } from './command.ts';
import type { Frame } from './frame.ts';
import type { ModuleInfo } from './module-info.ts';
import type { Output } from './output.ts';
import type { SessionState } from './session-state.ts';
import type { Streams } from './streams.ts';
import type { Variable } from './variable.ts';
import type { WebAccess } from './web-access.ts';

/**
 * One runspace: everything that lives as long as its variables do. It is synchronous and single-threaded; what a script
 * may touch of the machine comes only through `world`.
 */
export interface Session extends OperatorContext {
  readonly global: SessionState;
  readonly types: TypeTable;
  readonly cmdlets: ReadonlyMap<string, CmdletCommand>;
  readonly modules: Map<string, ModuleInfo>;
  readonly world: World;
  readonly budget: Budget;
  /** What the host program tells the types that it registered: see `EngineOptions.settings`. */
  readonly settings: Map<string, Value>;
  /** `$Error`, newest first; at most `$MaximumErrorCount`. */
  readonly errors: Value[];
  /** Where streams go outside of every redirection. */
  readonly streams: Streams;
  /** `$?` */
  lastSucceeded: boolean;
  /** The label of a break or continue on its way as a completion, empty for the innermost loop. */
  pendingLabel: string;
  /** The frame that runs now; its `scope` is the current one. */
  frame: Frame;
  /** True while a `try` or a block with traps is around, callers included: a statement error then looks for that handler. */
  hasHandler: boolean;
  /** What the running `catch` block caught: what a bare `throw` throws again. */
  caught: Thrown | undefined;
  /** Variables with the option AllScope, by folded name: assignments in every scope reach these. */
  readonly allScope: Map<string, Variable>;
  /** The drive that paths without one are on: its location is the current one. */
  drive: DriveInfo;
  /** The last drive of files that was current. */
  readonly fileDrive: DriveInfo;
  /** Its current location, an absolute native path. */
  readonly location: string;

  /** Resolves a command name as PowerShell does: alias, function, cmdlet, script file. */
  findCommand(name: string, state: SessionState): Command | undefined;
  /**
   * Runs a block.
   * @param options `newScope` false runs it in the current scope of its world (dot-sourcing, `ForEach-Object`);
   *   `underscore` sets `$_` for the run; `input` feeds `$input` and `process`; `thisObject` sets `$this`
   */
  run(block: ScriptBlock, options: RunOptions): void;
  /** Puts an error at the head of `$Error`, unless its exception stands there already. */
  addError(record: ErrorRecord): void;
  /** Adds an error to `$Error` and shows it in the error stream of the running frame. */
  report(record: ErrorRecord): void;
  /** Parses text as a script block of a world; a parse error is thrown as `Thrown`, as `Invoke-Expression` has it. */
  parseBlock(text: string, state: SessionState): ScriptBlock;
  register(cmdlet: CmdletDescription): void;
}

export interface RunOptions {
  readonly args?: readonly Value[];
  readonly named?: ReadonlyMap<string, Value>;
  readonly underscore?: Value;
  readonly thisObject?: Value;
  readonly input?: readonly Value[];
  /** What `$MyInvocation.MyCommand` tells of the block. */
  readonly command?: CommandInfo;
  readonly newScope: boolean;
  /** An error of a statement ends the block and is thrown, as if a `try` were around: `.Invoke()`, script methods, sort keys. */
  readonly errorsEnd?: boolean;
  readonly out: Output;
  readonly streams?: Streams;
}

/**
 * The machine as far as a script may see it. Every file access goes through `files`, which checks the granted roots;
 * there is no other way to a file, a host, a process or the environment.
 */
export interface World {
  readonly files: FileAccess;
  readonly hosts: HostAccess;
  readonly web: WebAccess;
  readonly environment: Map<string, string>;
  readonly clock: { now(): number };
  readonly random: { bytes(length: number): Uint8Array };
  /** What may run: see `Profile` of the protocol. */
  readonly profile: 'connector' | 'mapping';
}

/**
 * Files below granted roots. Paths are absolute and native. Each call resolves links first and throws
 * `NetFailure` (`System.UnauthorizedAccessException`) for what lies outside.
 */
export interface FileAccess {
  readText(path: string): string;
  readBytes(path: string): Uint8Array;
  writeBytes(path: string, bytes: Uint8Array, mode: 'create' | 'truncate' | 'append'): void;
  stat(path: string): FileStatus | undefined;
  list(path: string): readonly string[];
  makeDirectory(path: string): void;
  remove(path: string, recursive: boolean): void;
  rename(from: string, to: string): void;
  copy(from: string, to: string): void;
  /** Milliseconds since 1970. */
  setTimes(path: string, times: { readonly accessed: number; readonly modified: number }): void;
  setReadOnly(path: string, readOnly: boolean): void;
  /**
   * Opens a file for a stream.
   * @param mode `existing` reads and writes what is there, `readWrite` makes it where it is not; `write` empties it
   * @param share `none` keeps everybody else of this session from the file until it is closed, as .NET's `FileShare.None`
   */
  open(path: string, mode: OpenMode, share?: 'all' | 'none'): FileHandle;
  /** Closes what scripts left open: at the end of a session. */
  closeAll(): void;
}

export type OpenMode = 'read' | 'write' | 'append' | 'existing' | 'readWrite' | 'createNew';

/**
 * Hosts that were granted. Whatever opens a connection for a script asks here first, with the name and port that it will
 * connect to; a redirect to another host is another connection.
 */
export interface HostAccess {
  /** @param host a name or an address, as it stands in a URL or alone */
  isGranted(host: string, port: number): boolean;
}

export interface FileStatus {
  readonly kind: 'file' | 'directory';
  /** True for a link; everything else is that of what it leads to. */
  readonly isLink: boolean;
  readonly length: number;
  readonly created: number;
  readonly modified: number;
  readonly accessed: number;
  readonly readOnly: boolean;
}

/** An open file. Reads answer fewer bytes than asked for only at its end. */
export interface FileHandle {
  /** At most `length` bytes at `position`; none behind the end. */
  read(length: number, position: number): Uint8Array;
  write(bytes: Uint8Array, position: number): void;
  readonly length: number;
  truncate(length: number): void;
  close(): void;
}
