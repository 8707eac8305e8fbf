import { and, asc, eq, isNull } from 'drizzle-orm';
import type { DirectoryContext } from '../context.ts';
import { groupColumns } from '../group/row.ts';
import { groupTable, tenantTable, userTable } from '../tables.ts';
import { userColumns } from '../user/row.ts';
import { dropKeys, writeKeys } from './key-rows.ts';
import type { TenantSchemas } from './tenant-schema.ts';

/** Rows of one transaction at most. */
const batchRows = 200;

/**
 * Makes the resource texts and keys anew that a migration or a changed definition cleared. Reading shows such rows all the same; until
 * this has run, filters on anything but columns pass them over. May be cut off and called again.
 */
export async function renderMissing(
  context: DirectoryContext,
  schemas: TenantSchemas,
  signal: AbortSignal,
): Promise<void> {
  const tenants = await context.database.drizzle.select({ tenantId: tenantTable.tenantId }).from(tenantTable);
  for (const { tenantId } of tenants) {
    while ((await renderUsers(context, schemas, tenantId, signal)) === batchRows);
    while ((await renderGroups(context, schemas, tenantId, signal)) === batchRows);
  }
}

async function renderUsers(
  { database }: DirectoryContext,
  schemas: TenantSchemas,
  tenantId: string,
  signal: AbortSignal,
): Promise<number> {
  const { user: tenantType } = await schemas.of(tenantId);
  return database.transaction(
    async (tx) => {
      const rows = await tx
        .select()
        .from(userTable)
        .where(and(eq(userTable.tenantId, tenantId), isNull(userTable.resource)))
        .orderBy(asc(userTable.id))
        .limit(batchRows)
        .for('update');
      await dropKeys(
        tx,
        tenantId,
        rows.map(({ id }) => id),
      );
      for (const row of rows) {
        const { columns, keys } = userColumns(row, tenantType);
        await tx
          .update(userTable)
          .set(columns)
          .where(and(eq(userTable.tenantId, tenantId), eq(userTable.id, row.id)));
        if (row.deletedAt === null) await writeKeys(tx, { tenantId, objectType: 'User', id: row.id }, [], keys);
      }
      return rows.length;
    },
    { signal },
  );
}

async function renderGroups(
  { database }: DirectoryContext,
  schemas: TenantSchemas,
  tenantId: string,
  signal: AbortSignal,
): Promise<number> {
  const { group: tenantType } = await schemas.of(tenantId);
  return database.transaction(
    async (tx) => {
      const rows = await tx
        .select()
        .from(groupTable)
        .where(and(eq(groupTable.tenantId, tenantId), isNull(groupTable.resource)))
        .orderBy(asc(groupTable.id))
        .limit(batchRows)
        .for('update');
      await dropKeys(
        tx,
        tenantId,
        rows.map(({ id }) => id),
      );
      for (const row of rows) {
        const { columns, keys } = groupColumns(row, tenantType);
        await tx
          .update(groupTable)
          .set(columns)
          .where(and(eq(groupTable.tenantId, tenantId), eq(groupTable.id, row.id)));
        await writeKeys(tx, { tenantId, objectType: 'Group', id: row.id }, [], keys);
      }
      return rows.length;
    },
    { signal },
  );
}
