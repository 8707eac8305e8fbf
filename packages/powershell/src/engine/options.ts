import type { TlsTrust } from '@joinery/runtime';
import type { Clock } from '@joinery/runtime/clock';
import type { Profile, StreamName } from '../sandbox/protocol.ts';
import type { RunLimits } from '../sandbox/run-budget.ts';
import type { HostGrant } from '../world/granted-hosts.ts';
import type { Grant } from '../world/granted-paths.ts';
import type { EngineError, EngineValue } from './value.ts';

/**
 * What the scripts of an engine may do and find.
 * @property profile `connector`: everything that is granted; `mapping`: data and expressions only, no files
 * @property roots folders and files that scripts may use; none where absent
 * @property hosts hosts that scripts may talk to, each at a port; none where absent
 * @property trust whose certificates the hosts may have, in place of Node's list of public CAs: see `tlsTrust` of the runtime
 * @property location the current location of every run, an absolute path that need not be granted; the first root where absent
 * @property environment what `$env:` holds at the start; nothing of this program's own comes along
 * @property program the entry of the process that runs scripts: a module that calls `serveScripts` with what it registers; the
 *   language's own where absent
 * @property settings what the types that `program` registers ask for by name: each says which
 * @property variables global variables of every run
 * @property modules absolute paths of modules that every run imports
 * @property limits what one invocation may use
 */
export interface EngineOptions {
  readonly program?: URL;
  readonly profile?: Profile;
  readonly roots?: readonly Grant[];
  readonly hosts?: readonly HostGrant[];
  readonly trust?: TlsTrust;
  readonly location?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, EngineValue>> | ReadonlyMap<string, EngineValue>;
  readonly settings?: Readonly<Record<string, EngineValue>>;
  readonly modules?: readonly string[];
  readonly limits?: Partial<RunLimits>;
  readonly clock?: Clock;
}

/** A script with the file that it was read from: errors name it, and `$PSScriptRoot` is its folder. */
export interface Script {
  readonly text: string;
  readonly file?: string;
}

/**
 * @property arguments positional ones
 * @property underscore `$_` of the script
 * @property onStream told of errors, warnings and the rest as they are written; must not take long
 * @property limits in place of the engine's
 */
export interface InvokeOptions {
  readonly signal?: AbortSignal;
  readonly arguments?: readonly EngineValue[];
  readonly underscore?: EngineValue;
  readonly onStream?: (event: StreamEvent) => void;
  readonly limits?: Partial<RunLimits>;
}

/** What a script wrote to another stream than its output. */
export type StreamEvent =
  | { readonly stream: 'error'; readonly error: EngineError }
  | {
      readonly stream: Exclude<StreamName, 'error'>;
      readonly text: string;
      /** What was written; differs from `text` for `Write-Information` of objects. */
      readonly value: EngineValue;
      readonly tags: readonly string[];
    };
