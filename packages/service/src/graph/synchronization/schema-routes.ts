import {
  compileJob,
  type Job,
  parseSynchronizationSchema,
  renderSynchronizationSchema,
  saveSchema,
} from '@joinery/engine';
import { problem } from '@joinery/problems';
import { Type } from 'typebox';
import { callerOf } from '../../access/require-caller.ts';
import { signalOf } from '../../http/request-signal.ts';
import { contextOf } from '../../odata/page.ts';
import { discoverAttributes } from '../../target/discover.ts';
import { readDiscovery, saveDiscovery } from '../../target/discovery-store.ts';
import { openTarget } from '../../target/open-target.ts';
import type { App, RouteContext } from '../route-context.ts';
import { noContent } from '../shapes.ts';
import { findJob, jobParams } from './find-job.ts';
import { DirectoryShape, SchemaShape } from './schema-shape.ts';
import { findSynchronizationTemplate, withDiscovered } from './templates.ts';

/** Read by the engine, which names the member that is wrong: bodies come from SDK serialisers and hand-edited exports (graph sheet 18). */
const SchemaBody = Type.Record(Type.String(), Type.Unknown());

const path = '/servicePrincipals/:id/synchronization/jobs/:jobId/schema';

/** Mappings, scope and the attributes of both sides (graph sheet 18). */
export function schemaRoutes(app: App, { database, credentials, clock }: RouteContext): void {
  app.get(path, { schema: { params: jobParams, response: { 200: SchemaShape } } }, async (request) => {
    const { id, jobId } = request.params;
    const job = await findJob(database.drizzle, { tenantId: callerOf(request).tenantId, jobId }, id);
    const schema = withDiscovered(job.schema, targetOf(job), await readDiscovery(database.drizzle, job));
    return {
      '@odata.context': contextOf(
        request,
        `servicePrincipals('${id}')/synchronization/jobs('${jobId}')/schema/$entity`,
      ),
      id: job.jobId,
      version: `v1.${job.generation}`,
      ...renderSynchronizationSchema(schema),
    };
  });

  /** What could not work is refused here, with its place, and nothing is stored; what the target lists counts, not what the body says of it. */
  app.put(path, { schema: { params: jobParams, body: SchemaBody, response: noContent } }, async (request, reply) => {
    const { id, jobId } = request.params;
    const job = await findJob(database.drizzle, { tenantId: callerOf(request).tenantId, jobId }, id);
    const discovered = await readDiscovery(database.drizzle, job);
    const schema = withDiscovered(parseSynchronizationSchema(request.body), targetOf(job), discovered);
    compileJob(schema);
    await saveSchema(database.drizzle, job, schema);
    return reply.code(204).send();
  });

  /** Asks the target for its attributes, keeps them, and answers them as the directory of the schema that they belong to. */
  app.post(
    `${path}/directories/:directoryId/discover`,
    {
      schema: {
        params: Type.Object({ ...jobParams.properties, directoryId: Type.String({ maxLength: 200 }) }),
        response: { 200: DirectoryShape },
      },
    },
    async (request) => {
      const { id, jobId, directoryId } = request.params;
      const { tenantId } = callerOf(request);
      const job = await findJob(database.drizzle, { tenantId, jobId }, id);
      const target = await openTarget(
        await credentials.read(tenantId, job.servicePrincipalId, signalOf(request)),
        clock,
      );
      try {
        const attributes = await discoverAttributes(target.client, signalOf(request));
        const { directories } = renderSynchronizationSchema(withDiscovered(job.schema, targetOf(job), attributes));
        const directory = directories.find(
          (candidate) => candidate.id === directoryId && candidate.name === targetOf(job),
        );
        if (directory === undefined) {
          throw problem('SERVICE_DIRECTORY_UNKNOWN', 'The schema has no target directory of this id.', {
            place: directoryId.slice(0, 100),
          });
        }
        await saveDiscovery(database.drizzle, job, attributes, new Date(clock.now()));
        return directory;
      } finally {
        await target.close();
      }
    },
  );
}

function targetOf(job: Job): string {
  return findSynchronizationTemplate(job.templateId)?.targetDirectoryName ?? '';
}
