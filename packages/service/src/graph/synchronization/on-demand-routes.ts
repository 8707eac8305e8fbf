import {
  type Job,
  type OnDemandOptions,
  type OnDemandResult,
  type OnDemandSubject,
  type previewOnDemand,
  provisionOnDemand,
} from '@joinery/engine';
import { problem } from '@joinery/problems';
import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { callerOf } from '../../access/require-caller.ts';
import { signalOf } from '../../http/request-signal.ts';
import { contextOf } from '../../odata/page.ts';
import { directoryReader } from '../../source/directory-reader.ts';
import { openTarget } from '../../target/open-target.ts';
import { applicationOf, summaryOf } from '../audit/summary.ts';
import type { App, RouteContext } from '../route-context.ts';
import { closedObject } from '../shapes.ts';
import { findJob, jobParams } from './find-job.ts';

/** One user a call; groups and their members join with groups (graph sheet 19.1). */
export const OnDemandBody = Type.Object({
  parameters: Type.Array(
    Type.Object({
      ruleId: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      subjects: Type.Array(
        Type.Object({ objectId: Type.String({ maxLength: 200 }), objectTypeName: Type.String({ maxLength: 100 }) }),
        {
          minItems: 1,
          maxItems: 1,
        },
      ),
    }),
    { minItems: 1, maxItems: 1 },
  ),
});

/** Both members are JSON in a text (engine sheet 5). */
export const OnDemandShape = closedObject({
  '@odata.context': Type.String(),
  key: Type.String(),
  value: Type.String(),
});

/** Provision on demand: one person now, with every step that led to the outcome. */
export function onDemandRoutes(app: App, context: RouteContext): void {
  app.post(
    '/servicePrincipals/:id/synchronization/jobs/:jobId/provisionOnDemand',
    { schema: { params: jobParams, body: OnDemandBody, response: { 200: OnDemandShape } } },
    async (request) => {
      const { id, jobId } = request.params;
      const { tenantId } = callerOf(request);
      const job = await findJob(context.database.drizzle, { tenantId, jobId }, id);
      return answerOnDemand(request, context, job, request.body, provisionOnDemand);
    },
  );
}

/** Runs an on-demand request, or its preview, and answers in Graph's envelope. */
export async function answerOnDemand(
  request: FastifyRequest,
  context: RouteContext,
  job: Job,
  body: Static<typeof OnDemandBody>,
  run: typeof provisionOnDemand | typeof previewOnDemand,
): Promise<Static<typeof OnDemandShape>> {
  const { database, directory, credentials, clock, random, logger } = context;
  const [parameter] = body.parameters;
  const [subject] = parameter?.subjects ?? [];
  if (parameter === undefined || subject === undefined) {
    throw problem('SERVICE_REQUEST_INVALID', 'One subject is due.', { place: 'body/parameters' });
  }
  const { tenantId, name } = callerOf(request);
  const target = await openTarget(await credentials.read(tenantId, job.servicePrincipalId, signalOf(request)), clock);
  try {
    const options: OnDemandOptions = {
      database,
      source: directoryReader(directory, tenantId, job.servicePrincipalId),
      target: target.client,
      clock,
      random,
      logger,
      signal: signalOf(request),
      initiatedBy: name,
    };
    const result = await run(job, subjectOf(subject, parameter.ruleId ?? null), options);
    return envelope(request, job, result, await applicationOf(context, tenantId, job, signalOf(request)));
  } finally {
    await target.close();
  }
}

function subjectOf(
  { objectId, objectTypeName }: { readonly objectId: string; readonly objectTypeName: string },
  ruleId: string | null,
): OnDemandSubject {
  return { objectId: objectId.toLowerCase(), objectTypeName, ...(ruleId !== null && { ruleId }) };
}

function envelope(
  request: FastifyRequest,
  job: Job,
  { result, errorCode, errorMessage, entry }: OnDemandResult,
  application: Parameters<typeof summaryOf>[1],
): Static<typeof OnDemandShape> {
  const details = errorCode === null ? {} : { errorCode, errorMessage };
  const row = { ...entry, tenantId: job.tenantId, jobId: job.jobId, ordinal: 0 };
  return {
    '@odata.context': contextOf(request, 'microsoft.graph.stringKeyStringValuePair'),
    key: JSON.stringify({ result, details }),
    value: JSON.stringify(onDemandSummary(summaryOf(row, application))),
  };
}

/** Inside the envelope the names are beta's, and words begin with a capital (graph sheet 19.1). */
function onDemandSummary(summary: ReturnType<typeof summaryOf>) {
  const { provisioningAction, provisioningStatusInfo, provisioningSteps, activityDateTime, ...rest } = summary;
  return {
    ...rest,
    activityDateTime,
    action: capital(provisioningAction),
    statusInfo: { ...provisioningStatusInfo, status: capital(provisioningStatusInfo.status) },
    provisioningSteps: provisioningSteps.map(({ provisioningStepType, status, ...step }) => ({
      ...step,
      type: capital(provisioningStepType),
      status: capital(status),
      timestamp: activityDateTime,
    })),
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
