import { type LogRow, listJobs, readJob, readLog } from '@joinery/engine';
import { isProblem } from '@joinery/problems';
import { callerOf } from '../../access/require-caller.ts';
import { signalOf } from '../../http/request-signal.ts';
import { collectionPage } from '../../odata/page.ts';
import { readQueryOptions } from '../../odata/query-options.ts';
import type { App, RouteContext } from '../route-context.ts';
import { anyQuery, collectionOf } from '../shapes.ts';
import { logCondition } from './log-filter.ts';
import { applicationOf, SummaryShape, summaryOf } from './summary.ts';

/** `/auditLogs/provisioning`: newest first, because a published script takes the first row for the latest cycle (graph sheet 20). */
export function provisioningLogRoutes(app: App, context: RouteContext): void {
  const { database, skipTokens } = context;
  // A published client asks with a slash at the end (graph sheet 22).
  for (const path of ['/auditLogs/provisioning', '/auditLogs/provisioning/']) {
    app.get(
      path,
      { schema: { querystring: anyQuery, response: { 200: collectionOf(SummaryShape) } } },
      async (request) => {
        const { tenantId } = callerOf(request);
        const options = readQueryOptions(request.query, ['$filter', '$top', '$skiptoken']);
        const jobsOf = async (id: string) =>
          (await listJobs(database.drizzle, tenantId, id.toLowerCase())).map(({ jobId }) => jobId);
        const where = options.filter === undefined ? undefined : await logCondition(options.filter, jobsOf);
        const applications = new ApplicationsOfJobs(context, tenantId, signalOf(request));
        return collectionPage(
          request,
          skipTokens,
          options,
          'auditLogs/provisioning',
          async (after) => {
            const rows = await readLog(database.drizzle, tenantId, {
              limit: options.top + 1,
              ...(where !== undefined && { where }),
              ...(after !== undefined && { below: Number(after) }),
            });
            const shown = rows.slice(0, options.top);
            const last = shown.at(-1);
            return {
              rows: await Promise.all(shown.map(async (row) => ({ row, application: await applications.of(row) }))),
              next: rows.length > options.top && last !== undefined ? String(last.ordinal) : undefined,
            };
          },
          ({ row, application }) => summaryOf(row, application),
        );
      },
    );
  }
}

/** Looks each job of a page up once. */
class ApplicationsOfJobs {
  readonly #context: RouteContext;
  readonly #tenantId: string;
  readonly #signal: AbortSignal;
  readonly #found = new Map<string, ReturnType<typeof applicationOf>>();

  constructor(context: RouteContext, tenantId: string, signal: AbortSignal) {
    this.#context = context;
    this.#tenantId = tenantId;
    this.#signal = signal;
  }

  of({ jobId }: LogRow): ReturnType<typeof applicationOf> {
    const known = this.#found.get(jobId) ?? this.#read(jobId);
    this.#found.set(jobId, known);
    return known;
  }

  async #read(jobId: string): ReturnType<typeof applicationOf> {
    try {
      const job = await readJob(this.#context.database.drizzle, { tenantId: this.#tenantId, jobId });
      return await applicationOf(this.#context, this.#tenantId, job, this.#signal);
    } catch (error) {
      // Rows outlive their job; what it belonged to is then no longer known.
      if (!isProblem(error, 'ENGINE_JOB_UNKNOWN')) throw error;
      return { servicePrincipalId: '', applicationId: '', displayName: '' };
    }
  }
}
