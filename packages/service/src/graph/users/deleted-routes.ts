import { deletedUserPrincipalName, type User, type UserProperty, userProperties } from '@joinery/directory';
import { callerOf } from '../../access/require-caller.ts';
import { signalOf } from '../../http/request-signal.ts';
import { collectionPage, contextOf } from '../../odata/page.ts';
import { readQueryOptions } from '../../odata/query-options.ts';
import type { App, RouteContext } from '../route-context.ts';
import { anyQuery, idParams, noContent } from '../shapes.ts';
import { renderUser, selectedProperties, type UserAnswer, UserCollection, UserShape } from './render.ts';

/** Deleted users show when they were deleted, and the name that no longer blocks another's. */
const deletedProperties = userProperties.filter(
  (property) => property.returnedByDefault || property.name === 'deletedDateTime',
);

function renderDeleted(user: User, properties: readonly UserProperty[] = deletedProperties): UserAnswer {
  const answer = renderUser(user, properties);
  return 'userPrincipalName' in answer ? { ...answer, userPrincipalName: deletedUserPrincipalName(user) } : answer;
}

/** `/directory/deletedItems` (graph sheet 14); users are what it can hold. */
export function deletedItemRoutes(app: App, { directory, skipTokens }: RouteContext): void {
  app.get(
    '/directory/deletedItems/microsoft.graph.user',
    { schema: { querystring: anyQuery, response: { 200: UserCollection } } },
    async (request) => {
      const { tenantId } = callerOf(request);
      const options = readQueryOptions(request.query, ['$select', '$top', '$skiptoken']);
      const properties = options.select === undefined ? deletedProperties : selectedProperties(options.select);
      return collectionPage(
        request,
        skipTokens,
        options,
        'directory/deletedItems/microsoft.graph.user',
        async (after) => {
          const page = await directory.deletedUsers.readPage(tenantId, after, options.top, signalOf(request));
          return { rows: page.users, next: page.next };
        },
        (user) => renderDeleted(user, properties),
      );
    },
  );

  app.get(
    '/directory/deletedItems/:id',
    { schema: { params: idParams, response: { 200: UserShape } } },
    async (request) => {
      const user = await directory.deletedUsers.get(callerOf(request).tenantId, request.params.id, signalOf(request));
      return { '@odata.context': contextOf(request, 'directory/deletedItems/$entity'), ...renderDeleted(user) };
    },
  );

  app.post(
    '/directory/deletedItems/:id/restore',
    { schema: { params: idParams, response: { 200: UserShape } } },
    async (request) => {
      const user = await directory.deletedUsers.restore(
        callerOf(request).tenantId,
        request.params.id,
        signalOf(request),
      );
      const answer = renderUser(user, selectedProperties(undefined));
      return { '@odata.context': contextOf(request, 'directory/deletedItems/$entity'), ...answer };
    },
  );

  app.delete(
    '/directory/deletedItems/:id',
    { schema: { params: idParams, response: noContent } },
    async (request, reply) => {
      await directory.deletedUsers.purge(callerOf(request).tenantId, request.params.id, signalOf(request));
      return reply.code(204).send();
    },
  );
}
