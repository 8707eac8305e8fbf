import { parseNewUser, parseUserChange } from '@joinery/directory';
import { Type } from 'typebox';
import { callerOf } from '../../access/require-caller.ts';
import { signalOf } from '../../http/request-signal.ts';
import { collectionPage, contextOf } from '../../odata/page.ts';
import { readQueryOptions } from '../../odata/query-options.ts';
import type { App, RouteContext } from '../route-context.ts';
import { anyQuery, idParams, noContent } from '../shapes.ts';
import { renderUser, selectedProperties, UserCollection, UserShape } from './render.ts';

/** Its members are checked by the directory, whose property table also takes any letter case and directory extensions. */
const UserBody = Type.Record(Type.String(), Type.Unknown());

/** `/users` (graph sheet 11). */
export function userRoutes(app: App, { directory, skipTokens }: RouteContext): void {
  app.get('/users', { schema: { querystring: anyQuery, response: { 200: UserCollection } } }, async (request) => {
    const { tenantId } = callerOf(request);
    const options = readQueryOptions(request.query, ['$select', '$filter', '$top', '$skiptoken']);
    const properties = selectedProperties(options.select);
    return collectionPage(
      request,
      skipTokens,
      options,
      'users',
      async (after) => {
        const page = await directory.users.readPage(tenantId, after, options.top, signalOf(request), options.filter);
        return { rows: page.users, next: page.next };
      },
      (user) => renderUser(user, properties),
    );
  });

  app.post('/users', { schema: { body: UserBody, response: { 201: UserShape } } }, async (request, reply) => {
    const { tenantId } = callerOf(request);
    const user = await directory.users.create(tenantId, parseNewUser(request.body), signalOf(request));
    const answer = renderUser(user, selectedProperties(undefined));
    return reply.code(201).send({ '@odata.context': contextOf(request, 'users/$entity'), ...answer });
  });

  app.get(
    '/users/:id',
    { schema: { params: idParams, querystring: anyQuery, response: { 200: UserShape } } },
    async (request) => {
      const { tenantId } = callerOf(request);
      const properties = selectedProperties(readQueryOptions(request.query, ['$select']).select);
      const user = await directory.users.get(tenantId, request.params.id, signalOf(request));
      return { '@odata.context': contextOf(request, 'users/$entity'), ...renderUser(user, properties) };
    },
  );

  app.patch(
    '/users/:id',
    { schema: { params: idParams, body: UserBody, response: noContent } },
    async (request, reply) => {
      const { tenantId } = callerOf(request);
      await directory.users.update(tenantId, request.params.id, parseUserChange(request.body), signalOf(request));
      return reply.code(204).send();
    },
  );

  app.delete('/users/:id', { schema: { params: idParams, response: noContent } }, async (request, reply) => {
    await directory.users.delete(callerOf(request).tenantId, request.params.id, signalOf(request));
    return reply.code(204).send();
  });
}
