import { previewOnDemand, readJob } from '@joinery/engine';
import { Type } from 'typebox';
import { callerOf } from '../access/require-caller.ts';
import type { App, RouteContext } from '../graph/route-context.ts';
import { closedObject } from '../graph/shapes.ts';
import { answerOnDemand, OnDemandBody, OnDemandShape } from '../graph/synchronization/on-demand-routes.ts';
import { signalOf } from '../http/request-signal.ts';

const jobParams = Type.Object({ jobId: Type.String({ minLength: 1, maxLength: 300 }) });

/** A day in milliseconds: longer than any cycle may take. */
const longestWait = 86_400_000;

const CountsShape = closedObject({
  read: Type.Integer(),
  created: Type.Integer(),
  updated: Type.Integer(),
  disabled: Type.Integer(),
  deleted: Type.Integer(),
  skipped: Type.Integer(),
  failed: Type.Integer(),
  held: Type.Integer(),
});

const CycleResultShape = closedObject({
  cycleId: Type.String(),
  kind: Type.Union([Type.Literal('initial'), Type.Literal('incremental')]),
  resumed: Type.Boolean(),
  counts: CountsShape,
  guard: Type.Union([
    Type.Null(),
    closedObject({
      allow: Type.Boolean(),
      staged: Type.Integer(),
      threshold: Type.Union([Type.Null(), Type.Integer()]),
    }),
  ]),
  settled: Type.Boolean(),
});

/** What Graph has no words for: a cycle right now, and what a cycle would do to one person. */
export function jobApiRoutes(app: App, context: RouteContext): void {
  const { database, cycles } = context;

  app.post(
    '/jobs/:jobId/runCycle',
    {
      // A cycle takes as long as it takes; who waits may leave, and the cycle goes on.
      config: { deadline: longestWait },
      schema: {
        params: jobParams,
        querystring: Type.Object({ wait: Type.Optional(Type.String()) }),
        response: { 200: CycleResultShape, 202: Type.Undefined() },
      },
    },
    async (request, reply) => {
      const job = await readJob(database.drizzle, {
        tenantId: callerOf(request).tenantId,
        jobId: request.params.jobId,
      });
      if (request.query.wait === undefined || request.query.wait === 'false') {
        await cycles.request(database.drizzle, job);
        return reply.code(202).send();
      }
      return cycles.runAndWait(job, signalOf(request));
    },
  );

  app.post(
    '/jobs/:jobId/plan',
    { schema: { params: jobParams, body: OnDemandBody, response: { 200: OnDemandShape } } },
    async (request) => {
      const job = await readJob(database.drizzle, {
        tenantId: callerOf(request).tenantId,
        jobId: request.params.jobId,
      });
      return answerOnDemand(request, context, job, request.body, previewOnDemand);
    },
  );
}
