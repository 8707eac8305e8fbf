import { problem } from '@joinery/problems';
import { Type } from 'typebox';
import { callerOf } from '../../access/require-caller.ts';
import { signalOf } from '../../http/request-signal.ts';
import { collectionPage, contextOf } from '../../odata/page.ts';
import { readQueryOptions } from '../../odata/query-options.ts';
import type { App, RouteContext } from '../route-context.ts';
import { anyQuery, collectionOf, idParams, noContent } from '../shapes.ts';
import { AssignmentShape, renderAssignment } from './shapes.ts';

const AssignmentBody = Type.Object({
  principalId: Type.String({ maxLength: 100 }),
  resourceId: Type.String({ maxLength: 100 }),
  appRoleId: Type.String({ maxLength: 100 }),
});

/** `appRoleAssignedTo` of a service principal (graph sheet 15). */
export function assignmentRoutes(app: App, { directory, skipTokens }: RouteContext): void {
  app.get(
    '/servicePrincipals/:id/appRoleAssignedTo',
    { schema: { params: idParams, querystring: anyQuery, response: { 200: collectionOf(AssignmentShape) } } },
    async (request) => {
      const { tenantId } = callerOf(request);
      const { id } = request.params;
      const options = readQueryOptions(request.query, ['$top', '$skiptoken']);
      return collectionPage(
        request,
        skipTokens,
        options,
        `servicePrincipals('${id}')/appRoleAssignedTo`,
        async (after) => {
          const page = await directory.assignments.readPage(tenantId, id, after, options.top, signalOf(request));
          return { rows: page.assignments, next: page.next };
        },
        renderAssignment,
      );
    },
  );

  app.post(
    '/servicePrincipals/:id/appRoleAssignedTo',
    { schema: { params: idParams, body: AssignmentBody, response: { 201: AssignmentShape } } },
    async (request, reply) => {
      const { tenantId } = callerOf(request);
      const { principalId, resourceId, appRoleId } = request.body;
      const { id } = request.params;
      if (resourceId.toLowerCase() !== id.toLowerCase()) {
        throw problem(
          'SERVICE_REQUEST_INVALID',
          'The resourceId must be the id of the service principal in the address.',
          {
            place: 'body/resourceId',
          },
        );
      }
      const made = await directory.assignments.add(tenantId, id, principalId, appRoleId, signalOf(request));
      const context = contextOf(request, `servicePrincipals('${id}')/appRoleAssignedTo/$entity`);
      return reply.code(201).send({ '@odata.context': context, ...renderAssignment(made) });
    },
  );

  app.delete(
    '/servicePrincipals/:id/appRoleAssignedTo/:assignmentId',
    {
      schema: {
        params: Type.Object({ id: Type.String(), assignmentId: Type.String({ maxLength: 100 }) }),
        response: noContent,
      },
    },
    async (request, reply) => {
      const { id, assignmentId } = request.params;
      await directory.assignments.remove(callerOf(request).tenantId, id, assignmentId, signalOf(request));
      return reply.code(204).send();
    },
  );
}
