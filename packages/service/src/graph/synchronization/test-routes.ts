import { problem, toProblem, toSentence } from '@joinery/problems';
import { Type } from 'typebox';
import { callerOf } from '../../access/require-caller.ts';
import { parseCredentials } from '../../credentials/parse.ts';
import { signalOf } from '../../http/request-signal.ts';
import { openTarget } from '../../target/open-target.ts';
import type { App, RouteContext } from '../route-context.ts';
import { noContent } from '../shapes.ts';
import { findJob, jobParams } from './find-job.ts';
import { CredentialPairs } from './secrets-routes.ts';

const Body = Type.Object({
  useSavedCredentials: Type.Optional(Type.Boolean()),
  credentials: Type.Optional(CredentialPairs),
});

/** The connection test (graph sheet 17): a query for nobody must be answered with nobody. */
export function connectionTestRoutes(app: App, { database, credentials, clock, random }: RouteContext): void {
  app.post(
    '/servicePrincipals/:id/synchronization/jobs/:jobId/validateCredentials',
    { schema: { params: jobParams, body: Body, response: noContent } },
    async (request, reply) => {
      const { id, jobId } = request.params;
      const { tenantId } = callerOf(request);
      const job = await findJob(database.drizzle, { tenantId, jobId }, id);
      const stored = await credentials.read(tenantId, job.servicePrincipalId, signalOf(request));
      const { useSavedCredentials, credentials: given } = request.body;
      const tested = useSavedCredentials === true || given === undefined ? stored : parseCredentials(given, stored);
      const matching = job.schema.synchronizationRules
        .flatMap((rule) => rule.objectMappings)
        .flatMap((mapping) => mapping.attributeMappings)
        .filter((mapping) => mapping.matchingPriority > 0)
        .sort((left, right) => left.matchingPriority - right.matchingPriority)[0];
      const target = await openTarget(tested, clock);
      try {
        await target.client.testConnection(
          '/Users',
          matching?.targetAttributeName ?? 'userName',
          random.uuid(),
          signalOf(request),
        );
      } catch (error) {
        signalOf(request).throwIfAborted();
        const cause = toProblem(error);
        throw problem('SERVICE_CREDENTIALS_INVALID', `The connection test failed. ${toSentence(cause)}`, {
          cause,
          fix: cause.fix,
        });
      } finally {
        await target.close();
      }
      return reply.code(204).send();
    },
  );
}
