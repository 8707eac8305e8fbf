import { isProblem, problem } from '@joinery/problems';
import type { Transaction } from '@joinery/store';
import { violatedConstraint } from '@joinery/store';
import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import { defaultAccessRoleId } from '../application/app-role.ts';
import { recordChange } from '../changes/record.ts';
import type { DirectoryContext } from '../context.ts';
import { parseObjectId } from '../object-id.ts';
import { assignmentTable, servicePrincipalTable, userTable } from '../tables.ts';
import { textOf } from '../user/user.ts';

/** Who may use an application, and in which role (graph sheet 15). */
export interface AppRoleAssignment {
  /** Opaque: 43 characters of base64url. */
  readonly id: string;
  readonly appRoleId: string;
  readonly createdDateTime: string;
  readonly principalDisplayName: string;
  readonly principalId: string;
  readonly principalType: 'User' | 'Group';
  readonly resourceDisplayName: string;
  readonly resourceId: string;
}

export interface AssignmentPage {
  readonly assignments: readonly AppRoleAssignment[];
  /** The `after` of the next page; undefined at the end. */
  readonly next: string | undefined;
}

/** Assignments of users to applications. */
export class Assignments {
  readonly #context: DirectoryContext;

  constructor(context: DirectoryContext) {
    this.#context = context;
  }

