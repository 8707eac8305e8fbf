import type { EvaluationContext } from '@joinery/expressions';
import type { Clock, Logger, Random } from '@joinery/runtime';
import type { ScimClient } from '@joinery/scim';
import type { Database } from '@joinery/store';
import type { CompiledJob } from '../job/compiled.ts';
import type { JobKey } from '../job/job.ts';
import type { JobSettings } from '../job/settings.ts';
import type { LogRun } from '../logs/entry-of.ts';
import type { PlanContext } from '../plan/assess.ts';
import type { SourceReader } from '../source/reader.ts';
import type { Claims } from './claims.ts';

/** What the engine may ask of a target. */
export type TargetClient = Pick<ScimClient, 'get' | 'find' | 'create' | 'patch' | 'delete' | 'testConnection'>;

/** What every run works with, a cycle and one person on demand alike. */
export interface RunOptions {
  readonly database: Database;
  readonly source: SourceReader;
  readonly target: TargetClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** What expressions may know besides the object, e.g. the tenant's default domain. */
  readonly expressions?: Omit<EvaluationContext, 'clock' | 'random'>;
}

/** Everything that the batches of a run share. */
export interface BatchRun {
  readonly database: Database;
  readonly target: TargetClient;
  readonly job: JobKey;
  readonly compiled: CompiledJob;
  readonly settings: JobSettings;
  readonly context: PlanContext;
  /** The cycle's run, as the cycle's row has it; null for provision on demand. */
  readonly runner: string | null;
  readonly log: LogRun;
  readonly claims: Claims;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** At most this many intents and outcomes go into one transaction (design decision 4). */
export const batchLimit = 100;
