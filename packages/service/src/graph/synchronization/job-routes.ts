import {
  createJob,
  deleteJob,
  listJobs,
  parseResetScope,
  pauseJob,
  restartJob,
  saveSecretsReference,
  startJob,
} from '@joinery/engine';
import { problem } from '@joinery/problems';
import { Type } from 'typebox';
import { callerOf } from '../../access/require-caller.ts';
import { signalOf } from '../../http/request-signal.ts';
import { contextOf } from '../../odata/page.ts';
import { deleteDiscovery } from '../../target/discovery-store.ts';
import type { App, RouteContext } from '../route-context.ts';
import { collectionOf, idParams, noContent } from '../shapes.ts';
import { findJob, jobParams } from './find-job.ts';
import { isConfigured, settingsFrom } from './job-settings.ts';
import { JobShape, renderJob } from './job-shape.ts';
import { findSynchronizationTemplate, synchronizationTemplates } from './templates.ts';

const JobBody = Type.Object({ templateId: Type.String({ minLength: 1, maxLength: 100 }) });

/** Actions come with no body, an empty one, or criteria (graph sheet 16). */
const RestartBody = Type.Union([
  Type.Null(),
  Type.Object({
    criteria: Type.Optional(
      Type.Union([Type.Null(), Type.Object({ resetScope: Type.Optional(Type.Union([Type.Null(), Type.String()])) })]),
    ),
  }),
]);

const jobs = '/servicePrincipals/:id/synchronization/jobs';

/** Jobs and their run control (graph sheet 16). */
export function jobRoutes(app: App, context: RouteContext): void {
  const { database, directory, credentials, clock, random, cycles, cycleMinutes } = context;

  app.get(jobs, { schema: { params: idParams, response: { 200: collectionOf(JobShape) } } }, async (request) => {
    const { tenantId } = callerOf(request);
    const principal = await directory.applications.getServicePrincipal(tenantId, request.params.id, signalOf(request));
    const found = await listJobs(database.drizzle, tenantId, principal.id);
    return {
      '@odata.context': contextOf(request, `servicePrincipals('${principal.id}')/synchronization/jobs`),
      value: await Promise.all(found.map((job) => renderJob(database.drizzle, job, cycleMinutes))),
    };
  });

  app.post(
    jobs,
    { schema: { params: idParams, body: JobBody, response: { 201: JobShape } } },
    async (request, reply) => {
      const { tenantId } = callerOf(request);
      const principal = await directory.applications.getServicePrincipal(
        tenantId,
        request.params.id,
        signalOf(request),
      );
      const template = findSynchronizationTemplate(request.body.templateId);
      if (template === undefined) {
        const known = synchronizationTemplates.map(({ id }) => id).join(', ');
        throw problem('SERVICE_TEMPLATE_UNKNOWN', `There is no synchronization template of this id, only ${known}.`, {
          place: 'templateId',
        });
      }
      const stored = await credentials.read(tenantId, principal.id, signalOf(request));
      const jobId = `${template.id}.${tenantId.replaceAll('-', '')}.${random.uuid()}`;
      await database.transaction(
        async (tx) => {
          await createJob(tx, {
            tenantId,
            jobId,
            servicePrincipalId: principal.id,
            templateId: template.id,
            schema: template.schema,
            settings: settingsFrom(stored),
            createdAt: new Date(clock.now()),
          });
          if (isConfigured(stored)) await saveSecretsReference(tx, { tenantId, jobId }, principal.id);
        },
        { signal: signalOf(request) },
      );
      const job = await findJob(database.drizzle, { tenantId, jobId }, principal.id);
      const context = contextOf(request, `servicePrincipals('${principal.id}')/synchronization/jobs/$entity`);
      return reply
        .code(201)
        .send({ '@odata.context': context, ...(await renderJob(database.drizzle, job, cycleMinutes)) });
    },
  );

  app.get(`${jobs}/:jobId`, { schema: { params: jobParams, response: { 200: JobShape } } }, async (request) => {
    const { id, jobId } = request.params;
    const job = await findJob(database.drizzle, { tenantId: callerOf(request).tenantId, jobId }, id);
    const context = contextOf(request, `servicePrincipals('${id}')/synchronization/jobs/$entity`);
    return { '@odata.context': context, ...(await renderJob(database.drizzle, job, cycleMinutes)) };
  });

  app.delete(`${jobs}/:jobId`, { schema: { params: jobParams, response: noContent } }, async (request, reply) => {
    const { id, jobId } = request.params;
    const job = await findJob(database.drizzle, { tenantId: callerOf(request).tenantId, jobId }, id);
    await database.transaction(
      async (tx) => {
        await deleteDiscovery(tx, job);
        await deleteJob(tx, job);
      },
      { signal: signalOf(request) },
    );
    return reply.code(204).send();
  });

  app.post(`${jobs}/:jobId/start`, { schema: { params: jobParams, response: noContent } }, async (request, reply) => {
    const { id, jobId } = request.params;
    const job = await findJob(database.drizzle, { tenantId: callerOf(request).tenantId, jobId }, id);
    // The cycle is queued exactly when the job is started.
    await database.transaction(
      async (tx) => {
        await startJob(tx, job);
        await cycles.request(tx, job);
      },
      { signal: signalOf(request) },
    );
    return reply.code(204).send();
  });

  app.post(`${jobs}/:jobId/pause`, { schema: { params: jobParams, response: noContent } }, async (request, reply) => {
    const { id, jobId } = request.params;
    const job = await findJob(database.drizzle, { tenantId: callerOf(request).tenantId, jobId }, id);
    await pauseJob(database.drizzle, job);
    return reply.code(204).send();
  });

  app.post(
    `${jobs}/:jobId/restart`,
    { schema: { params: jobParams, body: RestartBody, response: noContent } },
    async (request, reply) => {
      const { id, jobId } = request.params;
      const job = await findJob(database.drizzle, { tenantId: callerOf(request).tenantId, jobId }, id);
      const flags = parseResetScope(request.body?.criteria?.resetScope ?? null);
      // The cycle is queued exactly when the job is restarted.
      await database.transaction(
        async (tx) => {
          await restartJob(tx, job, flags, clock);
          await cycles.request(tx, job);
        },
        { signal: signalOf(request) },
      );
      return reply.code(204).send();
    },
  );
}
