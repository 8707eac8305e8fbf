import { problem } from '@joinery/problems';
import { type FilterNode, fold } from '@joinery/scim';
import { and, asc, eq, gt } from 'drizzle-orm';
import type { DirectoryContext } from '../context.ts';
import { parseObjectId } from '../object-id.ts';
import { searchCondition } from '../query/condition.ts';
import { searchableServicePrincipals } from '../query/searchable.ts';
import { applicationTable, servicePrincipalTable } from '../tables.ts';
import type { Application, ServicePrincipal } from './service-principal.ts';
import { findApplicationTemplate } from './templates.ts';

export interface ServicePrincipalPage {
  readonly servicePrincipals: readonly ServicePrincipal[];
  /** The `after` of the next page; undefined at the end. */
  readonly next: string | undefined;
}

/** Applications of a tenant and their service principals. */
export class Applications {
  readonly #context: DirectoryContext;

  constructor(context: DirectoryContext) {
    this.#context = context;
  }

  /**
   * Makes an application and its service principal from a template (graph sheet 15).
   * @throws DIRECTORY_TEMPLATE_NOT_FOUND
   */
  async instantiate(
    tenantId: string,
    templateId: string,
    displayName: string,
    signal: AbortSignal,
  ): Promise<{ readonly application: Application; readonly servicePrincipal: ServicePrincipal }> {
    const template = findApplicationTemplate(templateId);
    if (template === undefined) {
      throw problem(
        'DIRECTORY_TEMPLATE_NOT_FOUND',
        `Application template '${templateId.slice(0, 100)}' does not exist.`,
      );
    }
    const { database, clock, random } = this.#context;
    const common = {
      tenantId,
      appId: random.uuid(),
      templateId: template.id,
      displayName,
      createdAt: new Date(clock.now()),
    };
    const application = { ...common, id: random.uuid() };
    const servicePrincipal = { ...common, id: random.uuid(), displayNameFolded: fold(displayName), appRoles: [] };
    await database.transaction(
      async (tx) => {
        await tx.insert(applicationTable).values(application);
        await tx.insert(servicePrincipalTable).values(servicePrincipal);
      },
      { signal },
    );
    return { application: applicationOf(application), servicePrincipal: servicePrincipalOf(servicePrincipal) };
  }

  /** @throws DIRECTORY_SERVICE_PRINCIPAL_NOT_FOUND */
  async getServicePrincipal(tenantId: string, id: string, signal: AbortSignal): Promise<ServicePrincipal> {
    signal.throwIfAborted();
    const key = parseObjectId(id);
    const [row] =
      key === undefined
        ? []
        : await this.#context.database.drizzle
            .select()
            .from(servicePrincipalTable)
            .where(and(eq(servicePrincipalTable.tenantId, tenantId), eq(servicePrincipalTable.id, key)));
    if (row === undefined) {
      throw problem('DIRECTORY_SERVICE_PRINCIPAL_NOT_FOUND', `Resource '${id.slice(0, 100)}' does not exist.`);
    }
    return servicePrincipalOf(row);
  }

  /**
   * A page in the order of ids.
   * @param after the id to start behind; undefined for the first page
   * @param filter which ones; all where undefined
   * @throws DIRECTORY_QUERY_UNSUPPORTED
   */
  async readServicePrincipals(
    tenantId: string,
    after: string | undefined,
    limit: number,
    signal: AbortSignal,
    filter?: FilterNode,
  ): Promise<ServicePrincipalPage> {
    signal.throwIfAborted();
    const rows = await this.#context.database.drizzle
      .select()
      .from(servicePrincipalTable)
      .where(
        and(
          eq(servicePrincipalTable.tenantId, tenantId),
          after === undefined ? undefined : gt(servicePrincipalTable.id, after),
          filter === undefined ? undefined : searchCondition(filter, searchableServicePrincipals),
        ),
      )
      .orderBy(asc(servicePrincipalTable.id))
      .limit(limit + 1);
    const servicePrincipals = rows.slice(0, limit).map(servicePrincipalOf);
    return { servicePrincipals, next: rows.length > limit ? servicePrincipals.at(-1)?.id : undefined };
  }
}

function applicationOf(row: typeof applicationTable.$inferSelect): Application {
  return {
    id: row.id,
    appId: row.appId,
    displayName: row.displayName,
    applicationTemplateId: row.templateId,
    createdDateTime: row.createdAt.toISOString(),
  };
}

function servicePrincipalOf(row: typeof servicePrincipalTable.$inferSelect): ServicePrincipal {
  return { ...applicationOf(row), appRoles: row.appRoles };
}
