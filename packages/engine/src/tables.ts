import { exactJsonb } from '@joinery/store';
import { bigint, boolean, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/** The tables of migrations/, for Drizzle. A test pins the two to each other. */

export const jobs = pgTable(
  'engine_job',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    servicePrincipalId: text('service_principal_id').notNull(),
    templateId: text('template_id').notNull(),
    schema: exactJsonb('schema').notNull(),
    settings: exactJsonb('settings').notNull(),
    secretsReference: text('secrets_reference'),
    state: text('state').notNull(),
    watermark: text('watermark'),
    generation: integer('generation').notNull().default(1),
    forceDeletes: boolean('force_deletes').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const cycles = pgTable(
  'engine_cycle',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    jobId: text('job_id').notNull(),
    kind: text('kind').notNull(),
    generation: integer('generation').notNull(),
    phase: text('phase').notNull(),
    watermark: text('watermark').notNull(),
    position: text('position'),
    counts: exactJsonb('counts').notNull(),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    runner: text('runner'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

export const links = pgTable(
  'engine_link',
  {
    tenantId: text('tenant_id').notNull(),
    jobId: text('job_id').notNull(),
    sourceType: text('source_type').notNull(),
    sourceId: text('source_id').notNull(),
    targetType: text('target_type').notNull(),
    targetId: text('target_id'),
    displayName: text('display_name').notNull(),
    state: text('state').notNull(),
    intent: text('intent'),
    cycleId: text('cycle_id'),
    claimedUntil: timestamp('claimed_until', { withTimezone: true }),
    match: exactJsonb('match'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.jobId, table.sourceType, table.sourceId] })],
);

export const staged = pgTable(
  'engine_staged',
  {
    tenantId: text('tenant_id').notNull(),
    jobId: text('job_id').notNull(),
    sourceType: text('source_type').notNull(),
    sourceId: text('source_id').notNull(),
    cycleId: text('cycle_id').notNull(),
    action: text('action').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.jobId, table.sourceType, table.sourceId] })],
);

export const escrows = pgTable(
  'engine_escrow',
  {
    tenantId: text('tenant_id').notNull(),
    jobId: text('job_id').notNull(),
    sourceType: text('source_type').notNull(),
    sourceId: text('source_id').notNull(),
    errorCode: text('error_code').notNull(),
    failures: integer('failures').notNull(),
    firstFailedAt: timestamp('first_failed_at', { withTimezone: true }).notNull(),
    retryAt: timestamp('retry_at', { withTimezone: true }).notNull(),
    cycleId: text('cycle_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.jobId, table.sourceType, table.sourceId] })],
);

export const logRows = pgTable(
  'engine_log',
  {
    tenantId: text('tenant_id').notNull(),
    ordinal: bigint('ordinal', { mode: 'number' }).generatedAlwaysAsIdentity(),
    id: text('id').notNull(),
    jobId: text('job_id').notNull(),
    cycleId: text('cycle_id').notNull(),
    changeId: text('change_id').notNull(),
    activityAt: timestamp('activity_at', { withTimezone: true }).notNull(),
    action: text('action').notNull(),
    status: text('status').notNull(),
    sourceType: text('source_type').notNull(),
    sourceId: text('source_id').notNull(),
    sourceName: text('source_name').notNull(),
    targetId: text('target_id'),
    errorCode: text('error_code'),
    durationMs: integer('duration_ms').notNull(),
    record: exactJsonb('record').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.ordinal] })],
);

/** Every table of the room, for the test that pins them to the migrations. */
export const engineTables = [jobs, cycles, links, staged, escrows, logRows] as const;
