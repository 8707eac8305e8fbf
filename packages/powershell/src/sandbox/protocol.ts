import type { Wire } from '../engine/wire.ts';
import type { HostGrant } from '../world/granted-hosts.ts';
import type { Grant } from '../world/granted-paths.ts';
import type { RunLimits } from './run-budget.ts';
import type { WebQuestion } from './web-protocol.ts';

/** What may run: scripts as granted, or data and expressions only (`src/mapping`). */
export type Profile = 'connector' | 'mapping';

/** Into the child, one after the other; it answers each in order. */
export type Request =
  /** Makes a runspace. Answered by `done`. */
  | {
      readonly type: 'open';
      readonly run: number;
      readonly profile: Profile;
      readonly grants: readonly Grant[];
      readonly hosts: readonly HostGrant[];
      readonly environment: Readonly<Record<string, string>>;
      /** The current location, an absolute path. */
      readonly location: string;
      readonly variables: readonly (readonly [string, Wire])[];
      /** For registered types. */
      readonly settings: readonly (readonly [string, Wire])[];
      /** Absolute paths of modules that are imported. */
      readonly modules: readonly string[];
      readonly limits: RunLimits;
    }
  /** Runs a script. Answered by any number of `value` and `stream`, and one `done` or `failed`. */
  | {
      readonly type: 'invoke';
      readonly run: number;
      readonly script: string;
      readonly file: string | null;
      readonly parameters: readonly (readonly [string, Wire])[];
      readonly arguments: readonly Wire[];
      /** `$_` of the script. */
      readonly underscore?: Wire;
      readonly limits: RunLimits;
    }
  /**
   * Reads a mapping file, in the mapping profile. Answered by two values, its table and the places of its script blocks (an
   * array of lines and columns, in the order of the file), and `done`; or by `failed`.
   */
  | {
      readonly type: 'mapping';
      readonly run: number;
      readonly script: string;
      readonly file: string | null;
      readonly limits: RunLimits;
    }
  /**
   * Runs the script blocks of the mapping that was read for rows, which are texts and nulls by column. Answered by one value, the
   * array of what the blocks made of each row, and `done`; or by `failed`. What a block made is an array: of its only output
   * where nothing went wrong, else of its outputs, its errors, and whether an error ended it.
   */
  | {
      readonly type: 'rows';
      readonly run: number;
      readonly columns: readonly string[];
      /** The number of the first of the rows, for messages. */
      readonly first: number;
      readonly rows: readonly (readonly (string | null)[])[];
      readonly limits: RunLimits;
    }
  | { readonly type: 'close'; readonly run: number };

export const streamNames = ['error', 'warning', 'verbose', 'debug', 'information', 'progress'] as const;

export type StreamName = (typeof streamNames)[number];

/** Out of the child. */
export type Answer =
  /** Once, before the first request is read. */
  | { readonly type: 'ready' }
  | { readonly type: 'value'; readonly value: Wire }
  | {
      readonly type: 'stream';
      readonly stream: StreamName;
      readonly text: string;
      readonly value: Wire;
      readonly tags: readonly string[];
    }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly failure: Failure }
  /** While a script runs, and before its end: a request that it makes. */
  | WebQuestion;

/** Why a script ended before its end. */
export type Failure =
  /** An error of the script that nothing caught: an `error` value. */
  | { readonly reason: 'script'; readonly error: Wire }
  /** The script does not parse. */
  | { readonly reason: 'parse'; readonly errors: readonly PlacedError[]; readonly file: string | null }
  /** The profile does not let it run. */
  | { readonly reason: 'refused'; readonly errors: readonly PlacedError[]; readonly file: string | null }
  | { readonly reason: 'time' | 'memory' | 'output'; readonly message: string }
  | { readonly reason: 'cancelled'; readonly message: string }
  /** A fault of the engine itself. */
  | { readonly reason: 'fault'; readonly message: string; readonly stack: string };

/** Something wrong at a place of a script; lines and columns count from 1. */
export interface PlacedError {
  readonly id: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** The file descriptors of the child beside the standard three. */
export const channels = { requests: 3, answers: 4, cancel: 5 } as const;
