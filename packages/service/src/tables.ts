import { jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Administrators' tokens, hashed. */
export const tokenTable = pgTable(
  'service_tokens',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    hash: text('hash').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** How applications reach their targets: every value sealed, the secret ones and the others alike. */
export const credentialTable = pgTable(
  'service_credentials',
  {
    tenantId: uuid('tenant_id').notNull(),
    servicePrincipalId: uuid('service_principal_id').notNull(),
    name: text('name').notNull(),
    keyId: text('key_id').notNull(),
    nonce: text('nonce').notNull(),
    ciphertext: text('ciphertext').notNull(),
    tag: text('tag').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.servicePrincipalId, table.name] })],
);

/** What a job's target says of itself. */
export const discoveryTable = pgTable(
  'service_discoveries',
  {
    tenantId: uuid('tenant_id').notNull(),
    jobId: text('job_id').notNull(),
    attributes: jsonb('attributes').$type<unknown>().notNull(),
    discoveredAt: timestamp('discovered_at', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.jobId] })],
);

/** Every table of the room, for the test that compares them with the migrations. */
export const serviceTables = [tokenTable, credentialTable, discoveryTable] as const;
