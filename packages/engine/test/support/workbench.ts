import { ManualClock, seededRandom, silentLogger } from '@joinery/runtime';
import { type Database, migrate } from '@joinery/store';
import { onTestFinished } from 'vitest';
import {
  type CycleOptions,
  type CycleResult,
  createJob,
  defaultJobSettings,
  engineMigrations,
  type JobKey,
  type JobSettings,
  type LogRow,
  type OnDemandOptions,
  type OnDemandResult,
  previewOnDemand,
  provisionOnDemand,
  type ResetFlag,
  readLog,
  restartJob,
  runCycle,
  saveSchema,
  saveSecretsReference,
} from '../../src/index.ts';
import { TestDirectory } from './directory.ts';
import { type TestSchema, testSchema, tutorialMappings } from './schema.ts';
import { startTarget, type TestTarget } from './target.ts';

/** A job between a directory and a target, ready to run. */
export interface Workbench {
  readonly key: JobKey;
  readonly database: Database;
  readonly source: TestDirectory;
  readonly target: TestTarget;
  readonly clock: ManualClock;
  cycle(options?: Partial<CycleOptions>): Promise<CycleResult>;
  onDemand(objectId: string, options?: Partial<OnDemandOptions>): Promise<OnDemandResult>;
  preview(objectId: string): Promise<OnDemandResult>;
  restart(...flags: readonly ResetFlag[]): Promise<void>;
  schema(schema: TestSchema): Promise<void>;
  /** Newest first. */
  log(): Promise<readonly LogRow[]>;
}

export async function workbench(
  database: Database,
  { settings, ...schema }: Partial<TestSchema> & { readonly settings?: Partial<JobSettings> } = {},
): Promise<Workbench> {
  await migrate(database, [engineMigrations], { version: '0.0.0-test' });
  const key = { tenantId: 'tenant', jobId: 'scim.tenant.1' };
  const clock = new ManualClock();
  const target = await startTarget(schema.type);
  onTestFinished(() => target.close());
  const source = new TestDirectory();
  await createJob(database.drizzle, {
    ...key,
    servicePrincipalId: 'principal',
    templateId: 'scim',
    schema: testSchema({ mappings: tutorialMappings, ...schema }),
    settings: { ...defaultJobSettings, ...settings },
    createdAt: new Date(clock.now()),
  });
  await saveSecretsReference(database.drizzle, key, 'vault:job');
  const options = {
    database,
    source,
    target: target.client,
    clock,
    random: seededRandom(1),
    logger: silentLogger,
    signal: new AbortController().signal,
  };
  const subject = (objectId: string) => ({ objectId, objectTypeName: 'user' });
  return {
    key,
    database,
    source,
    target,
    clock,
    cycle: (more) => runCycle(key, { ...options, ...more }),
    onDemand: (objectId, more) =>
      provisionOnDemand(key, subject(objectId), { ...options, initiatedBy: 'Ada', ...more }),
    preview: (objectId) => previewOnDemand(key, subject(objectId), { ...options, initiatedBy: 'Ada' }),
    restart: (...flags) => database.transaction((tx) => restartJob(tx, key, new Set(flags), clock)),
    schema: (draft) => saveSchema(database.drizzle, key, testSchema(draft)),
    log: () => readLog(database.drizzle, key.tenantId, { limit: 1000 }),
  };
}