  /**
   * @param resourceId the service principal
   * @param principalId a live user
   * @throws DIRECTORY_SERVICE_PRINCIPAL_NOT_FOUND, DIRECTORY_USER_NOT_FOUND, DIRECTORY_APP_ROLE_UNKNOWN, DIRECTORY_ASSIGNMENT_EXISTS
   */
  async add(
    tenantId: string,
    resourceId: string,
    principalId: string,
    appRoleId: string,
    signal: AbortSignal,
  ): Promise<AppRoleAssignment> {
    const { database, clock, random } = this.#context;
    return database.transaction(
      async (tx) => {
        const resource = await findResource(tx, tenantId, resourceId);
        const role = appRoleId.toLowerCase();
        if (role !== defaultAccessRoleId && !resource.appRoles.some((known) => known.id === role)) {
          throw problem(
            'DIRECTORY_APP_ROLE_UNKNOWN',
            `'${resource.displayName}' has no role '${appRoleId.slice(0, 100)}'.`,
            {
              place: 'appRoleId',
            },
          );
        }
        const principal = await holdUser(tx, tenantId, principalId);
        const row = {
          tenantId,
          id: Buffer.from(random.bytes(32)).toString('base64url'),
          resourceId: resource.id,
          principalType: 'User' as const,
          principalId: principal.id,
          appRoleId: role,
          createdAt: new Date(clock.now()),
        };
        await refuseDuplicate(() => tx.insert(assignmentTable).values(row));
        const change = { kind: 'assignmentAdded' as const, userId: principal.id, resourceId: resource.id };
        await recordChange(tx, this.#context, tenantId, change);
        return assignmentOf({ assignment: row, resource, principal });
      },
      { signal },
    );
  }

  /** @throws DIRECTORY_ASSIGNMENT_NOT_FOUND */
  async remove(tenantId: string, resourceId: string, assignmentId: string, signal: AbortSignal): Promise<void> {
    const key = parseObjectId(resourceId);
    if (key === undefined) throw assignmentNotFound(assignmentId);
    await this.#context.database.transaction(
      async (tx) => {
        const [removed] = await tx
          .delete(assignmentTable)
          .where(
            and(
              eq(assignmentTable.tenantId, tenantId),
              eq(assignmentTable.id, assignmentId),
              eq(assignmentTable.resourceId, key),
            ),
          )
          .returning({ userId: assignmentTable.principalId });
        if (removed === undefined) throw assignmentNotFound(assignmentId);
        const change = { kind: 'assignmentRemoved' as const, userId: removed.userId, resourceId: key };
        await recordChange(tx, this.#context, tenantId, change);
      },
      { signal },
    );
  }

  /**
   * A page of an application's assignments of live users, in the order of their ids.
   * @param after the id to start behind; undefined for the first page
   */
  async readPage(
    tenantId: string,
    resourceId: string,
    after: string | undefined,
    limit: number,
    signal: AbortSignal,
  ): Promise<AssignmentPage> {
    signal.throwIfAborted();
    const { drizzle } = this.#context.database;
    const resource = await findResource(drizzle, tenantId, resourceId);
    const rows = await drizzle
      .select({ assignment: assignmentTable, principal: userTable })
      .from(assignmentTable)
      .innerJoin(
        userTable,
        and(eq(userTable.tenantId, assignmentTable.tenantId), eq(userTable.id, assignmentTable.principalId)),
      )
      .where(
        and(
          eq(assignmentTable.tenantId, tenantId),
          eq(assignmentTable.resourceId, resource.id),
          isNull(userTable.deletedAt),
          after === undefined ? undefined : gt(assignmentTable.id, after),
        ),
      )
      .orderBy(asc(assignmentTable.id))
      .limit(limit + 1);
    const assignments = rows.slice(0, limit).map((row) => assignmentOf({ ...row, resource }));
    return { assignments, next: rows.length > limit ? assignments.at(-1)?.id : undefined };
  }

  /** Which of these users are assigned to the application, whatever the role. */
  async assignedAmong(
    tenantId: string,
    resourceId: string,
    userIds: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    signal.throwIfAborted();
    if (userIds.length === 0) return new Set();
    const rows = await this.#context.database.drizzle
      .selectDistinct({ userId: assignmentTable.principalId })
      .from(assignmentTable)
      .where(
        and(
          eq(assignmentTable.tenantId, tenantId),
          eq(assignmentTable.resourceId, resourceId),
          inArray(assignmentTable.principalId, [...userIds]),
        ),
      );
    return new Set(rows.map((row) => row.userId));
  }
}

async function findResource(queries: Pick<Transaction, 'select'>, tenantId: string, resourceId: string) {
  const key = parseObjectId(resourceId);
  const [row] =
    key === undefined
      ? []
      : await queries
          .select()
          .from(servicePrincipalTable)
          .where(and(eq(servicePrincipalTable.tenantId, tenantId), eq(servicePrincipalTable.id, key)));
  if (row === undefined) {
    throw problem('DIRECTORY_SERVICE_PRINCIPAL_NOT_FOUND', `Resource '${resourceId.slice(0, 100)}' does not exist.`);
  }
  return row;
}

/** The live user, kept from being deleted until the transaction ends. */
async function holdUser(tx: Transaction, tenantId: string, principalId: string) {
  const key = parseObjectId(principalId);
  const [row] =
    key === undefined
      ? []
      : await tx
          .select()
          .from(userTable)
          .where(and(eq(userTable.tenantId, tenantId), eq(userTable.id, key), isNull(userTable.deletedAt)))
          .for('share');
  if (row === undefined) {
    throw problem('DIRECTORY_USER_NOT_FOUND', `Resource '${principalId.slice(0, 100)}' does not exist.`, {
      place: 'principalId',
    });
  }
  return row;
}

async function refuseDuplicate<T>(write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (
      isProblem(error, 'STORE_UNIQUE_VIOLATION') &&
      violatedConstraint(error) === 'directory_app_role_assignments_once'
    ) {
      throw problem('DIRECTORY_ASSIGNMENT_EXISTS', 'Permission being assigned already exists on the object.', {
        cause: error,
      });
    }
    throw error;
  }
}

function assignmentNotFound(id: string): Error {
  return problem('DIRECTORY_ASSIGNMENT_NOT_FOUND', `Resource '${id.slice(0, 100)}' does not exist.`);
}

function assignmentOf(row: {
  readonly assignment: typeof assignmentTable.$inferSelect;
  readonly principal: typeof userTable.$inferSelect;
  readonly resource: typeof servicePrincipalTable.$inferSelect;
}): AppRoleAssignment {
  return {
    id: row.assignment.id,
    appRoleId: row.assignment.appRoleId,
    createdDateTime: row.assignment.createdAt.toISOString(),
    principalDisplayName: textOf(row.principal.document, 'displayName') ?? '',
    principalId: row.assignment.principalId,
    principalType: row.assignment.principalType,
    resourceDisplayName: row.resource.displayName,
    resourceId: row.assignment.resourceId,
  };
}
